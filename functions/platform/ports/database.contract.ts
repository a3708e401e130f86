import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database'

export interface DatabaseUnderTest {
  /** Migrated; the suite makes a table of its own in it and closes it. */
  open(): Promise<Database>
  /** Ends the server's side of the statement that holds `text`; left out where there is one connection alone. */
  readonly kill?: (text: string) => Promise<void>
}

const codeOf = (cause: unknown): unknown => {
  if (!(cause instanceof Error)) return undefined
  return 'code' in cause ? cause.code : codeOf(cause.cause)
}

/** What every database does; a plain statement is one round trip and one transaction. */
export function databaseContract(name: string, { open, kill }: DatabaseUnderTest) {
  describe(`database: ${name}`, () => {
    let database: Database
    beforeAll(async () => {
      database = await open()
      await database.rows(sql`create table contract_notes (id int primary key, said text not null)`)
    }, 60_000)
    afterAll(() => database.close())

    const rows = <Row extends object>(statement: SQL) => database.rows<Row>(statement)
    const insert = (id: number) => sql`insert into contract_notes (id, said) values (${id}::int, 'written')`
    const isWritten = async (id: number) =>
      (await rows(sql`select 1 from contract_notes where id = ${id}::int`)).length === 1

    it('answers rows under the names of the statement, JSON parsed, numbers as numbers', async () => {
      const [row] = await rows(sql`select ${'印象 办事'}::text as "whatItSays", 7::int as count, true as sure,
        null::text as nothing, json_build_object('of', array[1, 2]) as parsed`)
      expect(row).toEqual({
        whatItSays: '印象 办事',
        count: 7,
        sure: true,
        nothing: null,
        parsed: { of: [1, 2] },
      })
    })

    it('keeps parameters apart from the statement', async () => {
      const said = `'); drop table contract_notes; --`
      await rows(sql`insert into contract_notes (id, said) values (1, ${said})`)
      expect(await rows(sql`select said from contract_notes where id = 1`)).toEqual([{ said }])
    })

    it('writes all parts of a statement together and answers many at once', async () => {
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          rows(sql`with one as (${insert(100 + index)}), two as (${insert(200 + index)}) select 1`),
        ),
      )
      const [row] = await rows<{ count: number }>(
        sql`select count(*)::int as count from contract_notes where id >= 100 and id < 300`,
      )
      expect(row?.count).toBe(60)
    })

    it('undoes a statement that a demand refuses, and says its code', async () => {
      const refused = rows(sql`with written as (${insert(300)}) select demand(false, 'contract.refused')`)
      const cause = await refused.then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(codeOf(cause)).toBe('YX001')
      expect(await isWritten(300)).toBe(false)
      expect(await rows(sql`select demand(true, 'contract.refused') as held`)).toEqual([{ held: 1 }])
    })

    it('commits a transaction whole and gives its value back', async () => {
      const value = await database.transaction(async (db) => {
        await db.execute(insert(400))
        await db.execute(insert(401))
        return 'done'
      })
      expect(value).toBe('done')
      expect(await Promise.all([isWritten(400), isWritten(401)])).toEqual([true, true])
    })

    it('rolls a transaction back when its work throws', async () => {
      const failed = database.transaction(async (db) => {
        await db.execute(insert(500))
        throw new Error('thought better of it')
      })
      await expect(failed).rejects.toThrow('thought better of it')
      expect(await isWritten(500)).toBe(false)
    })

    it('names the constraint that a write ran into', async () => {
      await rows(insert(600))
      const cause = await rows(insert(600)).catch((error: unknown) => error)
      expect(codeOf(cause)).toBe('23505')
      expect(await isWritten(600)).toBe(true)
    })

    if (!kill) return
    it('leaves nothing of a statement that is killed midway, and goes on', async () => {
      const outcome = rows(
        sql`with written as (${insert(700)} returning 1) select pg_sleep(30), 'killed midway' from written`,
      ).then(
        () => 'answered',
        () => 'failed',
      )
      await kill('killed midway')
      expect(await outcome).toBe('failed')
      expect(await isWritten(700)).toBe(false)
      await rows(insert(700))
      expect(await isWritten(700)).toBe(true)
    })
  })
}
