import type { AnswerContext, FaultCode } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import type { FieldOf } from '#shared/domain/application/field-kinds/check'
import { dayOfRule } from '#shared/domain/application/field-kinds/day'
import { withNumbersRead } from '#shared/domain/application/from-number'
import type { MaterialContext } from '#shared/domain/application/validate-materials'
import { creditCodeCheckCharacter, idCheckCharacter, passesLuhn } from '#shared/domain/kernel/digits'
import {
  addDays,
  daysBetween,
  earlierOf,
  type PlainDate,
  plainDate,
  weekdayOf,
  yearOf,
} from '#shared/domain/kernel/plain-date'
import type { Field, FieldKind, ServiceItem } from '#shared/domain/service-item/item'

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

export interface Maker {
  readonly random: Random
  readonly context: GenerationContext
  readonly form: readonly Field[]
}

export const repeat = <Value>(count: number, make: (index: number) => Value): readonly Value[] =>
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

export function idNumber(random: Random, birth: PlainDate): string {
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

export const workableDays = (field: FieldOf<'slot'>, { today, isWorkingDay }: AnswerContext) =>
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

export const makeValid = (field: Field, maker: Maker): unknown =>
  (VALID[field.kind] as (field: Field, maker: Maker) => unknown)(field, maker)

export function validFields(fields: readonly Field[], maker: Maker): Readonly<Record<string, unknown>> {
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
