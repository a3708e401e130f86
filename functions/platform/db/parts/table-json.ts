import { type GetColumnData, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

type Columns = Readonly<Record<string, PgColumn>>

/**
 * All rows of a table as one value, by columns of the schema, which gives their types: several small tables are read in one
 * statement, as of one moment. Of text, numbers, booleans and JSON alone: a time would come as PostgreSQL writes it in JSON.
 */
export const tableJson = <Chosen extends Columns>(table: PgTable, columns: Chosen) =>
  sql<readonly { readonly [Name in keyof Chosen]: GetColumnData<Chosen[Name], 'query'> }[]>`(
    select coalesce(json_agg(json_build_object(${sql.join(
      Object.entries(columns).map(([name, column]): SQL => sql`${sql.raw(`'${name}'`)}, ${column}`),
      sql`, `,
    )})), '[]'::json) from ${table})`

/** What a query of the builder is of that puts such values side by side. */
export const ONE_ROW = sql`(select 1) one_row`
