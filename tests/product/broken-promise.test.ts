import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// D9: late means a person. Of ten working days from Tuesday, 24 November, the last is 8 December.
let county: County
const { born, does, toldOf } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const daily = () => county.app.jobs['remind-of-deadlines']()

type Born = Awaited<ReturnType<typeof born>>
const people: { taken: Born; untaken: Born } = {} as never
const ids = { taken: '', untaken: '' }

beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T09:42:00')
  people.untaken = await born('郝久等', 3)
  ids.untaken = await file(county, people.untaken, 'LX-005')
  await does('zhao-min', ids.untaken, 'accept')
  await setClock('2026-11-26T09:42:00')
  people.taken = await born('郝有人', 3)
  ids.taken = await file(county, people.taken, 'LX-005')
  await does('zhao-min', ids.taken, 'accept')
})
afterAll(() => county.close())

const titlesOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ page, title }) => page.includes(id) && title.includes('没赶上'))
    .map(({ title }) => title)
const statusFor = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send('GET', `/api/cases/${id}`)).status
const brokenIn = async (id: string) =>
  county.services.database.rows<{ payload: string }>(
    sql`select payload from case_events where case_id = ${id}::uuid and type = 'promise-broken'`,
  )
const NUMBER = expect.stringContaining('办件编号')
const linesFor = async (kind: keyof typeof ids) =>
  (await toldOf(people[kind].person, ids[kind]))
    .filter(({ title }) => title.includes('没赶上'))
    .map(({ lines }) => lines)

test('at night nobody is told; when the offices open each is told once', async () => {
  await setClock('2026-12-08T17:20:00')
  await daily()
  expect(await statusFor('wu-deming', ids.untaken)).toBe(404)
  await setClock('2026-12-09T00:30:00')
  await county.app.jobs['run-deadlines']()
  expect(await brokenIn(ids.untaken)).toEqual([])
  await setClock('2026-12-09T08:31:00')
  await daily()
  await daily()
  expect(await brokenIn(ids.untaken)).toHaveLength(1)
  expect(await linesFor('untaken')).toEqual([
    [
      '说好 12月8日 办好，没做到，对不住。现在在梅渚镇，分管的吴德明、杨燕盯着',
      '明天告诉你哪天能办好',
      NUMBER,
    ],
  ])
  for (const staffId of ['sun-zhiyuan', 'wu-deming'])
    expect(await titlesOf(staffId, ids.untaken), staffId).toEqual(['高龄津贴：没赶上说好的日子'])
})

test('of the one who has it the applicant reads the name; on a day off nobody is told', async () => {
  await county.services.database.rows(
    sql`with counted as (update reference_data set ${countedUp(['registry'])})
      update staff set active = false where id = 'li-kai'`,
  )
  await county.services.database.rows(
    sql`update calendar_years set off_days = off_days || '["2026-12-11"]' where year = 2026`,
  )
  await setClock('2026-12-11T10:00:00')
  await daily()
  expect(await brokenIn(ids.taken)).toEqual([])
  await setClock('2026-12-14T08:31:00')
  await daily()
  expect(await linesFor('taken')).toEqual([
    [
      '说好 12月10日 办好，没做到，对不住。现在在梅渚镇 孙志远 手上',
      '分管的吴德明、杨燕也知道了',
      '明天告诉你哪天能办好',
      NUMBER,
    ],
  ])
})

test('whoever was told sees the case from then on, and finds it; others do not', async () => {
  expect(await statusFor('wu-deming', ids.taken)).toBe(200)
  expect(await statusFor('supervisor-1', ids.taken)).toBe(404)
})

test('where no new day is named when it was said, the county’s supervisor hears of it, once', async () => {
  const [told] = await toldOf(people.untaken.person, ids.untaken)
  expect(told).toMatchObject({
    title: '高龄津贴：新日子没人定',
    lines: [
      '说好 12月10日 告诉你哪天能办好，没做到，对不住。现在在梅渚镇 孙志远 手上',
      '县里督办的吴思雨也知道了，在催着办，办好了马上告诉你',
      NUMBER,
    ],
  })
  expect(await statusFor('supervisor-1', ids.untaken)).toBe(200)
  expect(await brokenIn(ids.untaken)).toHaveLength(2)
})

test('the page names the day and who else knows', async () => {
  const view = await caseOf(people.untaken.person, ids.untaken)
  expect([view.outcome.key, view.broken, view.newDueOn]).toEqual([
    'late',
    { promisedOn: '2026-12-08', anew: null, superior: '县里督办的吴思雨', again: true },
    null,
  ])
  expect(view.timeline[0]).toMatchObject({
    title: '新日子没人定',
    who: '自动记下',
    note: '说好 12月10日 定新日子，没定',
  })
})

test('what is done after all tells of it no more and stays late; the rows are what their events say', async () => {
  await does('sun-zhiyuan', ids.untaken, 'grant')
  await does('zhao-min', ids.untaken, 'conclude')
  await setClock('2026-12-15T08:31:00')
  await daily()
  const { broken, light } = await caseOf(people.untaken.person, ids.untaken)
  expect([broken, light.kind, (await brokenIn(ids.untaken)).length]).toEqual([null, 'late', 2])
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})
