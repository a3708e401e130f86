import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { death } from './death'
import { disowning } from './disowning'

// What whoever holds another case of a number hears of a death that was recorded or taken back: each time, and never what is not so.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { filedFor } = disowning(() => county)
const born = (name: string) => bornBy(county)(name, 3)
const setClock = async (to: string) => {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
const dies = (id: string) => death(county, id, 'record')
const lives = (id: string) => death(county, id, 'withdraw')
const told = async (id: string, who: string) => {
  await sendAll(county)
  const all = await county.services.database.rows<{ kind: string }>(
    sql`select kind from reminders where case_id = ${id}::uuid and recipient = ${`staff:${who}`}
      and kind like 'applicant-%' order by created_at, id`,
  )
  return all.map(({ kind }) => kind)
}
const toReview = [
  ['village', 'verify'],
  ['window', 'accept'],
] as const
const refuse = (id: string) =>
  play(county, id, [...toReview, ['reviewer', 'refuse', { reason: '户口在外县' }]])

test('of two records one is taken back: while the other stands nobody reads that they live', async () => {
  await setClock('2026-12-02T10:00')
  const elder = await born('骆乙')
  const [one, two, other] = [
    await file(county, elder, 'LX-005'),
    await file(county, elder, 'LX-009'),
    await file(county, elder, 'LX-006'),
  ]
  for (const each of [one, two]) await refuse(each)
  await dies(one)
  await dies(two)
  await lives(one)
  expect(await told(other, 'wang-lixin')).toEqual(['applicant-died'])
  await lives(two)
  expect(await told(other, 'wang-lixin')).toEqual(['applicant-died', 'applicant-lives'])
})

test('what a stranger typed and what ended for a death makes nobody dead in other cases', async () => {
  await setClock('2026-12-07T10:00')
  const owner = await born('骆丙')
  const own = await file(county, owner, 'LX-009')
  const stranger = await born('骆丙人')
  const id = await filedFor(stranger.person, owner)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'terminate', { reason: 'deceased' }],
  ])
  await sendAll(county)
  const rows = await county.services.database.rows(
    sql`select 1 from reminders where case_id = ${own}::uuid and kind like 'applicant-%'`,
  )
  expect(rows).toEqual([])
})
