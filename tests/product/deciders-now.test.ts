import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 行政许可法 第22条: who decides in place of the head is the very person whom the leave names, and nobody by their role beside them.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const [REVIEWER, OTHER_REVIEWER, THIRD] = ['reviewer-transport-1', 'reviewer-transport-2', 'window-transport']
const HEADS = ['approver-transport-1', 'approver-transport-2'] as const
const SUPERVISOR = 'supervisor-1'
/** Two of the same office in the town. */
const [OF_TOWN, COLLEAGUE] = ['sun-zhiyuan', 'li-kai']

const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const leave = (substituteId?: string | null, who: readonly string[] = HEADS) => {
  const days =
    substituteId === undefined
      ? '[]'
      : JSON.stringify([{ from: '2026-11-01', to: '2027-06-30', substituteId }])
  return changed(sql`update staff set leave = ${days}::jsonb
    where id in (select jsonb_array_elements_text(${JSON.stringify(who)}::jsonb))`)
}
const job = () => county.app.jobs['remind-of-deadlines']()
afterEach(() => leave())

async function reviewed(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  const window = await county.as(THIRD)
  const { version } = await caseOf(window, id)
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  expect([200, 409], JSON.stringify(confirmed.body)).toContain(confirmed.status)
  await act(window, id, 'accept')
  expect((await act(await county.as(REVIEWER), id, 'pass')).status).toBe(200)
  return { ...born, id }
}
/** As the door answers, whatever a page offers. */
async function tries(
  staffId: string,
  id: string,
  action: 'grant' | 'refuse' | 'return' | 'request-approval' = 'grant',
) {
  const person = await county.as(staffId)
  const { version } = (await caseOf(await county.as(REVIEWER), id)) as { version: number }
  const asked = action === 'request-approval' ? { for: 'extend' } : {}
  const body = { action, ...asked, stepKey: 'decide', unitId: 'transport', version, reason: '情况属实' }
  const answer = await person.send<{ code?: string }>('POST', `/api/cases/${id}/actions`, { body })
  return answer.status === 200 ? 200 : (answer.body.code ?? answer.status)
}
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const toldOf = async (id: string) =>
  (
    await county.services.database.rows<{ recipient: string }>(
      sql`select recipient from reminders where case_id = ${id}::uuid`,
    )
  ).map(({ recipient }) => recipient)
const heard = async (staffId: string, id: string) => {
  const number = (await caseOf(await county.as(REVIEWER), id)).caseNumber
  const { items } = (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter((each) => each.title.startsWith('新办件') && each.lines.join().includes(number ?? ''))
}
const pageOf = async (staffId: string, id: string) => caseOf(await county.as(staffId), id)

test('the very person whom the leave names decides, not who shares their role; page, history and paper say so', async () => {
  const one = await reviewed('袁内')
  await leave(OTHER_REVIEWER)
  await job()
  // Who has examined the case shares the role of who stands in.
  for (const action of ['grant', 'refuse', 'return', 'request-approval'] as const)
    expect(await tries(REVIEWER, one.id, action), action).toBe('case.not-your-task')
  expect((await pageOf(REVIEWER, one.id)).staff?.allowed).toEqual([])
  expect(await rowOf(REVIEWER, one.id)).toBeUndefined()
  expect(await rowOf(OTHER_REVIEWER, one.id)).toBeDefined()
  expect(await toldOf(one.id)).toContain(`staff:${OTHER_REVIEWER}`)
  const page = await pageOf(OTHER_REVIEWER, one.id)
  expect(page.staff?.allowed.map(({ action }) => action)).toContain('grant')
  expect(JSON.stringify(page.staff?.organsAwaited)).toMatch(/你代.*决定/)
  expect(await tries(OTHER_REVIEWER, one.id)).toBe(200)
  const { timeline, documents } = await pageOf(OTHER_REVIEWER, one.id)
  expect(timeline.find(({ note }) => note?.includes('代'))?.note).toMatch(/代.+决定/)
  const paper = await one.person.send('GET', `/api/cases/${one.id}/documents/${documents.at(-1)?.id}`)
  expect(JSON.stringify(paper.body)).toContain('代行本机关负责人职责的人')
})

test('whom the leave names of another organ decides nothing, nor does their office: 督查 is told', async () => {
  const one = await reviewed('袁外')
  await leave(OF_TOWN)
  await job()
  for (const staffId of [OF_TOWN, COLLEAGUE, SUPERVISOR, 'liaison-transport', REVIEWER])
    expect(await tries(staffId, one.id), staffId).not.toBe(200)
  expect(await heard(SUPERVISOR, one.id)).toHaveLength(1)
  expect(JSON.stringify((await pageOf(SUPERVISOR, one.id)).staff?.organsAwaited)).toContain('自己的人来定')
  await leave()
  await job()
  expect(await rowOf(SUPERVISOR, one.id)).toBeUndefined()
  expect(await tries(HEADS[0], one.id)).toBe(200)
})

test('the head who is back has it again, and who stood in has it no more', async () => {
  const one = await reviewed('袁回')
  await leave(THIRD)
  await job()
  expect(await rowOf(THIRD, one.id)).toBeDefined()
  await leave()
  // Before the job as well.
  expect(await tries(THIRD, one.id)).not.toBe(200)
  await job()
  expect(await rowOf(THIRD, one.id)).toBeUndefined()
  expect(await rowOf(HEADS[0], one.id)).toBeDefined()
  const { version } = await pageOf(HEADS[0], one.id)
  await job()
  expect((await pageOf(HEADS[0], one.id)).version).toBe(version)
  expect(await tries(HEADS[1], one.id)).toBe(200)
})

test('the leave names another: who was named goes, who is named comes', async () => {
  const one = await reviewed('袁换')
  await leave(OTHER_REVIEWER)
  await job()
  const before = await heard(REVIEWER, one.id)
  await leave(REVIEWER)
  expect(await tries(OTHER_REVIEWER, one.id)).toBe('case.not-your-organ')
  await job()
  expect(await rowOf(OTHER_REVIEWER, one.id)).toBeUndefined()
  expect(await rowOf(REVIEWER, one.id)).toBeDefined()
  // Who examined it had heard of that; now they hear that it is theirs again, and who was named does not.
  expect(await heard(REVIEWER, one.id)).toHaveLength(before.length + 1)
  expect(await heard(OTHER_REVIEWER, one.id)).toHaveLength(before.length + 1)
})

test('the history names as absent whoever is on leave, and nobody who is at work', async () => {
  const one = await reviewed('袁史')
  await leave(OTHER_REVIEWER)
  await job()
  await leave(REVIEWER)
  await job()
  const names = await county.services.database.rows<{ name: string }>(
    sql`select name from staff where id in (${HEADS[0]}, ${HEADS[1]}) order by id`,
  )
  const { timeline } = await pageOf(REVIEWER, one.id)
  const absent = timeline.flatMap(({ note }) => /^(.*?) 不在/.exec(note ?? '')?.[1] ?? [])
  expect(absent).toHaveLength(2)
  for (const each of absent) expect(each.split('、').sort()).toEqual(names.map(({ name }) => name).sort())
})

test('who stands in for a counter reads so before they sign 不予受理', async () => {
  const born = await newcomer(county, { name: '袁窗', birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const counter = await county.services.database.rows<{
    id: string
  }>(sql`select o.staff_id as id from staff_roles r
    join staff_roles o on o.role = r.role and o.unit_id = r.unit_id where r.staff_id = ${THIRD}`)
  const ids = counter.map(({ id }) => id)
  await leave(OTHER_REVIEWER, ids)
  const id = await file(county, { ...born, name: '袁窗' }, 'LX-038')
  await job()
  const page = await pageOf(OTHER_REVIEWER, id)
  expect(page.staff?.allowed.map(({ action }) => action)).toContain('decline')
  expect(JSON.stringify(page.staff?.organsAwaited)).toMatch(/你代.*决定/)
  await leave(undefined, ids)
})

test('a relative whom the leave names stands in for nothing', async () => {
  const one = await reviewed('袁亲')
  await county.services.database.rows(sql`update cases
    set state = jsonb_set(state, '{relatives}', ${JSON.stringify([OTHER_REVIEWER])}::jsonb) where id = ${one.id}::uuid`)
  await leave(OTHER_REVIEWER)
  await job()
  expect(await tries(OTHER_REVIEWER, one.id)).not.toBe(200)
  expect(await heard(SUPERVISOR, one.id)).toHaveLength(1)
})
