import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// 请示: who may not do it alone asks, and whoever is asked sees the case from then on.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function reviewing(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  expect((await act(await county.as('window-transport'), id, 'accept')).status).toBe(200)
  return { ...born, id }
}
const REVIEWER = 'reviewer-transport-1'
const APPROVER = 'approver-transport-1'
const sees = async (staff: string, id: string) =>
  (await (await county.as(staff)).send('GET', `/api/cases/${id}`)).status === 200
const queued = async (staff: string, id: string) =>
  (await (await county.as(staff)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const told = (id: string, recipient: string) =>
  county.services.database.rows<{ kind: string }>(sql`select kind from reminders
    where case_id = ${id}::uuid and recipient = ${`staff:${recipient}`} order by created_at, id`)

test('an extension is asked for, and whoever is asked sees the case, acts, and the asker hears of it', async () => {
  const { id, person } = await reviewing('石可')
  expect(await sees(APPROVER, id)).toBe(false)
  const reviewer = await county.as(REVIEWER)
  const before = await caseOf(reviewer, id)
  expect(before.staff?.approvalChoices).toEqual([
    {
      stepKey: 'review',
      unitId: 'transport',
      for: 'extend',
      label: '延长期限',
      askedOf: '郎溪县交通运输局部门审批',
    },
  ])
  const reason = '车辆检测结果还没回来'
  expect((await act(reviewer, id, 'request-approval', { for: 'extend', reason })).status).toBe(200)
  expect(await sees(APPROVER, id)).toBe(true)
  expect(await sees('approver-transport-2', id)).toBe(true)
  expect(await sees('chen-zhiyuan', id)).toBe(false)
  expect(await queued(APPROVER, id)).toMatchObject({ note: '请你批：延长期限', firstAction: '延长期限' })
  expect(await told(id, APPROVER)).toEqual([{ kind: 'approval' }])
  const approver = await county.as(APPROVER)
  const seen = await caseOf(approver, id)
  expect(seen.staff?.allowed.map(({ action }) => action)).toEqual(['extend', 'reject-approval'])
  expect(seen.staff?.approvals).toMatchObject([{ label: '延长期限', reason, stateText: '等着批' }])
  expect(seen.timeline[0]).toMatchObject({
    title: '请示审批：延长期限',
    note: `请 郎溪县交通运输局 部门审批 定。${reason}`,
  })
  expect((await act(approver, id, 'extend', { reason: '情况属实，准予延长' })).status).toBe(200)
  expect(await told(id, REVIEWER)).toContainEqual({ kind: 'approval-answered' })
  expect(await queued(APPROVER, id)).toBeUndefined()
  expect(await sees(APPROVER, id)).toBe(true)
  const titles = (await caseOf(person, id)).timeline.map(({ title }) => title)
  expect(titles).toContain('延长了期限')
  expect(titles.join()).not.toContain('请示')
})

const lines = async (person: Person, title: string) => {
  const { body } = await person.send<Inbox>('GET', '/api/inbox')
  return body.items.find((each) => each.title === title)?.lines
}

test('an extension is told with its reason, on a paper of the organ that decides', async () => {
  const born = await newcomer(county, { name: '石秀', birth: '1950-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name: '石秀' }, 'LX-007')
  await act(await county.as('zhao-min'), id, 'accept')
  const reviewer = await county.as('sun-zhiyuan')
  // Told is why it is needed, and not what was answered to whoever asked.
  const reason = '存款要向银行核对，号码 341821195003057199'
  expect((await act(reviewer, id, 'request-approval', { for: 'extend', reason })).status).toBe(200)
  const approver = await county.as('approver-civil-1')
  expect((await act(approver, id, 'extend', { reason: '情况属实，准予延长' })).status).toBe(200)
  const { documents, timeline } = await caseOf(born.person, id)
  const paper = documents.find(({ kind }) => kind === 'extension')
  expect(paper).toMatchObject({ organName: '郎溪县民政局' })
  expect(paper?.documentNumber).toContain('郎民')
  expect(timeline[0]?.note).toContain('存款要向银行核对')
  expect(JSON.stringify(timeline)).not.toContain('准予延长')
  const told = await lines(born.person, `${(await caseOf(born.person, id)).plainName}延长了期限`)
  expect(told?.[1]).toMatch(/^承诺的 .* 不变，还是照它办$/)
  expect(told?.[2]).toMatch(/^理由：存款要向银行核对，号码 3418\*+7199$/)
})

test('a request is refused with a reason, which the asker reads and the applicant does not', async () => {
  const { id, person } = await reviewing('石立')
  const reviewer = await county.as(REVIEWER)
  await act(reviewer, id, 'request-approval', { reason: '材料多，看不完' })
  const reason = '时间来得及，不用延长'
  expect((await act(await county.as(APPROVER), id, 'reject-approval', { reason })).status).toBe(200)
  expect(await told(id, REVIEWER)).toContainEqual({ kind: 'approval-answered' })
  const { timeline, staff } = await caseOf(reviewer, id)
  expect(timeline[0]).toMatchObject({ title: '请示没有同意：延长期限', note: reason })
  const [asked] = staff?.approvals ?? []
  expect(asked).toMatchObject({ stateText: '没同意', answer: { reason } })
  expect(asked?.answer?.by).toMatch(/^郎溪县交通运输局 /)
  const inbox = (await reviewer.send<Inbox>('GET', '/api/inbox')).body.items
  const heard = inbox.find(({ page, title }) => page.includes(id) && title.includes('没有同意'))
  expect(heard?.lines).toContain('县交通局没有同意，为什么，点开就看到')
  expect(heard?.lines.join()).not.toContain(reason)
  expect(JSON.stringify(await caseOf(person, id))).not.toContain(reason)
})

test('a task is given to whoever holds the step, who is told, and to nobody else', async () => {
  const born = await newcomer(county, {
    name: '石全',
    birth: '1980-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const id = await file(county, { ...born, name: '石全' }, 'LX-050')
  await act(await county.as('window-justice'), id, 'accept')
  await act(await county.as('approver-justice-1'), id, 'grant')
  const window = await county.as('window-justice')
  const assignees = (await caseOf(window, id)).staff?.assignees ?? []
  const holders = await county.services.database.rows<{
    id: string
  }>(sql`select staff_id as id from staff_roles
    where role = 'dept-window' and unit_id = 'justice' order by 1`)
  expect(assignees.map(({ staffId }) => staffId).sort()).toEqual(holders.map((each) => each.id))
  for (const staffId of ['auditor-1', 'reviewer-justice-1', 'nobody']) {
    const refused = await act(window, id, 'assign', { staffId })
    expect(refused, staffId).toMatchObject({ status: 422, body: { code: 'case.target-unknown' } })
  }
  const other = holders.find((each) => each.id !== 'window-justice')?.id ?? ''
  await county.services.database.rows(sql`delete from reminders where case_id = ${id}::uuid`)
  expect((await act(window, id, 'assign', { staffId: other })).status).toBe(200)
  expect(await told(id, other)).toEqual([{ kind: 'task' }])
  expect(await told(id, 'window-justice')).toEqual([])
  await county.services.database.rows(sql`update cases set state = jsonb_set(state, '{relatives}',
    jsonb_build_array(${other}::text)) where id = ${id}::uuid`)
  const barred = await act(window, id, 'assign', { staffId: other })
  expect(barred).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
})

test('a request that the law’s date has overtaken is answered by nobody, and the asker hears of it', async () => {
  const { id } = await reviewing('石过')
  const reviewer = await county.as(REVIEWER)
  await act(reviewer, id, 'request-approval', { for: 'extend', reason: '车辆检测结果还没回来' })
  const law = (await caseOf(reviewer, id)).staff?.clocks.find(({ kind }) => kind === 'statutory')?.dueOn
  await county.door('POST', 'clock', { set: `${law}T23:50:00+08:00` })
  expect(await queued(APPROVER, id)).toMatchObject({ note: '请你批：延长期限' })
  await county.door('POST', 'clock', { advanceHours: 1 })
  const { staff, timeline } = await caseOf(reviewer, id)
  expect(staff?.approvals).toMatchObject([{ stateText: '没等到批，法定期限先到了' }])
  expect(timeline[0]).toMatchObject({ title: '请示过了期限：延长期限', who: '到期自动办理' })
  expect(await queued(APPROVER, id)).toBeUndefined()
  expect(await told(id, REVIEWER)).toContainEqual({ kind: 'approval-answered' })
  // The promise is broken by then, too.
  const asked = await caseOf(await county.as(APPROVER), id)
  expect(asked.staff?.allowed.map(({ action }) => action)).toEqual(['promise-anew'])
  expect(await overtakenTo(id, APPROVER)).toEqual([['延长期限不用批了，法定期限先到了']])
})

const overtakenTo = async (id: string, staff: string) =>
  (await (await county.as(staff)).send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ page, title }) => page.includes(id) && title.endsWith('不用批了'))
    .map(({ lines }) => lines.slice(0, -1))

test('a request that its step or its case has overtaken says so, to the asker too', async () => {
  const linesTo = async (id: string, staff: string) =>
    (await (await county.as(staff)).send<Inbox>('GET', '/api/inbox')).body.items
      .filter(({ page, title }) => page.includes(id) && title.endsWith('没等到批'))
      .map(({ lines }) => lines[1])
  const [passed, ended] = [await reviewing('石步'), await reviewing('石终')]
  const reviewer = await county.as(REVIEWER)
  for (const { id } of [passed, ended])
    await act(reviewer, id, 'request-approval', { for: 'extend', reason: '车辆检测结果还没回来' })
  await act(await county.as('reviewer-transport-2'), passed.id, 'pass')
  const { version } = await caseOf(ended.person, ended.id)
  await ended.person.send('POST', `/api/cases/${ended.id}/withdrawal`, { body: { version } })
  const said = async (id: string) => (await caseOf(reviewer, id)).staff?.approvals[0]?.stateText
  expect(await said(passed.id)).toBe('没等到批，这一步已经往下走了')
  expect(await said(ended.id)).toBe('没等到批，这件已经结束')
  // What can still be taken back is told nobody.
  expect(await linesTo(passed.id, REVIEWER)).toEqual([])
  await county.door('POST', 'clock', { advanceHours: 0.01 })
  expect(await linesTo(passed.id, REVIEWER)).toEqual(['这一步已经往下走了，请示不再有用'])
  expect(await linesTo(ended.id, REVIEWER)).toEqual(['这件已经结束，请示不再有用'])
  for (const approver of [APPROVER, 'approver-transport-2']) {
    expect(await overtakenTo(passed.id, approver)).toEqual([['延长期限不用批了，这一步已经往下走了']])
    expect(await overtakenTo(ended.id, approver)).toEqual([['延长期限不用批了，这件已经结束']])
  }
})

test('a request lapses by itself too where whoever was asked holds the step by now', async () => {
  // On the first day again: the law's date is in a year that has a calendar.
  await county.close()
  county = await openCounty()
  const { id } = await reviewing('石代')
  const reviewer = await county.as(REVIEWER)
  const rows = (statement: ReturnType<typeof sql>) => county.services.database.rows(statement)
  const without = async (...roles: readonly string[]) => {
    await rows(
      sql`delete from staff_roles where role in (select jsonb_array_elements_text(${JSON.stringify(roles)}::jsonb))`,
    )
    await rows(sql`update reference_data set revision = revision + 1`)
  }
  // The supervisors are asked where no approver is, and stand in at last.
  await without('dept-approver', 'liaison', 'admin')
  await act(reviewer, id, 'request-approval', { for: 'extend', reason: '车辆检测结果还没回来' })
  const law = (await caseOf(reviewer, id)).staff?.clocks.find(({ kind }) => kind === 'statutory')?.dueOn
  await without('dept-reviewer')
  await county.door('POST', 'clock', { advanceHours: 24 })
  const tasks = await rows(
    sql`select distinct role, approval from case_tasks where case_id = ${id}::uuid order by role`,
  )
  expect(tasks).toEqual([
    { role: 'dept-reviewer', approval: false },
    { role: 'supervisor', approval: false },
  ])
  await county.door('POST', 'clock', { set: `${law}T23:50:00+08:00` })
  await county.door('POST', 'clock', { advanceHours: 1 })
  // Who asked has no part in it any more: whoever has the step now hears of it.
  expect(await told(id, 'supervisor-1')).toContainEqual({ kind: 'approval-answered' })
})
