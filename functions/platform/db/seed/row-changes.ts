import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** One text for equal values, however their keys are ordered: jsonb keeps an order of its own. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`
}

const keyOf = (row: object, keys: readonly string[]) =>
  keys.map((key) => (row as Record<string, unknown>)[key]).join('\n')

/** The rows that the table lacks or holds otherwise, judged by the columns that they name. */
export function changedRows<Row extends object>(
  wanted: readonly Row[],
  held: readonly object[],
  keys: readonly (keyof Row & string)[],
): Row[] {
  const byKey = new Map(held.map((row) => [keyOf(row, keys), row as Record<string, unknown>]))
  return wanted.filter((row) => {
    const other = byKey.get(keyOf(row, keys))
    if (other === undefined) return true
    return Object.entries(row).some(([column, value]) => canonical(value) !== canonical(other[column]))
  })
}

/** Every column as the refused row of an upsert had it. */
export const excludedColumns = (table: PgTable): Record<string, SQL> =>
  Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [
      name,
      sql.raw(`excluded.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`),
    ]),
  )
