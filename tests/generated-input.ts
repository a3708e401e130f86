import { readdirSync, readFileSync } from 'node:fs'
import type { AnswerContext, FaultCode } from '#shared/domain/application/answers'
import { pointerTo } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import type { FieldOf } from '#shared/domain/application/field-kinds/check'
import { dayOfRule } from '#shared/domain/application/field-kinds/day'
import { withNumbersRead } from '#shared/domain/application/from-number'
import type { MaterialContext } from '#shared/domain/application/validate-materials'
import {
  creditCodeCheckCharacter,
  idCheckCharacter,
  isIdNumber,
  passesLuhn,
} from '#shared/domain/kernel/digits'
import {
  addDays,
  daysBetween,
  earlierOf,
  type PlainDate,
  plainDate,
  weekdayOf,
  yearOf,
} from '#shared/domain/kernel/plain-date'
import type { Field, FieldKind, ServiceItem, SimpleField } from '#shared/domain/service-item/item'

const PACK = new URL('../drizzle/packs/langxi/', import.meta.url)
const readPack = (path: string): unknown => JSON.parse(readFileSync(new URL(path, PACK), 'utf8'))

/** The items of the county pack, by id. */
export const packItems = (): readonly ServiceItem[] =>
  readdirSync(new URL('service-items/', PACK))
    .sort()
    .map((file) => readPack(`service-items/${file}`) as ServiceItem)

const codesIn = (list: unknown) => new Set((list as readonly { code: string }[]).map(({ code }) => code))

/** The codes of the county pack; a day works unless it is at a weekend, and 2027 has no calendar. */
export function packContext(today: PlainDate, agent = false): AnswerContext {
  const { villages } = readPack('units.json') as { villages: readonly { id: string }[] }
  return {
    today,
    agent,
    villageCodes: new Set(villages.map(({ id }) => id)),
    regionCodes: codesIn(readPack('regions.json')),
    scopeCodes: codesIn(readPack('business-scopes.json')),
    policyCodes: codesIn(readPack('policies.json')),
    isWorkingDay: (date) => (yearOf(date) > 2026 ? undefined : weekdayOf(date) < 5),
  }
}

export interface Random {
  /** Both ends included. */
  readonly int: (min: number, max: number) => number
  readonly pick: <Value>(list: readonly Value[]) => Value
  readonly chance: (share: number) => boolean
}

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    int,
    pick: (list) => {
      const [chosen] = list.slice(int(0, list.length - 1))
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    chance: (share) => next() < share,
  }
}

export interface GenerationContext extends MaterialContext {
  /** The id of an upload that may be named in answers and papers. */
  readonly uploadId: () => string
  /** Who applies, where the form asks; invented when left out. */
  readonly identity?: { readonly name: string; readonly idNumber: string; readonly mobile: string }
  readonly villageCode?: string
}

export interface GeneratedInput {
  readonly answers: Readonly<Record<string, unknown>>
  readonly materials: readonly { readonly name: string; readonly files: readonly string[] }[]
}

export interface GeneratedFault extends GeneratedInput {
  readonly pointer: string
  readonly code: FaultCode
}

interface Maker {
  readonly random: Random
  readonly context: GenerationContext
  readonly form: readonly Field[]
}

const repeat = <Value>(count: number, make: (index: number) => Value): readonly Value[] =>
  Array.from({ length: count }, (_, index) => make(index))

const FAMILY_NAMES = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王']
const CHARACTERS = '春夏秋冬山水田园东南西北平安和美建国兰花'

const words = (random: Random, length: number) => repeat(length, () => random.pick([...CHARACTERS])).join('')

const digits = (random: Random, length: number) => repeat(length, () => random.int(0, 9)).join('')

/** A text that fits the patterns of a pack: literals, classes, `\d` and counts. */
function textOfPattern(pattern: string, random: Random): string {
  const parts = pattern.replace(/^\^|\$$/g, '').matchAll(/(\[[^\]]+\]|\\d|[^\\[])(\{(\d+)(?:,(\d+))?\}|\?)?/g)
  return [...parts]
    .map(([, atom = '', count, min, max]) => {
      const least = count === '?' ? 0 : Number(min ?? 1)
      const most = count === '?' ? 1 : Number(max ?? min ?? 1)
      return repeat(random.int(least, most), () => characterOf(atom, random)).join('')
    })
    .join('')
}

function characterOf(atom: string, random: Random): string {
  if (atom === '\\d') return digits(random, 1)
  if (!atom.startsWith('[')) return atom
  const [from = '0', to] = /^\[(.)-(.)\]$/.exec(atom)?.slice(1) ?? []
  if (to === undefined) return random.pick([...atom.slice(1, -1).replace('\\d', '0123456789')])
  return String.fromCharCode(random.int(from.charCodeAt(0), to.charCodeAt(0)))
}

function idNumber(random: Random, birth: PlainDate): string {
  const first17 = `341821${birth.replaceAll('-', '')}${random.int(900, 999)}`
  return first17 + idCheckCharacter(first17)
}

const cardNumber = (random: Random, length: number) => {
  const body = `62${digits(random, length - 3)}`
  return repeat(10, (check) => body + check).find(passesLuhn) ?? body
}

const dayBetween = (random: Random, earliest: PlainDate, latest: PlainDate) =>
  addDays(earliest, random.int(0, daysBetween(earliest, latest)))

function scaled(field: FieldOf<'number'>, random: Random): string {
  const scale = 10 ** field.decimals
  return (random.int(Math.ceil(field.min * scale), Math.floor(field.max * scale)) / scale).toFixed(
    field.decimals,
  )
}

function several<Value>(list: readonly Value[], min: number, max: number, random: Random): readonly Value[] {
  const rest = [...list]
  return repeat(random.int(Math.max(min, 1), Math.min(max, list.length)), () =>
    rest.splice(random.int(0, rest.length - 1), 1),
  ).flat()
}

/** A birth that some band of the select computed from it takes. */
function birthFor(key: string, { form, random, context }: Maker): PlainDate | undefined {
  const select = form.find((field) => field.kind === 'select' && field.computed?.from === key)
  if (select?.kind !== 'select' || !select.computed) return undefined
  const { min, max } = random.pick(select.computed.bands)
  const age = random.int(min, max ?? min + 10)
  return plainDate(`${yearOf(context.today) - age - 1}-12-31`)
}

/** Of somebody whose birth the form may ask for beside it. */
function numberFor({ key }: Field, maker: Maker): string {
  const told = maker.form.find(({ ofNumber }) => ofNumber === key)
  const born = dayBetween(maker.random, plainDate('1935-01-01'), plainDate('2005-12-31'))
  return idNumber(maker.random, (told && birthFor(told.key, maker)) ?? born)
}

const point = (field: FieldOf<'location'> | FieldOf<'polygon'>, random: Random) => {
  const { minLat, maxLat, minLng, maxLng } = field.bounds
  const inside = (min: number, max: number) => min + ((max - min) * random.int(1, 99)) / 100
  return { lat: inside(minLat, maxLat), lng: inside(minLng, maxLng) }
}

const workableDays = (field: FieldOf<'slot'>, { today, isWorkingDay }: AnswerContext) =>
  repeat(field.maxDaysAhead - field.minDaysAhead + 1, (ahead) =>
    addDays(today, field.minDaysAhead + ahead),
  ).filter((date) => isWorkingDay(date) ?? weekdayOf(date) < 5)

type Make<Kind extends FieldKind> = (field: FieldOf<Kind>, maker: Maker) => unknown

const written: Make<'text' | 'textarea'> = (field, { random }) =>
  words(random, random.int(Math.max(field.minLength, 1), Math.min(field.maxLength, field.minLength + 20)))

const VALID = {
  text: (field, maker) => {
    if (field.pattern) return textOfPattern(field.pattern, maker.random)
    if (field.prefill !== 'identity.name') return written(field, maker)
    return maker.context.identity?.name ?? maker.random.pick(FAMILY_NAMES) + words(maker.random, 2)
  },
  textarea: written,
  number: (field, { random }) => Number(scaled(field, random)),
  money: (field, { random }) => (random.chance(0.5) ? scaled(field, random) : Number(scaled(field, random))),
  date: (field, maker) =>
    birthFor(field.key, maker) ??
    dayBetween(
      maker.random,
      dayOfRule(field.min, maker.context.today),
      dayOfRule(field.max, maker.context.today),
    ),
  daterange: (field, { random, context }) => {
    const latest = dayOfRule(field.max, context.today)
    const from = dayBetween(random, dayOfRule(field.min, context.today), latest)
    const longest = addDays(from, field.maxDays - 1)
    return { from, to: dayBetween(random, from, earlierOf(longest, latest)) }
  },
  slot: (field, { random, context }) => ({
    date: random.pick(workableDays(field, context)),
    half: random.pick(field.options),
  }),
  radio: (field, { random }) => random.pick(field.options),
  select: (field, { random }) => random.pick(field.options),
  multiselect: (field, { random }) => {
    const alone = field.exclusive[0]
    if (alone !== undefined && random.chance(0.2)) return [alone]
    const together = field.options.filter((option) => !field.exclusive.includes(option))
    return several(together, field.minItems, field.maxItems, random)
  },
  checkbox: (field, { random }) => field.mustBeTrue || random.chance(0.5),
  idcard: (field, maker) =>
    (field.prefill === 'identity.idNo' && maker.context.identity?.idNumber) || numberFor(field, maker),
  uscc: (_field, { random }) => {
    const first17 = `92341821DEM${digits(random, 6)}`
    return first17 + creditCodeCheckCharacter(first17)
  },
  phone: (field, { random, context }) =>
    (field.prefill === 'identity.mobile' && context.identity?.mobile) || `154${digits(random, 8)}`,
  bankcard: (field, { random }) => cardNumber(random, random.int(field.minLength, field.maxLength)),
  village: (_field, { random, context }) => context.villageCode ?? random.pick([...context.villageCodes]),
  region: (_field, { random, context }) => ({
    province: random.pick([...context.regionCodes]),
    city: words(random, 3),
  }),
  location: (field, { random }) => ({
    ...(random.chance(0.7) ? point(field, random) : {}),
    address: words(random, 8),
  }),
  polygon: (field, { random }) =>
    repeat(random.int(field.minPoints, field.maxPoints), () => point(field, random)),
  image: (field, { random, context }) => repeat(random.int(1, field.maxFiles), context.uploadId),
  scopePicker: (field, { random, context }) =>
    several([...context.scopeCodes], field.minItems, field.maxItems, random),
  policyPicker: (field, { random, context }) =>
    field.otherMaxLength > 0 && random.chance(0.3)
      ? { other: words(random, 6) }
      : random.pick([...context.policyCodes]),
  table: (field, maker) =>
    repeat(maker.random.int(Math.max(field.minRows, 1), field.maxRows), () =>
      validFields(field.columns, maker),
    ),
} satisfies { [Kind in FieldKind]: Make<Kind> }

const makeValid = (field: Field, maker: Maker): unknown =>
  (VALID[field.kind] as (field: Field, maker: Maker) => unknown)(field, maker)

function validFields(fields: readonly Field[], maker: Maker): Readonly<Record<string, unknown>> {
  const given = fields.filter((field) => field.required || maker.random.chance(0.7))
  const made = Object.fromEntries(given.map((field) => [field.key, makeValid(field, maker)]))
  const answers = withNumbersRead(fields, made, maker.context.agent)
  const shown = fieldsShown({ fields }, answers, maker.context.agent).map(({ key }) => key)
  return Object.fromEntries(Object.entries(answers).filter(([key]) => shown.includes(key)))
}

/** Answers that every rule of the item accepts, with the papers that are still needed beside them. */
export function validInput(
  item: Pick<ServiceItem, 'fields' | 'materials'>,
  random: Random,
  context: GenerationContext,
): GeneratedInput {
  const needed = item.materials.filter(
    ({ kind, required, credentialCode }) =>
      kind === 'upload' && required && !(credentialCode && context.onFileCredentialCodes.has(credentialCode)),
  )
  return {
    answers: validFields(item.fields, { random, context, form: item.fields }),
    materials: needed.map(({ name }) => ({ name, files: [context.uploadId()] })),
  }
}

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
