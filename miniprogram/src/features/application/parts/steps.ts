import type { Field, FieldKind, Material } from '#shared/domain/service-item/item'

export type FormStep =
  | {
      readonly kind: 'fields'
      readonly key: string
      readonly title: string
      readonly fields: readonly Field[]
    }
  | { readonly kind: 'papers'; readonly key: 'papers'; readonly title: string }
  | { readonly kind: 'check'; readonly key: 'check'; readonly title: string }

/** Kinds that fill a screen by themselves, with the question the screen asks. */
const ALONE: Partial<Record<FieldKind, string>> = {
  bankcard: '钱打到哪张卡',
  table: '一个一个写',
  slot: '哪天来',
  location: '在什么地方',
  polygon: '这块地在哪里',
  image: '拍照片',
  scopePicker: '做哪些生意',
  policyPicker: '申请哪一条',
}

/** How much of a screen a kind takes; a screen holds four. */
const SIZES: Partial<Record<FieldKind, number>> = { radio: 2, multiselect: 2, textarea: 2 }
const SCREEN = 4

const PERSONAL = /^(identity|profile|licence:LIC-(IDCARD|BIZ))\b/
const isPersonal = ({ prefill }: Field) => prefill !== null && PERSONAL.test(prefill)

/** What follows from the date of birth stands beside it. */
const isAboutPerson = (field: Field, shown: readonly Field[]) =>
  isPersonal(field) ||
  (field.kind === 'select' && shown.some((each) => each.key === field.computed?.from && isPersonal(each)))

interface Group {
  readonly title: string | undefined
  readonly fields: Field[]
  room: number
}

function placed(groups: Group[], field: Field) {
  const title = ALONE[field.kind]
  const size = SIZES[field.kind] ?? 1
  const last = groups[groups.length - 1]
  if (title !== undefined) groups.push({ title, fields: [field], room: 0 })
  else if (last && last.room >= size) {
    last.fields.push(field)
    last.room -= size
  } else groups.push({ title: undefined, fields: [field], room: SCREEN - size })
  return groups
}

const titleOf = ({ title, fields }: Group) => {
  if (title !== undefined) return title
  return fields.length === 1 ? (fields[0]?.label ?? '') : '说说这件事'
}

const personStep = (fields: readonly Field[], isFilled: boolean, title: string): readonly FormStep[] =>
  fields.length === 0
    ? []
    : [{ kind: 'fields', key: 'person', title: isFilled ? '看一看，对不对' : title, fields }]

/** One topic a screen, in the order of the guide; who applies comes first, because it is filled in already. */
export function planSteps(
  shown: readonly Field[],
  isPrefilled: (field: Field) => boolean,
  papersToBring: readonly Material[],
  /** Asks who applies, where nothing of it is known. */
  personTitle: string,
): readonly FormStep[] {
  const person = shown.filter((field) => isAboutPerson(field, shown))
  const groups = shown.filter((field) => !person.includes(field)).reduce(placed, [])
  return [
    ...personStep(person, person.some(isPrefilled), personTitle),
    ...groups.map(
      (group): FormStep => ({
        kind: 'fields',
        key: group.fields[0]?.key ?? '',
        title: titleOf(group),
        fields: group.fields,
      }),
    ),
    ...(papersToBring.length > 0 ? [{ kind: 'papers', key: 'papers', title: '材料' } as const] : []),
    { kind: 'check', key: 'check', title: '核对一遍' },
  ]
}
