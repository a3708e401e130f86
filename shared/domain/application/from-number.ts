import { birthOfIdNumber, isIdNumber, sexOfIdNumber } from '../kernel/digits'
import type { Field } from '../service-item/item'
import { isShown, type Scope } from './conditions'
import { type JsonObject, ownValue } from './field-kinds/check'

/** Where the value comes from, as pages say it. */
export const FROM_NUMBER = '来自身份证号'

/** A raw answer to a number's field as it is compared: without blanks, in half-width capitals; empty for what is no text. */
export const plainNumber = (raw: unknown) =>
  typeof raw === 'string'
    ? raw
        .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
        .replace(/\s+/g, '')
        .toUpperCase()
    : ''

/** The raw answer to the number's field: beside the field, or in the form around its row. */
function numberIn(key: string, scope: Scope): string {
  const field = scope.fields.find((each) => each.key === key)
  if (!field) return scope.outer ? numberIn(key, scope.outer) : ''
  return field.kind === 'idcard' && isShown(field, scope) ? plainNumber(ownValue(scope.values, key)) : ''
}

/**
 * What the ID number of the same person says in the place of an answer: a day of birth for a date, 男 or 女 for a
 * choice. Undefined where the field belongs to no number, or the number is not right yet.
 */
export function valueFromNumber(field: Field, scope: Scope): string | undefined {
  if (field.ofNumber === null) return undefined
  const number = numberIn(field.ofNumber, scope)
  if (!isIdNumber(number)) return undefined
  return field.kind === 'date' ? birthOfIdNumber(number) : sexOfIdNumber(number)
}

/** Answers, rows of tables included, with what the numbers in them say: what a page shows and sends. */
export function withNumbersRead(
  fields: readonly Field[],
  values: JsonObject,
  agent: boolean,
  outer?: Scope,
): JsonObject {
  const scope: Scope = { fields, values, agent, outer }
  const read = fields.flatMap((field): [string, unknown][] => {
    const value = ownValue(values, field.key)
    if (field.kind === 'table' && Array.isArray(value)) {
      const rows = value.map((row: unknown) =>
        typeof row === 'object' && row !== null
          ? withNumbersRead(field.columns, row as JsonObject, agent, scope)
          : row,
      )
      return [[field.key, rows]]
    }
    const onNumber = valueFromNumber(field, scope)
    return onNumber === undefined ? [] : [[field.key, onNumber]]
  })
  return read.length === 0 ? values : { ...values, ...Object.fromEntries(read) }
}

/** The keys of what follows from numbers: a new number leaves nothing of the old one's behind. */
export const followersOf = (fields: readonly Field[], numberKeys: readonly string[]): readonly string[] =>
  fields.flatMap(({ key, ofNumber }) => (ofNumber !== null && numberKeys.includes(ofNumber) ? [key] : []))
