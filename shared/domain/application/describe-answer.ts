import { maskCard, maskIdNumber, maskNumbersIn, maskPhone } from '../kernel/digits'
import { type PlainDate, weekdayOf } from '../kernel/plain-date'
import type { Field, FieldKind } from '../service-item/item'
import type { Answer, AnswerByKind } from './answers'
import type { FieldOf } from './field-kinds/check'
import { dayInWords } from './field-kinds/day'

type NameOf = (code: string) => string | undefined

/** The county's names for the codes that answers hold. */
export interface AnswerLabels {
  readonly village: NameOf
  readonly region: NameOf
  readonly scope: NameOf
  readonly policy: NameOf
}

interface Words {
  readonly labels: AnswerLabels
  readonly unmasked: boolean
}

type Describe<Kind extends FieldKind> = (
  value: AnswerByKind[Kind],
  field: FieldOf<Kind>,
  words: Words,
) => string

const WEEKDAYS = '一二三四五六日'
const dayAndWeekday = (date: PlainDate) => `${dayInWords(date)} 周${WEEKDAYS.charAt(weekdayOf(date))}`

const maskWhole = (text: string) => `${[...text][0] ?? ''}***`

/** What somebody typed as they liked, whatever the kind. */
const typed = (text: string, { sensitive }: Field, { unmasked }: Words) => {
  if (unmasked) return text
  return sensitive ? maskWhole(text) : maskNumbersIn(text)
}
const masked =
  (mask: (text: string) => string) =>
  (text: string, _field: Field, { unmasked }: Words) =>
    unmasked ? text : mask(text)
const asIs = (text: string) => text
const withUnit = (value: number | string, { unit }: FieldOf<'number'>) => `${value} ${unit}`

const wordsOfRows = (rows: AnswerByKind['table'], { columns }: FieldOf<'table'>, words: Words) =>
  rows.map((row) => columns.flatMap((column) => describe(column, row[column.key], words) || []).join('，'))

const DESCRIBED = {
  text: typed,
  textarea: typed,
  number: withUnit,
  money: withUnit,
  date: dayInWords,
  daterange: ({ from, to }) => `${dayInWords(from)} 到 ${dayInWords(to)}`,
  slot: ({ date, half }) => `${dayAndWeekday(date)} ${half}`,
  radio: asIs,
  select: asIs,
  multiselect: (options) => options.join('、'),
  checkbox: (ticked) => (ticked ? '是' : '否'),
  idcard: masked(maskIdNumber),
  uscc: asIs,
  phone: masked(maskPhone),
  bankcard: masked(maskCard),
  village: (code, _field, { labels }) => labels.village(code) ?? code,
  region: ({ province, city }, field, words) =>
    `${words.labels.region(province) ?? province} ${typed(city, field, words)}`,
  location: ({ address, lat }, field, words) =>
    `${typed(address, field, words)}${lat === undefined ? '' : '（图上已标）'}`,
  polygon: (points) => `${points.length} 个点`,
  image: (ids) => `${ids.length} 张照片`,
  scopePicker: (codes, _field, { labels }) => codes.map((code) => labels.scope(code) ?? code).join('、'),
  policyPicker: (policy, field, words) =>
    typeof policy === 'string' ? (words.labels.policy(policy) ?? policy) : typed(policy.other, field, words),
  table: (rows, field, words) => wordsOfRows(rows, field, words).join('；'),
} satisfies { [Kind in FieldKind]: Describe<Kind> }

function describe(field: Field, value: Answer | undefined, words: Words): string {
  if (value === undefined) return ''
  const inWords = DESCRIBED[field.kind] as (value: Answer, field: Field, words: Words) => string
  return inWords(value, field, words)
}

const SENSITIVE = {
  text: false,
  textarea: false,
  number: false,
  money: false,
  date: false,
  daterange: false,

  slot: false,
  radio: false,
  select: false,
  multiselect: false,
  checkbox: false,
  idcard: true,
  uscc: false,
  phone: true,
  bankcard: true,
  village: false,
  region: false,
  location: false,
  polygon: false,
  image: false,
  scopePicker: false,
  policyPicker: false,
  table: false,
} satisfies Record<FieldKind, boolean>

/** Masked on every page and in every list until somebody unmasks it with a reason. 个人信息保护法 第28条 */
export const isSensitive = (field: Field) => field.sensitive || SENSITIVE[field.kind]

/**
 * The words of a checked answer on the pages of residents and staff; empty when there is none.
 * Sensitive kinds are masked unless `unmasked`.
 */
export const describeAnswer = (
  field: Field,
  value: Answer | undefined,
  labels: AnswerLabels,
  { unmasked = false }: { readonly unmasked?: boolean } = {},
): string => describe(field, value, { labels, unmasked })

/** Of a table the words of each row; of anything else undefined. */
export const describeRows = (
  field: Field,
  value: Answer | undefined,
  labels: AnswerLabels,
  { unmasked = false }: { readonly unmasked?: boolean } = {},
): readonly string[] | undefined =>
  field.kind === 'table' && value !== undefined
    ? wordsOfRows(value as AnswerByKind['table'], field, { labels, unmasked })
    : undefined
