import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseNudged } from '#shared/contract/nudge'
import type { Problem } from '#shared/contract/problems'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { asked, disowning } from './disowning'

// 催办: whoever waits asks that it go on. Who could is told; no day moves.
let county: County
const { born, filedFor, does, allowedTo, toldOf } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const leave = (where: ReturnType<typeof sql>, days: object[]) =>
  rows(sql`with changed as (update staff set leave = ${JSON.stringify(days)}::jsonb where ${where})
    update reference_data set revision = revision + 1, registry = registry + 1`)

const AT_TEN = /^2026-11-24T02:0/

beforeAll(async () => {
  county = await openCounty()
}, 120_000)
afterAll(() => county.close())

const nudge = (person: Person, id: string, key?: string) =>
  person.send<CaseNudged & Problem>('POST', `/api/cases/${id}/nudge`, {
    body: {},
    ...(key === undefined ? {} : { key }),
  })
const eventsOf = (id: string) =>
  rows<{ type: string; actor: string; payload: object }>(
    sql`select type, actor, payload from case_events where case_id = ${id}::uuid and type = 'nudged' order by sequence`,
  )
const recipientsOf = async (id: string) =>
  (
    await rows<{ recipient: string }>(
      sql`select recipient from reminders where case_id = ${id}::uuid and kind = 'nudged' order by recipient`,
    )
  ).map(({ recipient }) => recipient)

/** Filed by her son, who she is confirmed, accepted: the reviewers have it. */
async function underReview(name: string) {
  const mother = await born(name, 3)
  const son = await born(`${name}儿`, 3, '1972-04-05')
  const id = await filedFor(son.person, mother)
  const window = await county.as('zhao-min')
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(window, id)).version, reason: '本人带身份证来的' },
  })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  await does(window, id, 'accept')
  return { id, mother: mother.person, son: son.person }
}

test('whoever filed it nudges: who has it is told in words of the case, every page shows it, and no day moves', async () => {
  await setClock('2026-11-24T10:00')
  const { id, son, mother } = await underReview('翁催过')
  const before = await caseOf(son, id)
  expect(before).toMatchObject({ nudge: { to: '梅渚镇', nextAllowedAt: null } })
  expect(before.nudge?.whom).toMatch(/^正在审核的/)
  expect(before).not.toHaveProperty('nudgedAt')
  const answer = await nudge(son, id)
  expect(answer).toMatchObject({
    status: 201,
    body: {
      toldAt: expect.stringMatching(AT_TEN),
      nextAllowedAt: '2026-11-26T16:00:00.000Z',
      told: '梅渚镇',
    },
  })
  const after = await caseOf(son, id)
  expect(after).toMatchObject({
    dueOn: before.dueOn,
    status: before.status,
    version: before.version + 1,
    nudge: { nextAllowedAt: '2026-11-26T16:00:00.000Z' },
    nudgedAt: answer.body.toldAt,
  })
  expect(after.timeline[0]).toMatchObject({
    type: 'nudged',
    title: '催了一次',
    who: '你',
    note: '提醒了梅渚镇',
  })
  const staff = await caseOf(await county.as('sun-zhiyuan'), id)
  expect(staff.nudge ?? null).toBeNull()
  expect(staff).toMatchObject({ nudgedAt: answer.body.toldAt })
  expect(staff.timeline[0]).toMatchObject({ type: 'nudged', title: '催了一次', note: '提醒了梅渚镇' })
  expect((await caseOf(mother, id)).timeline[0]).toMatchObject({ who: '帮办的人' })
  await sendAll(county)
  const told = (await toldOf(await county.as('sun-zhiyuan'), id)).filter(({ title }) => /催/.test(title))
  expect(told).toMatchObject([{ title: expect.stringMatching(/：申请人催了一次$/) }])
  const words = told.flatMap(({ lines }) => lines).join('，')
  expect(words).toMatch(/，最晚 1[12]月\d+日/)
  expect(words).not.toMatch(/翁催过|孙志远/)
  expect(await recipientsOf(id)).toContain('staff:sun-zhiyuan')
  expect((await recipientsOf(id)).filter((who) => !who.startsWith('staff:'))).toEqual([])
  expect(await eventsOf(id)).toMatchObject([{ actor: expect.stringMatching(/^profile:/) }])
  const [audit] = await rows<{ count: number }>(
    sql`select count(*)::int as count from audit_entries where subject = ${`case:${id}`} and action = 'case.nudged'`,
  )
  expect(audit).toEqual({ count: 1 })
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})

test('a second one within three days waits, whoever asks; the third day it goes', async () => {
  await setClock('2026-11-24T11:00')
  const { id, son, mother } = await underReview('翁又催')
  expect((await nudge(son, id)).status).toBe(201)
  const early = await nudge(mother, id)
  expect(early).toMatchObject({
    status: 429,
    body: { code: 'case.nudged-before', detail: expect.stringMatching(/^11月27日 起能再催/) },
  })
  const wait = Number(early.headers.get('Retry-After'))
  expect([wait > 60 * 3600, wait <= 61 * 3600]).toEqual([true, true])
  await setClock('2026-11-27T00:00')
  expect(await nudge(mother, id)).toMatchObject({ status: 201 })
  expect(await eventsOf(id)).toHaveLength(2)
})

test('sent again with its key it is the same one; two at once are one', async () => {
  await setClock('2026-12-01T10:00')
  const one = await underReview('翁重发')
  const first = await nudge(one.son, one.id, 'nudge-once-1')
  expect(await nudge(one.son, one.id, 'nudge-once-1')).toMatchObject({ status: 201, body: first.body })
  expect(await eventsOf(one.id)).toHaveLength(1)
  const two = await underReview('翁同时')
  const answers = await Promise.all([nudge(two.son, two.id), nudge(two.mother, two.id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 429])
  expect(await eventsOf(two.id)).toHaveLength(1)
})

test('it is nobody else’s: a stranger knows of no case, staff and who typed it wait for nothing', async () => {
  await setClock('2026-12-01T10:30')
  const { id } = await underReview('翁别人')
  const stranger = await born('陌生人', 3, '1980-03-05')
  expect((await nudge(stranger.person, id)).status).toBe(404)
  for (const staff of ['sun-zhiyuan', 'zhao-min'])
    expect(await nudge(await county.as(staff), id), staff).toMatchObject({
      status: 409,
      body: { code: 'case.action-not-allowed' },
    })
  expect((await county.visitor.send('POST', `/api/cases/${id}/nudge`, { body: {} })).status).toBe(401)
  const own = (await born('翁自己', 3)).person
  expect((await own.send('POST', `/api/cases/${id}/nudge`, { body: { version: 1 } })).status).toBe(400)
  expect(await eventsOf(id)).toEqual([])
})

test('while it waits for the applicant, and after its end, there is nobody to nudge', async () => {
  await setClock('2026-12-01T11:00')
  const mother = await born('翁要补', 3)
  const id = await file(county, mother, 'LX-005')
  await does('zhao-min', id, 'request-correction', asked('居民身份证'))
  expect((await caseOf(mother.person, id)).nudge ?? null).toBeNull()
  expect((await nudge(mother.person, id)).status).toBe(409)
  const ended = await born('翁办完', 3)
  const done = await file(county, ended, 'LX-005')
  await ended.person.send('POST', `/api/cases/${done}/withdrawal`, {
    body: { version: (await caseOf(ended.person, done)).version },
  })
  expect((await caseOf(ended.person, done)).nudge ?? null).toBeNull()
  expect(await nudge(ended.person, done)).toMatchObject({
    status: 409,
    body: { code: 'case.action-not-allowed' },
  })
})

test('who is on leave is not told; where nobody is there it is said, with whom to call, and does not count', async () => {
  await setClock('2026-12-01T14:00')
  const { id, son } = await underReview('翁没人')
  const all = sql`id in (select staff_id from staff_roles where role <> 'village-agent')`
  await leave(sql`id = 'sun-zhiyuan'`, [{ from: '2026-11-30', to: '2026-12-31' }])
  const { nudge: view } = await caseOf(son, id)
  expect(view?.whom).not.toMatch(/孙志远/)
  await leave(all, [{ from: '2026-11-30', to: '2026-12-31' }])
  expect(await caseOf(son, id)).toMatchObject({ nudge: { to: null } })
  const refused = await nudge(son, id)
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'case.nudge-unheard', detail: expect.stringMatching(/没有人在岗。急用的话，打 \d/) },
  })
  expect([await eventsOf(id), await recipientsOf(id)]).toEqual([[], []])
  await leave(all, [])
  await leave(sql`id = 'sun-zhiyuan'`, [{ from: '2026-11-30', to: '2026-12-31' }])
  expect((await nudge(son, id)).status).toBe(201)
  expect(await recipientsOf(id)).not.toContain('staff:sun-zhiyuan')
  await leave(all, [])
})

test('a page that staff have open stays true', async () => {
  await setClock('2026-12-02T10:00')
  const { id, son } = await underReview('翁翻页')
  const reviewer = await county.as('sun-zhiyuan')
  const { version } = await caseOf(reviewer, id)
  expect((await nudge(son, id)).status).toBe(201)
  expect(await allowedTo('sun-zhiyuan', id)).not.toEqual([])
  const step = (await caseOf(reviewer, id)).staff?.allowed.find(({ action }) => action === 'grant')
  const granted = await reviewer.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'grant', stepKey: step?.stepKey, unitId: step?.unitId, version },
  })
  expect(granted.status, JSON.stringify(granted.body)).toBe(200)
})
