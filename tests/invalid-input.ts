import type { FaultCode } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import type { FieldOf } from '#shared/domain/application/field-kinds/check'
import { dayOfRule } from '#shared/domain/application/field-kinds/day'
import { isIdNumber } from '#shared/domain/kernel/digits'
import { pointerTo } from '#shared/domain/kernel/json-pointer'
import { addDays, type PlainDate, plainDate, weekdayOf, yearOf } from '#shared/domain/kernel/plain-date'
import type { Field, FieldKind, ServiceItem, SimpleField } from '#shared/domain/service-item/item'
import {
  type GeneratedFault,
  type GeneratedInput,
  type GenerationContext,
  idNumber,
  type Maker,
  makeValid,
  type Random,
  repeat,
  validFields,
  validInput,
  workableDays,
} from './generated-input'

/** A value that breaks a rule: where inside of the field it is found, and as what. */
type Breach = readonly [value: unknown, code: FaultCode, ...inside: readonly (string | number)[]]
type Break<Kind extends FieldKind> = (field: FieldOf<Kind>, valid: unknown, maker: Maker) => readonly Breach[]

const breakText: Break<'text' | 'textarea'> = (field) => [
  ['字'.repeat(field.maxLength + 1), 'field.too-long'],
  ['字'.repeat(5001), 'field.too-long'],
  ['一个\u0000两个', 'field.wrong-form'],
  ...(field.minLength > 1 ? ([['字'.repeat(field.minLength - 1), 'field.too-short']] as const) : []),
]
const breakNumber: Break<'number'> = (field) => [
  [field.min - 1, 'field.too-small'],
  [field.max + 1, 'field.too-large'],
  [Number(`${Math.ceil(field.min)}.${'3'.repeat(field.decimals + 1)}`), 'field.too-precise'],
]
const breakOption: Break<'radio' | 'select'> = () => [['没有的选项', 'field.not-an-option']]
const wrongLast = (text: string) => text.slice(0, -1) + (text.endsWith('3') ? '5' : '3')

const INVALID = {
  text: (field, valid, maker) => [
    ...breakText(field, valid, maker),
    ...(field.pattern ? ([['不合格式', 'field.wrong-form']] as const) : []),
  ],
  textarea: breakText,
  number: breakNumber,
  money: (field, valid, maker) => [
    ...breakNumber(field, valid, maker),
    ['九块九', 'field.wrong-form'],
    [`${field.max}.${'0'.repeat(field.decimals)}1`, 'field.too-large'],
  ],
  date: (field, _valid, { context }) => [
    ['2026-02-30', 'field.no-day'],
    [addDays(dayOfRule(field.min, context.today), -1), 'field.too-early'],
    [addDays(dayOfRule(field.max, context.today), 1), 'field.too-late'],
  ],
  daterange: (field, _valid, { context }) => {
    const [earliest, latest] = [dayOfRule(field.min, context.today), dayOfRule(field.max, context.today)]
    const tooLong = addDays(earliest, field.maxDays)
    return [
      [{ from: addDays(earliest, -1), to: earliest }, 'field.too-early', 'from'],
      [{ from: latest, to: addDays(latest, 1) }, 'field.too-late', 'to'],
      [{ from: addDays(earliest, 1), to: earliest }, 'field.ends-before-start', 'to'],
      [{ from: earliest }, 'field.required', 'to'],
      [{ from: earliest, to: earliest, days: 1 }, 'field.unknown', 'days'],
      ...(tooLong <= latest ? ([[{ from: earliest, to: tooLong }, 'field.too-long']] as const) : []),
    ]
  },
  slot: (field, _valid, { random, context }) => {
    const date = random.pick(workableDays(field, context))
    const weekend = repeat(field.maxDaysAhead, (ahead) => addDays(context.today, ahead + 1)).find(
      (day) => day >= addDays(context.today, field.minDaysAhead) && weekdayOf(day) === 6,
    )
    return [
      [{ date, half: '半夜' }, 'field.not-an-option', 'half'],
      [{ date }, 'field.required', 'half'],
      [{ date: addDays(context.today, field.maxDaysAhead + 1), half: '上午' }, 'field.too-late', 'date'],
      [{ date: addDays(context.today, field.minDaysAhead - 1), half: '上午' }, 'field.too-early', 'date'],
      ...(weekend ? ([[{ date: weekend, half: '上午' }, 'field.not-a-working-day', 'date']] as const) : []),
    ]
  },
  radio: breakOption,
  select: (field, valid, maker) =>
    field.computed ? [] : breakOption(field as FieldOf<'select'>, valid, maker),
  multiselect: (field) => {
    const [first = ''] = field.options
    const [alone] = field.exclusive
    const another = field.options.find((option) => option !== alone)
    return [
      [['没有的选项'], 'field.not-an-option', 0],
      ...(field.maxItems >= 2 ? ([[[first, first], 'field.twice', 1]] as const) : []),
      [repeat(field.maxItems + 1, () => first), 'field.too-many'],
      ...(alone !== undefined && another !== undefined
        ? ([[[alone, another], 'field.not-together']] as const)
        : []),
    ]
  },
  checkbox: (field) => [
    ['true', 'field.wrong-type'],
    ...(field.mustBeTrue ? ([[false, 'field.must-be-true']] as const) : []),
  ],
  idcard: (_field, valid) => [
    [String(valid).slice(1), 'field.too-short'],
    [`${valid}1`, 'field.too-long'],
    [
      repeat(10, (check) => String(valid).slice(0, -1) + check).find((text) => !isIdNumber(text)),
      'field.wrong-check-digit',
    ],
    ['341821199013320011', 'field.wrong-form'],
  ],
  uscc: (_field, valid) => [
    [String(valid).slice(1), 'field.too-short'],
    [wrongLast(String(valid)), 'field.wrong-check-digit'],
  ],
  phone: (_field, valid) => [
    [String(valid).slice(1), 'field.too-short'],
    ['25412345678', 'field.wrong-form'],
  ],
  bankcard: (field, valid) => [
    ['6'.repeat(field.minLength - 1), 'field.too-short'],
    [wrongLast(String(valid)), 'field.wrong-check-digit'],
    [`${String(valid).slice(0, -1)}A`, 'field.wrong-form'],
  ],
  village: () => [['341821999999', 'field.not-an-option']],
  region: (field) => [
    [{ province: '99', city: '某市' }, 'field.not-an-option', 'province'],
    [{ province: '31' }, 'field.required', 'city'],
    [{ province: '31', city: '市'.repeat(field.cityMaxLength + 1) }, 'field.too-long', 'city'],
  ],
  location: (field) => [
    [{ lat: 31, lng: 119 }, 'field.required', 'address'],
    [{ lat: 31, address: '村口' }, 'field.required', 'lng'],
    [{ lat: 91, lng: 119, address: '村口' }, 'field.too-large', 'lat'],
    [{ address: '村'.repeat(field.addressMaxLength + 1) }, 'field.too-long', 'address'],
    [{ address: '村口', altitude: 3 }, 'field.unknown', 'altitude'],
  ],
  polygon: (field) => [
    [repeat(field.minPoints - 1, () => ({ lat: 31, lng: 119 })), 'field.too-few'],
    [repeat(field.maxPoints + 1, () => ({ lat: 31, lng: 119 })), 'field.too-many'],
    [repeat(field.minPoints, () => ({ lat: '31', lng: 119 })), 'field.wrong-type', 0, 'lat'],
  ],
  image: (field, _valid, { context }) => [
    [['photo.jpg'], 'field.not-an-option', 0],
    [repeat(field.maxFiles + 1, context.uploadId), 'field.too-many'],
  ],
  scopePicker: (field) => [
    [['Z99'], 'field.not-an-option', 0],
    [repeat(field.maxItems + 1, () => 'B01'), 'field.too-many'],
    [['B01', 'B01'], 'field.twice', 1],
  ],
  policyPicker: (field) => [
    ['Z99', 'field.not-an-option'],
    [{ other: '字'.repeat(field.otherMaxLength + 1) }, 'field.too-long', 'other'],
  ],
  table: (field, _valid, maker) => {
    const row = validFields(field.columns, maker)
    return [
      [repeat(field.maxRows + 1, () => row), 'field.too-many'],
      [[{ ...row, 'no/such': 1 }], 'field.unknown', 0, 'no/such'],
      [['row'], 'field.wrong-type', 0],
      ...field.columns.flatMap((column) =>
        breachesOf(column, row[column.key] ?? makeValid(column, maker), maker).map(
          ([value, code, ...inside]): Breach => [
            [{ ...row, [column.key]: value }],
            code,
            0,
            column.key,
            ...inside,
          ],
        ),
      ),
    ]
  },
} satisfies { [Kind in FieldKind]: Break<Kind> }

const TAKES_TEXT_AND_OBJECTS: ReadonlySet<FieldKind> = new Set(['policyPicker'])

/** Every way to get one field wrong; nothing for a select that follows from a date of birth. */
function breachesOf(field: Field | SimpleField, valid: unknown, maker: Maker): readonly Breach[] {
  if (field.kind === 'select' && field.computed) return []
  const own = (INVALID[field.kind] as (field: Field, valid: unknown, maker: Maker) => readonly Breach[])(
    field,
    valid,
    maker,
  )
  const nothing: FaultCode =
    field.kind === 'checkbox' && field.mustBeTrue ? 'field.must-be-true' : 'field.required'
  const wrongType: readonly Breach[] = TAKES_TEXT_AND_OBJECTS.has(field.kind)
    ? [[true, 'field.wrong-type']]
    : [
        [
          { $gt: 1 },
          field.kind === 'table' ? 'field.wrong-type' : wrongTypeOf(field.kind),
          ...insideOf(field.kind),
        ],
      ]
  return [
    ...own,
    ...wrongType,
    ...(field.ofNumber != null && field.kind === 'date'
      ? ([[addDays(plainDate(String(valid)), -1), 'field.differs-from-number']] as const)
      : []),
    ...(field.required && field.ofNumber == null
      ? ([
          [null, nothing],
          [' ', nothing],
          [undefined, nothing],
        ] as const)
      : []),
  ]
}

const OBJECT_KINDS: ReadonlySet<FieldKind> = new Set(['daterange', 'slot', 'region', 'location'])
const wrongTypeOf = (kind: FieldKind): FaultCode =>
  OBJECT_KINDS.has(kind) ? 'field.unknown' : 'field.wrong-type'
const insideOf = (kind: FieldKind) => (OBJECT_KINDS.has(kind) ? ['$gt'] : [])

function tooYoung(
  item: Pick<ServiceItem, 'fields'>,
  input: GeneratedInput,
  random: Random,
  today: PlainDate,
): GeneratedFault[] {
  return item.fields.flatMap((field) => {
    if (field.kind !== 'select' || !field.computed) return []
    const { from, bands } = field.computed
    const birth = plainDate(`${yearOf(today) - Math.min(...bands.map(({ min }) => min)) + 1}-01-01`)
    const number = item.fields.find(({ key }) => key === from)?.ofNumber
    const told = number ? { [number]: idNumber(random, birth) } : {}
    return [
      {
        ...input,
        answers: { ...input.answers, ...told, [from]: birth },
        pointer: pointerTo('/answers', field.key),
        code: 'field.age-outside' as const,
      },
    ]
  })
}

/** Input that is valid but for one thing, once for every way to get each shown field and the papers wrong. */
export function invalidInputs(
  item: Pick<ServiceItem, 'fields' | 'materials'>,
  random: Random,
  context: GenerationContext,
): readonly GeneratedFault[] {
  const input = validInput(item, random, context)
  const maker: Maker = { random, context, form: item.fields }
  const inFields = fieldsShown(item, input.answers, context.agent).flatMap((field) =>
    breachesOf(field, input.answers[field.key] ?? makeValid(field, maker), maker).map(
      ([value, code, ...inside]): GeneratedFault => ({
        ...input,
        answers: { ...input.answers, [field.key]: value },
        pointer: inside.reduce<string>(pointerTo, pointerTo('/answers', field.key)),
        code,
      }),
    ),
  )
  const inPapers = input.materials.map(
    ({ name }): GeneratedFault => ({
      ...input,
      materials: input.materials.filter((paper) => paper.name !== name),
      pointer: '/materials',
      code: 'material.required',
    }),
  )
  const unknown: GeneratedFault = {
    ...input,
    answers: { ...input.answers, noSuchField: '1' },
    pointer: '/answers/noSuchField',
    code: 'field.unknown',
  }
  return [...inFields, ...inPapers, ...tooYoung(item, input, random, context.today), unknown]
}

/** One of them. */
export const invalidInput = (
  item: Pick<ServiceItem, 'fields' | 'materials'>,
  random: Random,
  context: GenerationContext,
): GeneratedFault => random.pick(invalidInputs(item, random, context))
