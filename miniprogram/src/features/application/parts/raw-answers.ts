import type { JsonObject } from '#shared/domain/application/field-kinds/check'
import type { Field } from '#shared/domain/service-item/item'

/** What stands in the inputs: text until it is checked. */
export type RawAnswers = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `１２.5 ` becomes 12.5; what is no number stays text, for the rule to say so. */
function numberOf(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw
  const text = raw
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, '')
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

const pointOf = (raw: unknown) =>
  isObject(raw) ? { ...raw, lat: numberOf(raw['lat']), lng: numberOf(raw['lng']) } : raw

function typed(field: Field, raw: unknown): unknown {
  switch (field.kind) {
    case 'number':
      return numberOf(raw)
    case 'polygon':
      return Array.isArray(raw) ? raw.map(pointOf) : raw
    case 'table':
      return Array.isArray(raw)
        ? raw.map((row) => (isObject(row) ? toAnswers(field.columns, row) : row))
        : raw
    default:
      return raw
  }
}

/** The answers as the rules want them; blanks are left out. */
export function toAnswers(fields: readonly Field[], raw: RawAnswers): JsonObject {
  const entries = fields.flatMap((field) => {
    const value = typed(field, raw[field.key])
    return value === undefined || value === '' ? [] : [[field.key, value] as const]
  })
  return Object.fromEntries(entries)
}

/** `members/0/mId` set in a copy. */
export function withAnswerAt(answers: RawAnswers, path: string, value: unknown): RawAnswers {
  const [key = '', ...rest] = path.split('/')
  if (rest.length === 0) return { ...answers, [key]: value }
  const [index = '0', column = ''] = rest
  const rows = Array.isArray(answers[key]) ? answers[key] : []
  return {
    ...answers,
    [key]: rows.map((row: unknown, at) =>
      at === Number(index) && isObject(row) ? { ...row, [column]: value } : row,
    ),
  }
}
