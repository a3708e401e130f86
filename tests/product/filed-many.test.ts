import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServiceGuide } from '#shared/contract/service-item'
import { type County, newcomer, openCounty, type Person } from './county'
import { filing } from './filing'
import { countRowsRead } from './rows-read'

// A number or a code may be typed by anybody, thousands of times: guide and form read what they tell, not what was typed.
const MANY = 1_000
const DALIANG = '341821105200'
const SHOP = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店' }
const ENDED = '2026-11-20T01:00:00Z'

let county: County
const sendFor = filing(() => county)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)

beforeAll(async () => {
  // Whoever counts asks the session that has read.
  county = await openCounty({ DATABASE_CONNECTIONS: '1' })
}, 120_000)
afterAll(() => county.close())

async function file(...asked: Parameters<typeof sendFor>) {
  const answer = await sendFor(...asked)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const resident = async (name: string, level: 2 | 3 = 3) => ({
  ...(await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })),
  name,
})

/** Many cases like that one, newer than all, by these columns of their own, and by this of their state. */
const fill = (like: string, own: Readonly<Record<string, unknown>> = {}, state: object = {}) =>
  rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object(
      'id', 'ffffffff-' || substr(gen_random_uuid()::text, 10), 'case_number', gen_random_uuid(), 'duplicate_guard', null,
      'state', jsonb_set(c.state, '{applicant}', c.state->'applicant' || ${JSON.stringify(state)}::jsonb))
      || ${JSON.stringify(own)}::jsonb)).* from cases c, generate_series(1, ${MANY}::int) where c.id = ${like}::uuid`)

const analyzed = () => rows(sql`analyze cases`)
const unfill = async () => {
  await rows(sql`delete from cases where length(case_number) = 36`)
  await rows(sql`vacuum analyze cases`)
}

/** What the guide tells; guide and form read at most so many rows of all cases. */
async function toldOf(person: Person, itemId: string, most: number) {
  const read = countRowsRead(county.services.database, 'cases')
  let filed: ServiceGuide['filed'] = []
  for (const path of [`/api/service-items/${itemId}/form`, `/api/service-items/${itemId}`]) {
    await person.send('GET', path)
    await read()
    const { status, body } = await person.send<ServiceGuide>('GET', path)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(await read(), path).toBeLessThan(most)
    filed = body.filed
  }
  return filed.map(({ caseId, whose, bars }) => ({ caseId, whose, bars }))
}

test('of a number that strangers typed thousands of times one’s own and what bars is told, and little is read', async () => {
  const owner = await resident('卜众人')
  const before = await file(owner.person, 'LX-019', owner, {
    period: { from: '2025-01-01', to: '2025-06-30' },
  })
  const own = await file(owner.person, 'LX-019', owner, { period: { from: '2026-01-01', to: '2026-06-30' } })
  const grant = JSON.stringify({ kind: 'granted', at: ENDED })
  await rows(sql`update cases set status = 'delivered', ended_at = ${ENDED}::timestamptz, line = null,
    state = jsonb_set(state, '{decision}', ${grant}::jsonb) where id = ${before}::uuid`)
  const typed = await file((await resident('卜乱填', 2)).person, 'LX-019', owner)
  const other = await file((await resident('卜别项', 2)).person, 'LX-013', owner)
  await fill(typed)
  await fill(typed, { ended_at: ENDED, status: 'withdrawn' })
  await fill(typed, { was_disowned: true }, { disowned: true })
  await fill(other)
  await analyzed()
  const told = await toldOf(owner.person, 'LX-019', 100)
  expect(told.slice(0, 2)).toEqual([
    { caseId: own, whose: 'own', bars: true },
    { caseId: before, whose: 'own', bars: true },
  ])
  expect((await toldOf(owner.person, 'LX-013', 100)).map(({ whose }) => whose)).toEqual(
    Array(5).fill('helped'),
  )
  expect(await toldOf(owner.person, 'LX-017', 100)).toEqual([])
  await unfill()
}, 120_000)

test('what a counter has confirmed of what somebody else filed bars, however many strangers typed the number', async () => {
  const owner = await resident('卜当面')
  const id = await file((await resident('卜代办', 2)).person, 'LX-013', owner)
  await fill(id)
  await rows(sql`update cases set duplicate_guard = duplicate_index,
    state = jsonb_set(state, '{identityConfirmed}', 'true') where id = ${id}::uuid`)
  await analyzed()
  const [first] = await toldOf(owner.person, 'LX-013', 100)
  expect(first).toEqual({ caseId: id, whose: 'own', bars: true })
  await unfill()
}, 120_000)

test('of a firm whose code was typed thousands of times what its agents carry is told first, and little is read', async () => {
  const agent = await county.as('li-jianguo')
  const stranger = await resident('卜报企', 2)
  const typed = await file(stranger.person, 'LX-052', stranger, SHOP)
  const taken = await file(stranger.person, 'LX-052', stranger, SHOP)
  const [row] = await rows<{ version: number }>(sql`select version from cases where id = ${taken}::uuid`)
  const takeover = await agent.send('POST', `/api/cases/${taken}/takeover`, {
    body: { version: row?.version },
  })
  expect(takeover.status, JSON.stringify(takeover.body)).toBe(200)
  const own = await file(agent, 'LX-052', stranger, SHOP)
  await fill(typed)
  await fill(typed, { ended_at: ENDED, status: 'withdrawn' })
  await fill(own, { ended_at: ENDED, status: 'delivered' })
  // Of one who holds its power no more.
  const [{ profile } = { profile: '' }] = await rows<{ profile: string }>(
    sql`select filed_by as profile from cases where id = ${typed}::uuid`,
  )
  await fill(typed, { owner_id: profile })
  await analyzed()
  const told = await toldOf(agent, 'LX-052', 100)
  expect(told.slice(0, 2)).toMatchObject([
    { caseId: own, whose: 'firm' },
    { caseId: taken, whose: 'firm' },
  ])
  expect(told).toHaveLength(5)
  await unfill()
}, 120_000)
