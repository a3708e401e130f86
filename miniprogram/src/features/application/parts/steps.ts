import type { Field, FieldKind, Material } from '#shared/domain/service-item/item'
import { isBroughtAsPaper } from '#shared/domain/service-item/proofs'

export type FormStep =
  | {
      readonly kind: 'fields'
      readonly key: string
      readonly title: string
      readonly fields: readonly Field[]
      /** Everything in it is known: it is read in the end, and opened to be changed. */
      readonly isKnown: boolean
    }
  | { readonly kind: 'papers'; readonly key: 'papers'; readonly title: string; readonly isKnown: boolean }
  | { readonly kind: 'check'; readonly key: 'check'; readonly title: string; readonly isKnown: false }

/** Kinds that fill a screen by themselves, with the question the screen asks; null asks for the field by its name. */
const ALONE: Partial<Record<FieldKind, string | null>> = {
  bankcard: '钱打到哪张卡',
  table: null,
  slot: '哪天来',
  location: null,
  polygon: '这块地在哪里',
  image: '拍照片',
  scopePicker: '做哪些生意',
  policyPicker: '申请哪一条',
}

/** How much of a screen a kind takes; a screen holds four. */
const SIZES: Partial<Record<FieldKind, number>> = { radio: 2, multiselect: 2, textarea: 2 }
const SCREEN = 4

const PERSONAL = /^(identity|profile|family|licence:LIC-(IDCARD|BIZ))\b/
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

const plainLabel = ({ label }: Field) => label.replace(/（[^）]*）/g, '')

function placed(groups: Group[], field: Field) {
  const title = ALONE[field.kind]
  const size = SIZES[field.kind] ?? 1
  const last = groups[groups.length - 1]
  if (title !== undefined) groups.push({ title: title ?? plainLabel(field), fields: [field], room: 0 })
  else if (last && last.room >= size) {
    last.fields.push(field)
    last.room -= size
  } else groups.push({ title: undefined, fields: [field], room: SCREEN - size })
  return groups
}

/** What the screen is about, by the first things that it asks. */
const titleOf = ({ title, fields }: Group) => {
  if (title !== undefined) return title
  const [first, second, ...others] = fields
  if (!first || !second) return first?.label ?? ''
  return `${plainLabel(first)}、${plainLabel(second)}${others.length > 0 ? '这些' : ''}`
}

/** Told by the date of birth or the number, once that is known. */
export const follows = (field: Field) =>
  field.ofNumber !== null || (field.kind === 'select' && field.computed !== null)

interface Plan {
  readonly isPrefilled: (field: Field) => boolean
  readonly papersToBring: readonly Material[]
  /** Asks who applies, where not everything of it is known. */
  readonly personTitle: (person: readonly Field[]) => string
}

/** Of the step that asks who applies, where nothing of it is missing. */
export const LOOK = '看一看，对不对'

/** One topic a screen, in the order of the guide, who applies first. */
export function planSteps(
  shown: readonly Field[],
  { isPrefilled, papersToBring, personTitle }: Plan,
): readonly FormStep[] {
  const person = shown.filter((field) => isAboutPerson(field, shown))
  const asked = shown.filter((field) => !person.includes(field) && !isBroughtAsPaper(field, papersToBring))
  const groups = asked.reduce(placed, [])
  const stepOf = (key: string, title: string, fields: readonly Field[]): FormStep => ({
    kind: 'fields',
    key,
    title,
    fields,
    isKnown: fields.some(isPrefilled) && fields.every((field) => isPrefilled(field) || follows(field)),
  })
  const isWhole = person.every((field) => isPrefilled(field) || follows(field))
  return [
    ...(person.length === 0 ? [] : [stepOf('person', isWhole ? LOOK : personTitle(person), person)]),
    ...groups.map((group) => stepOf(group.fields[0]?.key ?? '', titleOf(group), group.fields)),
    ...(papersToBring.length > 0
      ? [
          {
            kind: 'papers',
            key: 'papers',
            title: '材料',
            isKnown: papersToBring.every(({ required }) => !required),
          } as const,
        ]
      : []),
    { kind: 'check', key: 'check', title: '核对一遍', isKnown: false },
  ]
}
