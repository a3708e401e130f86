import { and, eq, getTableColumns, getTableName, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../../ports/database'
import { packRows } from '../schema'
import { canonical, mergedRow, type Row } from './row-changes'

/** What was edited in the product and stays although the new pack says otherwise. */
export interface KeptField {
  readonly table: string
  /** The row's key, its parts joined by a slash. */
  readonly id: string
  /** The column, or the field of a guide; `*` for a row that was removed in the product. */
  readonly field: string
}

export interface Merge {
  /** Rows written. */
  readonly written: number
  readonly kept: readonly KeptField[]
}

/** Rows by their key, which is joined as in `KeptField`. */
export const byKey = <Each extends object>(rows: readonly Each[], keys: readonly string[]) =>
  new Map(rows.map((row) => [keys.map((key) => (row as Row)[key]).join('/'), row]))

/**
 * What the last pack said of a table. A database from before this was written down has no edits of its own yet: for
 * it the rows that it holds are what the last pack said.
 */
export async function basesOf(db: Db, table: string, held: ReadonlyMap<string, object>) {
  const rows = await db.select().from(packRows).where(eq(packRows.tableName, table))
  return rows.length === 0
    ? (held as ReadonlyMap<string, Row>)
    : new Map<string, Row>(rows.map(({ rowId, value }) => [rowId, value]))
}

/** Writes down what this pack says, and forgets what it says no more. */
export async function rememberRows(db: Db, table: string, wanted: ReadonlyMap<string, object>) {
  const known = await db.select().from(packRows).where(eq(packRows.tableName, table))
  const texts = new Map(known.map(({ rowId, value }) => [rowId, canonical(value)]))
  const gone = known.map(({ rowId }) => rowId).filter((rowId) => !wanted.has(rowId))
  if (gone.length > 0)
    await db.delete(packRows).where(and(eq(packRows.tableName, table), inArray(packRows.rowId, gone)))
  const changed = [...wanted].filter(([rowId, value]) => texts.get(rowId) !== canonical(value))
  if (changed.length > 0)
    await db
      .insert(packRows)
      .values(changed.map(([rowId, value]) => ({ tableName: table, rowId, value: { ...value } })))
      .onConflictDoUpdate({
        target: [packRows.tableName, packRows.rowId],
        set: { value: sql`excluded.value` },
      })
}

/** Every column as the refused row of an upsert had it. */
const excludedColumns = (table: PgTable): Record<string, SQL> =>
  Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [
      name,
      sql.raw(`excluded.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`),
    ]),
  )

/**
 * Brings a table to what the pack says, column by column: what was edited in the product since the last pack stays, and
 * so does a row that was removed or added there. Deletes nothing.
 */
export async function mergeTable<Table extends PgTable, Wanted extends Table['$inferInsert']>(
  db: Db,
  table: Table,
  wanted: readonly Wanted[],
  held: readonly object[],
  keys: readonly (keyof Wanted & string)[],
): Promise<Merge> {
  const name = getTableName(table)
  const heldByKey = byKey(held, keys)
  const wantedByKey = byKey(wanted, keys)
  const bases = await basesOf(db, name, heldByKey)
  const changed: Wanted[] = []
  const kept: KeptField[] = []
  for (const [id, row] of wantedByKey) {
    const other = heldByKey.get(id)
    if (other) {
      const merged = mergedRow(row, other as Row, bases.get(id))
      if (merged.changed) changed.push(merged.row)
      kept.push(...merged.kept.map((field) => ({ table: name, id, field })))
    } else if (bases.has(id)) kept.push({ table: name, id, field: '*' })
    else changed.push(row)
  }
  if (changed.length > 0) {
    const columns = getTableColumns(table)
    await db
      .insert(table)
      .values(changed as Table['$inferInsert'][])
      .onConflictDoUpdate({
        target: keys.map((key) => columns[key] as PgColumn),
        set: excludedColumns(table) as never,
      })
  }
  await rememberRows(db, name, wantedByKey)
  return { written: changed.length, kept }
}
