import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// D9: of a broken promise one new day is named, by whoever has it or answers for them.
let county: County
const { born, does, send, toldOf, titlesOf, allowedTo } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const daily = () => county.app.jobs['remind-of-deadlines']()
const changeOffDays = (off: readonly string[]) =>
  county.services.database.rows(
    sql`update calendar_years set off_days = ${JSON.stringify(off)}::jsonb where year = 2026`,
  )

let who: Awaited<ReturnType<typeof born>>
let id = ''
const REASON = '系统里核不到参保，明天去人社局调档，调到就办'

beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T09:42:00')
  who = await born('郝等日', 3)
  id = await file(county, who, 'LX-005')
  await does('zhao-min', id, 'accept')
})
afterAll(() => county.close())

const name = async (staffId: string, newDueOn: string, more: object = {}) => {
  const { status, body } = await send(await county.as(staffId), id, 'actions', {
    action: 'promise-anew',
    stepKey: 'review',
    unitId: '341821105',
    newDueOn,
    reason: REASON,
    ...more,
  })
  return [status, body.code]
}

test('while the promise runs no other day is named', async () => {
  expect(await name('sun-zhiyuan', '2026-12-10')).toEqual([409, 'case.promise-runs'])
  await setClock('2026-12-09T08:31:00')
  await daily()
})

test.each([
  ['2026-12-09', 'case.new-day-past'],
  ['2026-12-12', 'case.new-day-off'],
  ['2027-01-08', 'time-limit.calendar-missing'],
])('not %s: %s', async (day, code) => {
  expect(await name('sun-zhiyuan', day)).toEqual([422, code])
})

test('a reason is needed, and nobody else names it', async () => {
  expect(await name('sun-zhiyuan', '2026-12-11', { reason: undefined })).toEqual([400, 'request.invalid'])
  expect((await name('zhao-min', '2026-12-11'))[1]).toBe('case.not-your-task')
  expect((await name('supervisor-1', '2026-12-11'))[0]).toBe(404)
})

test('holder and approver are offered it with the days that are working days', async () => {
  for (const staffId of ['sun-zhiyuan', 'wu-deming'])
    expect(await allowedTo(staffId, id), staffId).toContain('promise-anew 定新日子')
  const { staff } = await caseOf(await county.as('wu-deming'), id)
  expect(staff?.allowed.map(({ action }) => action)).toEqual(['promise-anew'])
  expect(staff?.newDays?.slice(0, 4)).toEqual(['2026-12-10', '2026-12-11', '2026-12-14', '2026-12-15'])
  expect(staff?.newDays?.at(-1)).toBe('2026-12-31')
})

test('the applicant is told the day and why at once, and every page says it; the case stays late', async () => {
  expect(await name('sun-zhiyuan', '2026-12-11')).toEqual([200, undefined])
  expect((await toldOf(who.person, id))[0]).toMatchObject({
    title: '高龄津贴：改到 12月11日',
    lines: ['改到 12月11日 办好', `理由：${REASON}`, expect.stringContaining('办件编号')],
  })
  const view = await caseOf(who.person, id)
  expect([view.dueOn, view.newDueOn, view.light.kind, view.outcome.key]).toEqual([
    '2026-12-08',
    '2026-12-11',
    'late',
    'late',
  ])
  expect(view.broken?.anew).toMatchObject({ on: '2026-12-11', by: '孙志远', reason: REASON })
  expect(view.timeline[0]).toMatchObject({ title: '定了新日子', note: `改到 12月11日。${REASON}` })
  const [listed] = (await who.person.send<CaseList>('GET', '/api/cases')).body.items
  expect(listed).toMatchObject({ dueOn: '2026-12-08', newDueOn: '2026-12-11', light: { kind: 'late' } })
  const home = await who.person.send<{ me: { running: object[] } }>('GET', '/api/home')
  expect(home.body.me.running[0]).toMatchObject({ dueOn: '2026-12-08', newDueOn: '2026-12-11' })
})

test('once', async () => {
  expect(await name('wu-deming', '2026-12-14')).toEqual([409, 'case.promised-anew'])
  expect(await allowedTo('sun-zhiyuan', id)).not.toContain('promise-anew 定新日子')
})

test('a changed calendar moves it to the next working day, and says so', async () => {
  const [year] = await county.services.database.rows<{ days: readonly string[] }>(
    sql`select off_days as days from calendar_years where year = 2026`,
  )
  const days = year?.days ?? []
  await changeOffDays([...days, '2026-12-11'])
  await county.app.jobs['run-deadlines']()
  expect((await caseOf(who.person, id)).newDueOn).toBe('2026-12-14')
  expect((await toldOf(who.person, id))[0]?.lines[0]).toBe('2026 年的放假安排改了，改到 12月14日')
  await changeOffDays(days)
  await county.app.jobs['run-deadlines']()
  expect((await caseOf(who.person, id)).newDueOn).toBe('2026-12-11')
})

test('the new day breaks too: it comes to the county’s supervisor by name, once', async () => {
  expect((await (await county.as('supervisor-1')).send('GET', `/api/cases/${id}`)).status).toBe(404)
  await setClock('2026-12-14T08:31:00')
  await daily()
  await daily()
  expect((await toldOf(who.person, id))[0]).toMatchObject({
    title: '高龄津贴：新定的日子也没赶上',
    lines: [
      expect.stringContaining('改到 12月11日，又没做到，对不住'),
      '县里督办的吴思雨也知道了，在催着办，办好了马上告诉你',
      expect.stringContaining('办件编号'),
    ],
  })
  const supervisor = await county.as('supervisor-1')
  expect(await titlesOf(supervisor, id)).toEqual(['高龄津贴：新定的日子也没赶上'])
  const seen = await caseOf(supervisor, id)
  expect([seen.viewer, seen.broken?.again, seen.staff?.allowed]).toEqual(['staff', true, []])
})

test('kept after both it stays late; the rows are what their events say', async () => {
  await does('sun-zhiyuan', id, 'grant')
  await does('zhao-min', id, 'conclude')
  const view = await caseOf(who.person, id)
  expect([view.light, view.newDueOn, view.broken]).toEqual([{ kind: 'late', daysLate: 4 }, null, null])
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})
