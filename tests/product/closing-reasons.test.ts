import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { run } from '../../functions/commands/closing-reasons'
import { createEndRecords } from '../../functions/features/account'
import { sealedIn } from '../../functions/platform/ports/sealed-in'
import { type County, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

test('of more reasons than are printed the operator is told how many there are', async () => {
  const { database, cipher } = county.services
  const kept = Array.from({ length: 501 }, (_, at) => {
    const key = `left-${at}`
    return {
      key,
      closed_on: '2026-11-20',
      words_sealed: cipher.encrypt('字太小', sealedIn.closingReason(key)),
    }
  })
  await database.rows(sql`insert into closing_reasons
    select r.* from jsonb_populate_recordset(null::closing_reasons, ${JSON.stringify(kept)}::jsonb) r`)
  const said: string[] = []
  await run({ services: county.services, words: [], print: (line) => said.push(line) })
  expect(said).toHaveLength(501)
  expect(said.at(-1)).toBe('501 条，这里是最近的 500 条，没有记是谁写的')
})

test('the words go after a year, those of later stay', async () => {
  const { database } = county.services
  const now = county.services.clock.now()
  await database.rows(sql`delete from closing_reasons`)
  await database.rows(sql`insert into closing_reasons (key, closed_on, words_sealed) values
    ('a-year', ${dayIn(now)}::date - interval '1 year', 'sealed'), ('less', ${dayIn(now)}::date - 364, 'sealed')`)
  expect(await createEndRecords({ database, clock: { now: () => now } })()).toBe(1)
  expect(await database.rows(sql`select key from closing_reasons`)).toEqual([{ key: 'less' }])
})
