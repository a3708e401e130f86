import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import type { Problem } from '#shared/contract/problems'
import type { Queue } from '#shared/contract/work'
import { replay } from '#shared/domain/case/evolve'
import { type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { packItems } from '../generated-input'
import { fileForFirm } from './certifying'
import { act, type County, caseOf, openCounty, type Person } from './county'

// 会签: 公共场所卫生许可 of a county whose guide has everybody sign who examines it; three of them.
const SIGNERS = ['reviewer-health-1', 'reviewer-health-2', 'liaison-health'] as const
const PLACE = { stepKey: 'review', unitId: 'health' }

let county: County
let people: Record<(typeof SIGNERS)[number], Person>
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const counted = () => rows(sql`update reference_data set ${countedUp(['catalogue', 'registry'])}`)
const holds = () =>
  rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    values ('liaison-health', 'dept-reviewer', 'health', false) on conflict do nothing`)

beforeAll(async () => {
  county = await openCounty()
  // A guide never changes in its version.
  await rows(sql`insert into service_items select (jsonb_populate_record(null::service_items, to_jsonb(i)
    || jsonb_build_object('version', i.version + 1, 'guide', jsonb_set(i.guide, '{steps}', (
      select jsonb_agg(case when step->>'key' = 'review' then step || '{"sign": "all"}' else step end order by at)
      from jsonb_array_elements(i.guide->'steps') with ordinality s(step, at)))))).* from service_items i where i.id = 'LX-037'`)
  await holds()
  await counted()
  const [first, second, third] = [
    await county.as('reviewer-health-1'),
    await county.as('reviewer-health-2'),
    await county.as('liaison-health'),
  ]
  people = { 'reviewer-health-1': first, 'reviewer-health-2': second, 'liaison-health': third }
})
afterAll(() => county.close())

async function atReview(more: object = {}) {
  const { owner, id, filed } = await fileForFirm(county, more)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect((await act(await county.as('window-health'), id, 'accept')).status).toBe(200)
  return { owner, id }
}

const sends = (person: Person, id: string, version: number, action = 'pass', more: object = {}) =>
  person.send<Partial<Problem> & { version: number }>('POST', `/api/cases/${id}/actions`, {
    body: { action, ...PLACE, version, ...more },
  })
const stepIn = ({ staff }: CaseView) => {
  const step = staff?.steps.find(({ key }) => key === PLACE.stepKey)
  return { status: step?.status, text: step?.parts[0]?.signingText }
}
const rowOf = async (person: Person, id: string) =>
  (await person.send<Queue>('GET', '/api/work/cases')).body.items.find(({ caseId }) => caseId === id)

/** The row is what its events make of it. */
async function checkReplay(id: string) {
  const guide = packItems().find((each) => each.id === 'LX-037')
  const [row] = await rows<{ state: StoredState }>(sql`select state from cases where id = ${id}::uuid`)
  const events = await rows<Parameters<typeof upgradeEvent>[0]>(sql`select type, payload,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from case_events
    where case_id = ${id}::uuid order by sequence`)
  if (!guide || !row) throw new Error('no case')
  const steps = guide.steps.map((step) => (step.key === 'review' ? { ...step, sign: 'all' as const } : step))
  const again = replay({ ...guide, steps }, events.map(upgradeEvent))
  expect(JSON.parse(JSON.stringify(again))).toEqual(upgradeState(row.state))
}

test('a step waits for the last of three, and says to each who is awaited', async () => {
  const { owner, id } = await atReview()
  const { 'reviewer-health-1': first, 'reviewer-health-2': second, 'liaison-health': third } = people
  expect(stepIn(await caseOf(first, id)).text).toContain('已签 0 人，还等 3 人：')
  const opened = await caseOf(second, id)
  expect((await act(first, id, 'pass', { reason: '材料齐' })).status).toBe(200)

  const signed = await caseOf(first, id)
  expect(signed.staff?.allowed.map(({ action }) => action)).not.toContain('pass')
  const again = await sends(first, id, signed.version)
  expect([again.status, again.body.code]).toEqual([409, 'case.signed-before'])
  expect(await rowOf(first, id)).toMatchObject({
    firstAction: null,
    note: expect.stringMatching(/^已签 1 人，还等 2 人：/),
  })
  expect(await rowOf(second, id)).toMatchObject({ firstAction: expect.any(String) })

  // A colleague's signature makes nobody's page an old one.
  expect((await sends(second, id, opened.version)).status).toBe(200)
  expect(stepIn(await caseOf(first, id))).toEqual({ status: 'open', text: '已签 2 人，还等 1 人：范翠萍' })
  expect(await rowOf(first, id)).toMatchObject({ note: '已签 2 人，还等 1 人：范翠萍' })
  expect((await act(third, id, 'pass')).status).toBe(200)
  const done = await caseOf(first, id)
  expect(stepIn(done)).toEqual({ status: 'done', text: '3 人都签了' })

  const told = done.timeline.filter(({ type }) => type === 'signed' || type === 'examined')
  expect(told.map(({ type, who }) => [type, who])).toEqual([
    ['examined', expect.stringContaining('范翠萍')],
    ['signed', expect.stringContaining('韩文昊')],
    ['signed', expect.stringContaining('梁云飞')],
  ])
  expect(told.map(({ note }) => note)).toEqual(['3 人都签了', null, '材料齐'])
  const theirs = await caseOf(owner, id)
  expect(theirs.timeline.map(({ type }) => type)).not.toContain('signed')
  await checkReplay(id)
})

test('two who sign in the same moment have both signed', async () => {
  const { id } = await atReview()
  const { version } = await caseOf(people['reviewer-health-1'], id)
  const answers = await Promise.all(SIGNERS.map((each) => sends(people[each], id, version)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).status).toBe('done')
  await checkReplay(id)
})

test('one who does not pass it ends it with the reason', async () => {
  const { id } = await atReview()
  expect((await act(people['reviewer-health-1'], id, 'pass')).status).toBe(200)
  expect((await act(people['reviewer-health-2'], id, 'fail', { reason: '没有通风' })).status).toBe(200)
  const seen = await caseOf(people['reviewer-health-1'], id)
  expect(stepIn(seen)).toEqual({ status: 'done', text: null })
  expect(seen.timeline[0]).toMatchObject({ type: 'examined', note: expect.stringContaining('没有通风') })
})

test('a signature is taken back alone, and given again', async () => {
  const { id } = await atReview()
  expect((await act(people['reviewer-health-1'], id, 'pass')).status).toBe(200)
  const { body } = await sends(
    people['reviewer-health-2'],
    id,
    (await caseOf(people['reviewer-health-2'], id)).version,
  )
  const undone = await people['reviewer-health-2'].send('POST', `/api/cases/${id}/undo`, {
    body: { version: body.version },
  })
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).text).toMatch(/^已签 1 人，还等 2 人：/)
  expect((await act(people['reviewer-health-2'], id, 'pass')).status).toBe(200)
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).text).toBe('已签 2 人，还等 1 人：范翠萍')
})

test('who has left is waited for no more, and the step goes on without anybody’s act', async () => {
  const { id } = await atReview()
  expect((await act(people['reviewer-health-1'], id, 'pass')).status).toBe(200)
  expect((await act(people['reviewer-health-2'], id, 'pass')).status).toBe(200)
  await county.app.jobs['remind-of-deadlines']()
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).status).toBe('open')
  await rows(sql`delete from staff_roles where staff_id = 'liaison-health' and role = 'dept-reviewer'`)
  await counted()
  await county.app.jobs['remind-of-deadlines']()
  const seen = await caseOf(people['reviewer-health-1'], id)
  expect(stepIn(seen)).toEqual({ status: 'done', text: '2 人都签了' })
  expect(seen.timeline.find(({ type }) => type === 'examined')?.who).not.toContain('范翠萍')
  await checkReplay(id)
  await holds()
  await counted()
})

test('neither a relative nor whoever is on leave until it is due is waited for', async () => {
  const { id } = await atReview({ relation: [{ staffId: 'liaison-health', kind: 'sibling' }] })
  const today = dayIn(county.services.clock.now())
  await rows(
    sql`update staff set leave = ${JSON.stringify([
      { from: today, to: addDays(today, 40), substituteId: 'reviewer-health-1' },
    ])}::jsonb where id = 'reviewer-health-2'`,
  )
  await counted()
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).text).toBe('已签 0 人，还等 1 人：梁云飞')
  expect((await act(people['reviewer-health-1'], id, 'pass')).status).toBe(200)
  expect(stepIn(await caseOf(people['reviewer-health-1'], id)).status).toBe('done')
  await rows(sql`update staff set leave = '[]'::jsonb where id = 'reviewer-health-2'`)
  await counted()
})

test('where nobody is there whose work it is, whoever stands in passes it for all', async () => {
  await rows(sql`delete from staff_roles where role = 'dept-reviewer' and unit_id = 'health'`)
  await counted()
  const { id } = await atReview()
  expect((await act(people['liaison-health'], id, 'pass')).status).toBe(200)
  expect(stepIn(await caseOf(people['liaison-health'], id)).status).toBe('done')
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select id, 'dept-reviewer', 'health', false from unnest(array['reviewer-health-1', 'reviewer-health-2']) id`)
  await holds()
  await counted()
})
