import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// 请示: one rule says who is there, to ask, to read and to act, before any job has run. 行政许可法 第42条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const REVIEWER = 'reviewer-transport-1'
const OTHER_REVIEWER = 'reviewer-transport-2'
const APPROVERS = ['approver-transport-1', 'approver-transport-2']
const SUPERVISOR = 'supervisor-1'
const WEEKS = '[{"from":"2026-11-01","to":"2027-06-30"}]'
const EXTEND = { for: 'extend', reason: '车辆检测结果还没回来' }

async function accepted(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  await act(await county.as('window-transport'), id, 'accept')
  return { ...born, id }
}
const ask = async (id: string, staffId = REVIEWER, what: Record<string, unknown> = EXTEND) => {
  const done = await act(await county.as(staffId), id, 'request-approval', what)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}
const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const leave = (days: string, ids: readonly string[] = APPROVERS) =>
  changed(sql`update staff set leave = ${days}::jsonb
    where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
const job = () => county.app.jobs['run-deadlines']()
const rowOf = async (staffId: string, id: string, tab = 'to-do') =>
  (await (await county.as(staffId)).send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items.find(
    ({ caseId }) => caseId === id,
  )
const numberOf = async (id: string, staffId = REVIEWER) =>
  (await caseOf(await county.as(staffId), id)).caseNumber
const heard = async (staffId: string, caseNumber: string, title: RegExp) => {
  const { items } = (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter((each) => title.test(each.title) && each.lines.join().includes(caseNumber))
}
const sees = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send('GET', `/api/cases/${id}`)).status
const askedNow = async (id: string, staffId = REVIEWER) =>
  (await caseOf(await county.as(staffId), id)).staff?.approvals ?? []

afterEach(async () => {
  await leave('[]')
})

test('a request is made of who is there: of nobody who is on leave', async () => {
  const { id } = await accepted('石问')
  await leave(WEEKS)
  const { staff } = await caseOf(await county.as(REVIEWER), id)
  expect(staff?.approvalChoices.map(({ askedOf }) => askedOf).join()).toContain('督查')
  await ask(id)
  expect(await askedNow(id)).toMatchObject([{ askedOf: expect.stringMatching(/^[^、]*督查$/) }])
  expect(await heard(SUPERVISOR, await numberOf(id), /请你批：延长期限/)).toHaveLength(1)
})

test('who newly comes reads and answers before any job has run, and it is theirs by name', async () => {
  const { id } = await accepted('石早')
  await ask(id)
  expect(await sees(SUPERVISOR, id)).toBe(404)
  await leave(WEEKS)
  expect(await sees(SUPERVISOR, id)).toBe(200)
  const refused = await act(await county.as(SUPERVISOR), id, 'reject-approval', { reason: '来得及' })
  expect(refused.status, JSON.stringify(refused.body)).toBe(200)
  const [told] = await heard(REVIEWER, await numberOf(id), /没有同意/)
  expect(told?.lines.join()).toMatch(/县政府办没有同意/)
  expect(told?.lines.join()).not.toMatch(/交通/)
})

test('the paper says who has approved it', async () => {
  const papers = async (by: string, away: boolean, name: string) => {
    const { id, person } = await accepted(name)
    await ask(id)
    if (away) await leave(WEEKS)
    const done = await act(await county.as(by), id, 'extend', { reason: '情况属实' })
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    const paper = (await caseOf(person, id)).documents.at(-1)
    return JSON.stringify((await person.send('GET', `/api/cases/${id}/documents/${paper?.id}`)).body)
  }
  expect(await papers(APPROVERS[0] ?? '', false, '石首')).toContain('经本机关负责人批准')
  const from = await papers(SUPERVISOR, true, '石督')
  expect(from).toContain('经县政府督查批准')
  expect(from).not.toContain('负责人批准')
})

test('whom the leave names answers in the place of who is away, before 督查 does; nobody answers what they asked', async () => {
  const { id } = await accepted('石代替')
  await ask(id)
  await leave(`[{"from":"2026-11-01","to":"2027-06-30","substituteId":"${OTHER_REVIEWER}"}]`)
  expect(await sees(SUPERVISOR, id)).toBe(404)
  const own = act(await county.as(REVIEWER), id, 'extend', { reason: '我自己批' })
  await expect(own).rejects.toThrow(/may not extend/)
  await job()
  const number = await numberOf(id)
  expect(await heard(OTHER_REVIEWER, number, /请你批：延长期限/)).toHaveLength(1)
  expect(await heard(REVIEWER, number, /请你批：延长期限/)).toHaveLength(0)
  expect(await heard(SUPERVISOR, number, /请你批/)).toHaveLength(0)
  const done = await act(await county.as(OTHER_REVIEWER), id, 'extend', { reason: '情况属实' })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
})

test('who is back before the law runs out is not absent, however long they were away', async () => {
  const { id } = await accepted('石回')
  await ask(id)
  await leave('[{"from":"2026-11-20","to":"2026-12-11"}]')
  await job()
  expect(await rowOf(SUPERVISOR, id)).toBeUndefined()
  expect((await askedNow(id))[0]?.askedOf).not.toContain('督查')
})

test('who comes to a request is told, whatever else they were asked for at that share', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  await act(await county.as('zhou-min'), id, 'accept')
  const number = await numberOf(id, 'zhou-min')
  await ask(id, LOOKERS.eco, { for: 'extend', reason: '事情复杂' })
  await county.door('POST', 'clock', { advanceMinutes: 20 })
  await ask(id, LOOKERS.eco, { for: 'suspend', reason: '要检测' })
  await changed(sql`update staff set leave = ${WEEKS}::jsonb where id like 'county-leader%'`)
  await job()
  await job()
  expect(await heard(SUPERVISOR, number, /请你批：延长期限/)).toHaveLength(1)
  expect(await heard(SUPERVISOR, number, /请你批：暂停计时/)).toHaveLength(1)
  await changed(sql`update staff set leave = '[]'::jsonb where id like 'county-leader%'`)
})

test('nobody is left: who can find somebody hears where one is missing, in one message', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  await act(await county.as('zhou-min'), id, 'accept')
  const number = await numberOf(id, 'zhou-min')
  await ask(id, LOOKERS.eco, { for: 'extend', reason: '事情复杂' })
  await ask(id, LOOKERS.eco, { for: 'suspend', reason: '要检测' })
  await changed(sql`update staff_roles set role = 'dept-window' where role in ('supervisor', 'county-approver')
    or (role = 'dept-approver' and unit_id = 'eco')`)
  expect((await askedNow(id, LOOKERS.eco)).map(({ stateText }) => stateText)).toEqual([
    '没有人能批',
    '没有人能批',
  ])
  await job()
  await job()
  expect((await askedNow(id, LOOKERS.eco)).map(({ stateText }) => stateText)).toEqual([
    '没有人能批，请管理员安排了',
    '没有人能批，请管理员安排了',
  ])
  const [admin, ...more] = await heard('he-jing', number, /没有人能批/)
  expect(more).toEqual([])
  expect(admin?.lines.join()).toMatch(/延长期限.*县政府办没有人能批/)
  expect(admin?.lines.join()).toMatch(/暂停计时.*生态环境分局没有人能批/)
  expect((await heard('chen-zhiyuan', number, /没有人能批/))[0]?.lines.join()).toMatch(/县政府办没有人能批/)
  expect((await heard('liaison-eco', number, /没有人能批/))[0]?.lines.join()).not.toMatch(/县政府办/)
  expect(await heard(LOOKERS.eco, number, /请示没有人能批/)).toHaveLength(1)
  const row = await rowOf('he-jing', id, 'unstaffed')
  expect(row?.note).toContain('没有人能批，要安排人（缺县政府审批）')
  expect(row?.note).not.toContain('请你批')
  const titles = async () =>
    (await caseOf(await county.as(LOOKERS.eco), id)).timeline.map(({ title }) => title)
  expect((await titles()).filter((title) => /请示没有人能批：/.test(title))).toHaveLength(2)
  expect((await titles()).filter((title) => /请示转给/.test(title))).toEqual([])
  await changed(sql`update staff_roles set role = 'supervisor' where staff_id = ${SUPERVISOR}`)
  await job()
  expect((await titles()).filter((title) => /请示又有人能批了：|请示转给/.test(title))).not.toEqual([])
})
