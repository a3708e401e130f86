import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { death } from './death'

// What whoever holds another case of a number hears of a death that was recorded or taken back: each time, and never what is not so.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

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

test('recorded in error, taken back, and then they did die: whoever holds other cases of theirs hears it of each, each time', async () => {
  await setClock('2026-11-24T10:00')
  const elder = await born('骆甲')
  const id = await file(county, elder, 'LX-005')
  await refuse(id)
  const others = [await file(county, elder, 'LX-009'), await file(county, elder, 'LX-006')]
  const holder = async (each: string) => {
    const rows = await county.services.database.rows<{ recipient: string }>(
      sql`select recipient from reminders where case_id = ${each}::uuid and kind = 'applicant-died' limit 1`,
    )
    return rows[0]?.recipient.replace('staff:', '') ?? ''
  }
  await dies(id)
  await setClock('2026-11-25T10:00')
  await lives(id)
  await setClock('2026-11-30T10:00')
  await dies(id)
  await setClock('2026-12-01T10:00')
  await lives(id)
  for (const each of others)
    expect(await told(each, await holder(each))).toEqual([
      'applicant-died',
      'applicant-lives',
      'applicant-died',
      'applicant-lives',
    ])
})

test('once one case has their death no phone of theirs rings for another either; taken back it rings again', async () => {
  await setClock('2026-12-02T10:00')
  const elder = await born('骆戊')
  for (let n = 0; n < 8; n += 1)
    await county.door('POST', 'consents', { person: elder.personId, choice: 'accept' })
  const [{ id: profile } = { id: '' }] = await county.services.database.rows<{ id: string }>(
    sql`select id from profiles order by created_at desc, id desc limit 1`,
  )
  const one = await file(county, elder, 'LX-005')
  const [other, later] = [await file(county, elder, 'LX-009'), await file(county, elder, 'LX-036')]
  await refuse(one)
  await sendAll(county)
  await dies(one)
  await refuse(other)
  const channelOf = async (id: string, kind: string) => {
    await sendAll(county)
    const [found] = await county.services.database.rows<{ channel: string }>(
      sql`select channel from reminders where case_id = ${id}::uuid and kind = ${kind}
        and recipient = ${`profile:${profile}`}`,
    )
    return found?.channel
  }
  expect(await channelOf(other, 'refused')).toBe('inbox')
  await lives(one)
  await play(county, later, [['window', 'decline', { reason: '不归这里办' }]])
  expect(await channelOf(later, 'declined')).toBe('subscribe')
})
