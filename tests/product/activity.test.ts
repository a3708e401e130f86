import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import { type County, newcomer, openCounty, type Person } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-08-15T09:42:00+08:00' })
})
afterAll(() => county.close())

const born = (name: string) =>
  newcomer(county, { name, birth: '1980-02-03', villageCode: '341821105200', level: 0 })
const daysOf = async (person: Person) => {
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  const days = await county.services.database.rows<{ day: string }>(
    sql`select day::text from activity_days where profile_id = ${id}::uuid order by day`,
  )
  return days.map(({ day }) => day)
}
const moveTo = (set: string) => county.door('POST', 'clock', { set })

test('a day on which somebody was there is one row, from the login on, by Shanghai’s days', async () => {
  const { person, personId } = await born('郑一日')
  expect(await daysOf(person)).toEqual(['2026-08-15'])
  await county.logIn(personId)
  await moveTo('2026-08-15T11:00:00+08:00')
  await Promise.all([1, 2, 3].map(() => person.send('GET', '/api/cases')))
  expect(await daysOf(person)).toEqual(['2026-08-15'])
  // 16:30 of the day before in UTC.
  await moveTo('2026-08-17T00:30:00+08:00')
  await Promise.all([1, 2, 3].map(() => person.send('GET', '/api/cases')))
  expect(await daysOf(person)).toEqual(['2026-08-15', '2026-08-17'])
})

test('it is written where the end of the session moves on, at most once an hour', async () => {
  await moveTo('2026-08-17T08:00:00+08:00')
  const { person } = await born('郑一时')
  await person.send('GET', '/api/account')
  await county.services.database.rows(sql`delete from activity_days`)
  await moveTo('2026-08-17T08:59:00+08:00')
  expect(await daysOf(person)).toEqual([])
  await moveTo('2026-08-17T09:01:00+08:00')
  await person.send('GET', '/api/account')
  expect(await daysOf(person)).toEqual(['2026-08-17'])
})

test('who was there on no day is on no day, and an ended session is nobody’s', async () => {
  const { person } = await born('郑一出')
  await person.send('DELETE', '/api/sessions/current')
  await moveTo('2026-08-18T09:00:00+08:00')
  expect((await person.send('GET', '/api/cases')).status).toBe(401)
  const rows = await county.services.database.rows(sql`select 1 from activity_days where day = '2026-08-18'`)
  expect(rows).toEqual([])
})
