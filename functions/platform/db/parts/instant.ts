import { type SQL, sql } from 'drizzle-orm'

/** A column of instants as the product writes them: `2026-11-28T09:00:00.000Z`. `column` is SQL, never what somebody typed. */
export const instantText = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
