import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bornBy, DALIANG, file, play } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person, sendAll } from './county'
import { disowning } from './disowning'

// A death that was recorded, and what was taken back, while a message waited for its hour: whose phone rings then.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { filedFor } = disowning(() => county)
const born = (name: string, level: 0 | 3 = 3) => bornBy(county)(name, level)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = async (to: string) => {
  await rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
const newest = async () => {
  const [row] = await rows<{ id: string }>(
    sql`select id from profiles order by created_at desc, id desc limit 1`,
  )
  return `profile:${row?.id}`
}
async function consenting(name: string) {
  const who = await born(name)
  await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
  return { ...who, recipient: await newest() }
}
const window = () => county.as('zhao-min')
async function death(id: string, more: object) {
  const clerk = await window()
  const { version } = await caseOf(clerk, id)
  const { status, body } = await clerk.send('POST', `/api/cases/${id}/death`, { body: { version, ...more } })
  expect(status, JSON.stringify(body)).toBe(200)
}
const dies = async (id: string) => {
  const { now } = (await county.door<{ now: string }>('GET', 'clock')).body
  await death(id, { action: 'record', diedOn: now.slice(0, 10), proof: '死亡医学证明书' })
}
const lives = (id: string) => death(id, { action: 'withdraw', reason: '同名' })

/** What of a case rang at somebody, and what stayed in the app, oldest first. */
async function toldOf(recipient: string, id: string, kinds: readonly string[]) {
  await sendAll(county)
  const told = await rows<{ kind: string; channel: string }>(
    sql`select kind, channel from reminders where recipient = ${recipient} and case_id = ${id}::uuid order by created_at, id`,
  )
  return told
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, channel }) => `${kind} ${channel === 'inbox' ? 'kept' : 'rung'}`)
}

/** Filed by a child for somebody whom the counter has confirmed since; accepted. */
async function helped(name: string) {
  const elder = await born(name, 0)
  const son = await consenting(`${name}儿`)
  const id = await filedFor(son.person, elder)
  await play(county, id, [['village', 'verify']])
  const clerk = await window()
  const { version } = await caseOf(clerk, id)
  const seen = { version, reason: '看了身份证' }
  expect((await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, { body: seen })).status).toBe(
    200,
  )
  await play(county, id, [['window', 'accept']])
  await sendAll(county)
  return { son, id }
}
const refuse = (id: string) => play(county, id, [['reviewer', 'refuse', { reason: '户口在外县' }]])

test('a decision rings at whoever had filed it, though the one it was for is recorded as dead before its hour', async () => {
  await setClock('2026-11-25T10:00')
  const { son, id } = await helped('潘丁')
  await setClock('2026-11-25T22:30')
  await refuse(id)
  await setClock('2026-11-26T07:30')
  await dies(id)
  await setClock('2026-11-26T09:00')
  expect(await toldOf(son.recipient, id, ['refused'])).toEqual(['refused rung'])
})

test('at the one who died nothing rings, and all of it again once they live', async () => {
  const who = await consenting('潘己')
  const living = await consenting('潘壬')
  // Of one number it is dead in each of its cases while one record stands.
  const [dead, alive, beside] = [
    await file(county, who, 'LX-005'),
    await file(county, living, 'LX-005'),
    await file(county, who, 'LX-009'),
  ]
  for (const id of [dead, alive, beside])
    await play(county, id, [
      ['village', 'verify'],
      ['window', 'accept'],
    ])
  await sendAll(county)
  await setClock('2026-11-26T22:30')
  for (const id of [dead, alive, beside]) await refuse(id)
  await setClock('2026-11-27T07:00')
  for (const id of [dead, alive]) await dies(id)
  await setClock('2026-11-27T07:10')
  await lives(alive)
  await setClock('2026-11-27T09:00')
  expect(await toldOf(who.recipient, dead, ['refused'])).toEqual(['refused kept'])
  expect(await toldOf(who.recipient, beside, ['refused'])).toEqual(['refused kept'])
  expect(await toldOf(living.recipient, alive, ['refused'])).toEqual(['refused rung'])
})

test('a death that was recorded and taken back in one evening rings at nobody', async () => {
  await setClock('2026-11-30T10:00')
  const elder = await born('潘戊')
  const [id, other] = [await file(county, elder, 'LX-005'), await file(county, elder, 'LX-009')]
  for (const each of [id, other])
    await play(county, each, [
      ['village', 'verify'],
      ['window', 'accept'],
    ])
  await refuse(id)
  const { son, id: helpedId } = await helped('潘辛')
  await refuse(helpedId)
  await sendAll(county)
  const holders = (
    await rows<{
      recipient: string
    }>(sql`select distinct recipient from reminders where case_id = ${other}::uuid
      and kind = 'task' and recipient like 'staff:%'`)
  ).map(({ recipient }) => recipient)
  await setClock('2026-11-30T22:05')
  for (const each of [id, helpedId]) await dies(each)
  await setClock('2026-11-30T22:15')
  for (const each of [id, helpedId]) await lives(each)
  await setClock('2026-12-01T09:00')
  const KINDS = ['applicant-died', 'applicant-lives']
  const told = await Promise.all(holders.map((each) => toldOf(each, other, KINDS)))
  expect(told.flat()).toContain('applicant-died kept')
  expect(told.flat().filter((each) => each.endsWith('rung'))).toEqual([])
  expect(await toldOf(son.recipient, helpedId, ['applicant-death-recorded'])).toEqual([
    'applicant-death-recorded kept',
  ])
})

test('a death that rang is taken back by a ring', async () => {
  await setClock('2026-12-01T10:00')
  const elder = await born('潘壬')
  const [id, other] = [await file(county, elder, 'LX-005'), await file(county, elder, 'LX-009')]
  for (const each of [id, other])
    await play(county, each, [
      ['village', 'verify'],
      ['window', 'accept'],
    ])
  await refuse(id)
  await dies(id)
  await sendAll(county)
  await setClock('2026-12-01T22:15')
  await lives(id)
  await setClock('2026-12-02T09:00')
  expect(await toldOf('staff:sun-zhiyuan', other, ['applicant-died', 'applicant-lives'])).toEqual([
    'applicant-died rung',
    'applicant-lives rung',
  ])
})

test('whoever had filed it hears by a ring that it was no death where the death rang', async () => {
  await setClock('2026-12-02T10:00')
  const KINDS = ['applicant-death-recorded', 'death-record-withdrawn']
  const both = [await helped('潘癸'), await helped('潘子')]
  for (const { son, id } of both) {
    for (const _ of KINDS) await county.door('POST', 'consents', { person: son.personId, choice: 'accept' })
    await refuse(id)
  }
  const [day, night] = both
  if (!day || !night) throw new Error('two cases')
  await setClock('2026-12-03T10:00')
  await dies(day.id)
  await sendAll(county)
  await setClock('2026-12-03T22:05')
  await dies(night.id)
  await setClock('2026-12-03T22:10')
  for (const { id } of both) await lives(id)
  await setClock('2026-12-04T09:00')
  expect(await toldOf(day.son.recipient, day.id, KINDS)).toEqual([
    'applicant-death-recorded rung',
    'death-record-withdrawn rung',
  ])
  expect(await toldOf(night.son.recipient, night.id, KINDS)).toEqual([
    'applicant-death-recorded kept',
    'death-record-withdrawn kept',
  ])
})

const HEADS = ['approver-transport-1', 'approver-transport-2']
const leave = (substituteId?: string) => {
  const days = substituteId ? [{ from: '2026-11-01', to: '2027-06-30', substituteId }] : []
  return rows(sql`with changed as (update staff set leave = ${JSON.stringify(days)}::jsonb
      where id in (select jsonb_array_elements_text(${JSON.stringify(HEADS)}::jsonb)))
    update reference_data set revision = revision + 1, registry = registry + 1`)
}
const ask = async (person: Person, id: string) =>
  expect((await act(person, id, 'request-approval', { for: 'extend', reason: '等检测' })).status).toBe(200)

test('who came to a request and need not answer it any more is called by no ring', async () => {
  await setClock('2026-12-04T10:00')
  const applicant = await newcomer(county, {
    name: '袁一',
    birth: '1980-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const [id, again] = [
    await file(county, { ...applicant, name: '袁一' }, 'LX-038'),
    await file(county, { ...applicant, name: '袁一' }, 'LX-038'),
  ]
  for (const each of [id, again]) {
    await act(await county.as('window-transport'), each, 'accept')
    await ask(await county.as('reviewer-transport-1'), each)
  }
  await sendAll(county)
  await setClock('2026-12-04T17:45')
  await leave('reviewer-transport-2')
  await county.app.jobs['run-deadlines']()
  await setClock('2026-12-04T18:30')
  await leave()
  await county.app.jobs['run-deadlines']()
  await setClock('2026-12-07T08:35')
  const KINDS = ['approvers-changed', 'approval-overtaken']
  const kept = ['approvers-changed kept', 'approval-overtaken kept']
  for (const each of [id, again])
    expect(await toldOf('staff:reviewer-transport-2', each, KINDS)).toEqual(kept)
  // Who came back to it is called.
  await setClock('2026-12-07T17:45')
  await leave('reviewer-transport-2')
  await county.app.jobs['run-deadlines']()
  await setClock('2026-12-08T08:35')
  expect(await toldOf('staff:reviewer-transport-2', id, KINDS)).toEqual([...kept, 'approvers-changed rung'])
  await leave()
})
