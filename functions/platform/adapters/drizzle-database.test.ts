import { type SQL, sql } from 'drizzle-orm'
import { PgDialect, pgTable, text } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { databaseOver } from './drizzle-database'

const dialect = new PgDialect({ casing: 'snake_case' })

async function sent(statement: SQL) {
  const written: unknown[] = []
  const execute = async (each: SQL) => {
    const { sql: words, params } = dialect.sqlToQuery(each)
    written.push({ words, params })
    return { rows: [] }
  }
  await databaseOver({ execute }, async () => undefined).rows(statement)
  return written
}

const part = (day: string) => sql`a.on = ${day}::date and ${sql.raw('a.open')}`
const people = pgTable('people', { fullName: text() })

test.each<[string, SQL]>([
  ['values of all kinds', sql`select ${"it's"}, ${3}, ${2n}, ${true}, ${null}, ${'$1'}`],
  [
    'parts in parts',
    sql`with a as (select 1 where ${part('2026-11-28')}) select ${part('2026-11-29')}, ${7}`,
  ],
  ['nothing', sql`select 1 ${undefined} ${sql``}`],
  ['a list of parts', sql`select ${sql.join([sql`${1}`, part('2026-11-28'), sql.raw('x')], sql`, `)}`],
  ['columns of a table', sql`select ${people.fullName} from ${people} where ${people.fullName} = ${'x'}`],
  ['a list of values', sql`select 1 where ${'a'} in ${['a', 'b']}`],
])('sends %s as drizzle would', async (_, statement) => {
  const { sql: words, params } = dialect.sqlToQuery(statement)
  expect(await sent(statement)).toEqual([{ words, params }])
})
