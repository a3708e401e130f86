import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Problem } from '#shared/contract/problems'
import type { CalendarDrafted, CalendarMoves, CalendarToPublish, DueDate } from '#shared/contract/time-limit'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { publishedCalendar } from '../published-calendar'
import { type County, caseOf, openCounty, type Person } from './county'
import { disowning } from './disowning'
import { yearOff } from './year-off'

let county: County
let admin: Person
let chief: Person
let early: Awaited<ReturnType<typeof born>>
let late: Awaited<ReturnType<typeof born>>
let ids: { early: string; late: string }

const { born, toldOf } = disowning(() => county)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })

beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-12-10T09:42:00')
  early = await born('平早办', 3)
  const first = await file(county, early, 'LX-005')
  await setClock('2026-12-31T09:42:00')
  late = await born('平跨年', 3)
  admin = await county.as('he-jing')
  chief = await county.as('chen-zhiyuan')
  ids = { early: first, late: await file(county, late, 'LX-005') }
})
afterAll(() => county.close())

const YEAR_2026 = publishedCalendar().get(2026)
const year2026 = (...more: string[]) => ({
  offDays: [...(YEAR_2026?.offDays ?? []), ...more],
  workDays: [...(YEAR_2026?.workDays ?? [])],
})
const YEARS = [...publishedCalendar().keys()].sort()
const ABOUT = { years: YEARS, today: '2026-12-31', colleagues: ['何静'], published: null }
const YEAR_2027 = yearOff(2027)
const drafts = <Body = CalendarDrafted>(by: Person, year: number | string, body: object, key?: string) =>
  by.send<Body>('POST', `/api/work/calendars/${year}`, { body, ...(key ? { key } : {}) })
const publishes = (by: Person, year: number, draftId: string, key?: string) =>
  by.send<Problem>('POST', `/api/work/calendars/${year}/publication`, {
    body: { draftId },
    ...(key ? { key } : {}),
  })
const dueOf = async (who: 'early' | 'late') => {
  const { dueOn, timeline } = await caseOf({ early, late }[who].person, ids[who])
  return { dueOn, moves: timeline.filter(({ type }) => type === 'dates-moved').length }
}
const dueDate = async (start: string) =>
  (
    await county.visitor.send<DueDate & Problem>(
      'GET',
      `/api/time-limit/due-date?start=${start}&days=1&unit=working`,
    )
  ).body

test('a year that is drafted moves nothing, and says what it would move', async () => {
  const { status, body } = await drafts(admin, 2027, YEAR_2027)
  expect([status, body.moves]).toEqual([201, { cases: 1, tasks: 2 }])
  expect((await dueOf('late')).dueOn).toBeNull()
  expect((await dueDate('2026-12-31')).code).toBe('time-limit.calendar-missing')
})

test('whoever publishes reads its days beside those of the year as it is', async () => {
  const reads = async (year: number) =>
    (await chief.send<CalendarToPublish>('GET', `/api/work/calendars/${year}`)).body
  const { draftId } = (await drafts(admin, 2027, YEAR_2027)).body
  expect(await reads(2027)).toEqual({
    year: 2027,
    offDays: null,
    workDays: null,
    draft: {
      draftId,
      ...YEAR_2027,
      draftedBy: '何静',
      draftedAt: expect.stringContaining('2026-12-31'),
      isOwn: false,
    },
    ...ABOUT,
  })
  expect(await reads(2026)).toEqual({ year: 2026, ...year2026(), draft: null, ...ABOUT })
  const own = await admin.send<CalendarToPublish>('GET', '/api/work/calendars/2027')
  expect([own.body.draft?.isOwn, own.body.colleagues]).toEqual([true, ['陈志远']])
})

test('what a draft moves is told by item and organ, and names nobody', async () => {
  const { draftId } = (await drafts(admin, 2027, YEAR_2027)).body
  const reads = (year: number, id: string) =>
    chief.send<CalendarMoves & Problem>('GET', `/api/work/calendars/${year}/moves?draftId=${id}`)
  const { body } = await reads(2027, draftId)
  expect(body).toEqual({
    cases: 1,
    messages: 1,
    tasks: 2,
    dated: 1,
    later: 0,
    earlier: 0,
    more: false,
    told: [
      {
        itemName: expect.any(String),
        number: expect.stringMatching(/^341821\d+$/),
        organName: expect.any(String),
        of: 'promised',
        from: null,
        to: '2027-01-15',
      },
    ],
  })
  expect(JSON.stringify(body)).not.toContain('平')
  expect((await reads(2026, draftId)).body.code).toBe('time-limit.draft-missing')
})

test('it is published by a second person, and open cases have their day at once', async () => {
  const { draftId } = (await drafts(admin, 2027, YEAR_2027)).body
  const own = await publishes(admin, 2027, draftId)
  expect([own.status, own.body.code]).toEqual([403, 'time-limit.own-draft'])
  expect((await publishes(chief, 2026, draftId)).body.code).toBe('time-limit.draft-missing')
  const published = await publishes(chief, 2027, draftId, 'publish-2027')
  expect([published.status, published.body]).toEqual([200, { year: 2027 }])
  // Ten days from Monday, the 4th.
  expect(await dueOf('late')).toEqual({ dueOn: '2027-01-15', moves: 0 })
  expect((await dueDate('2026-12-31')).dueOn).toBe('2027-01-04')
  expect((await publishes(chief, 2027, draftId, 'publish-2027')).body).toEqual({ year: 2027 })
  expect((await publishes(chief, 2027, draftId)).body.code).toBe('time-limit.draft-published')
  const { body } = await chief.send<CalendarToPublish>('GET', '/api/work/calendars/2027')
  expect(body).toEqual({
    year: 2027,
    ...YEAR_2027,
    draft: null,
    ...ABOUT,
    years: [...YEARS, 2027],
    published: {
      draftedBy: '何静',
      draftedAt: expect.stringContaining('2026-12-31'),
      publishedBy: '陈志远',
      publishedAt: expect.stringContaining('2026-12-31'),
      was: null,
    },
  })
})

test('a year that is changed moves what was told, earlier and later, with an event and a message', async () => {
  const before = await dueOf('late')
  const longer = await drafts(chief, 2027, { ...YEAR_2027, offDays: [...YEAR_2027.offDays, '2027-01-05'] })
  expect(longer.body.moves.cases).toBe(1)
  expect((await publishes(admin, 2027, longer.body.draftId)).status).toBe(200)
  expect([before.dueOn, await dueOf('late')]).toEqual(['2027-01-15', { dueOn: '2027-01-18', moves: 1 }])
  const shorter = await drafts(chief, 2027, YEAR_2027)
  expect((await publishes(admin, 2027, shorter.body.draftId)).status).toBe(200)
  expect(await dueOf('late')).toEqual({ dueOn: '2027-01-15', moves: 2 })
  const told = (await toldOf(late.person, ids.late)).filter(({ title }) => title.includes('日期改了'))
  expect(told.map(({ lines }) => lines[0])).toEqual([
    expect.stringContaining('因为 2027 年的放假安排改了，最晚 2027年1月15日 办好'),
    expect.stringContaining('因为 2027 年的放假安排改了，最晚 2027年1月18日 办好'),
  ])
  // What was due before that year is not touched.
  expect(await dueOf('early')).toEqual({ dueOn: '2026-12-24', moves: 0 })
})

test('whoever publishes waits some seconds, and the night goes on with the rest', async () => {
  const before = await dueOf('late')
  const longer = await drafts(chief, 2027, { ...YEAR_2027, offDays: [...YEAR_2027.offDays, '2027-01-05'] })
  // A machine that is slow: each look at how long it takes finds it seconds later.
  let late = 0
  const measured = vi.spyOn(performance, 'now').mockImplementation(() => 4_000 * late++)
  const published = await publishes(admin, 2027, longer.body.draftId).finally(() => measured.mockRestore())
  expect(published.status).toBe(200)
  const rowDay = async () =>
    (await rows<{ due_on: string }>(sql`select due_on::text from cases where id = ${ids.late}::uuid`))[0]
      ?.due_on
  expect([await rowDay(), await dueOf('late')]).toEqual([before.dueOn, { ...before, dueOn: '2027-01-18' }])
  await county.app.jobs['run-deadlines']()
  expect([await rowDay(), await dueOf('late')]).toEqual([
    '2027-01-18',
    { dueOn: '2027-01-18', moves: before.moves + 1 },
  ])
  const back = await drafts(chief, 2027, YEAR_2027)
  expect((await publishes(admin, 2027, back.body.draftId)).status).toBe(200)
})

test('of two drafts of a year the newest alone is published', async () => {
  const longer = (day: string) => ({ ...YEAR_2027, offDays: [...YEAR_2027.offDays, day] })
  const first = (await drafts(admin, 2027, longer('2027-03-01'))).body.draftId
  const second = (await drafts(admin, 2027, longer('2027-03-02'))).body.draftId
  const over = await publishes(chief, 2027, first)
  expect([over.status, over.body.code]).toEqual([409, 'time-limit.draft-superseded'])
  expect((await publishes(chief, 2027, second)).status).toBe(200)
  expect((await dueDate('2027-03-01')).dueOn).toBe('2027-03-03')
})

test('a day that has come stays what it was, drafted or published', async () => {
  const drafted = await drafts<Problem>(admin, 2026, year2026('2026-12-30', '2026-12-31'))
  expect([drafted.status, drafted.body.code]).toEqual([422, 'time-limit.calendar-invalid'])
  expect(drafted.body.errors?.map(({ message }) => message)).toEqual([
    '12月30日 已经到了，上班还是放假改不了，只能改明天以后的',
    '12月31日 已经到了，上班还是放假改不了，只能改明天以后的',
  ])
})

test('a year without one of the holidays of the law says which is missing', async () => {
  const without = YEAR_2027.offDays.filter((day) => !['2027-02-08', '2027-09-15'].includes(day))
  const { status, body } = await drafts<Problem>(admin, 2027, { ...YEAR_2027, offDays: without })
  expect([status, body.errors?.map(({ message }) => message)]).toEqual([
    422,
    ['2月8日 是春节初三，法定节假日，要放假', '9月15日 是中秋，法定节假日，要放假'],
  ])
})

test('a year whose holidays on a weekend are not made good says how many days are missing', async () => {
  const bare = YEAR_2027.offDays.filter((day) => day < '2027-12-01')
  const { status, body } = await drafts<Problem>(admin, 2027, { ...YEAR_2027, offDays: bare })
  expect([status, body.errors?.map(({ message }) => message)]).toEqual([
    422,
    ['还少放 6 个工作日：从 2月6日 起，有节日在周六、周日，要在上班的日子补假，或者少补班'],
  ])
})

test('a draft sent again with its key is the same draft', async () => {
  const [one, again] = [
    await drafts(admin, 2028, yearOff(2028), 'draft-2028'),
    await drafts(admin, 2028, yearOff(2028), 'draft-2028'),
  ]
  expect(again.body).toEqual(one.body)
})

test.each([
  [
    'a holiday of the law is worked',
    { offDays: YEAR_2027.offDays.slice(1), workDays: [] },
    422,
    ['/offDays'],
  ],
  [
    'a day of another year',
    { offDays: [...YEAR_2027.offDays, '2028-01-01'], workDays: [] },
    422,
    [`/offDays/${YEAR_2027.offDays.length}`],
  ],
  ['a Monday is made up for', { ...YEAR_2027, workDays: ['2027-02-01'] }, 422, ['/workDays/0']],
  ['no day', { ...YEAR_2027, workDays: ['2027-02-30'] }, 400, ['/workDays/0']],
  ['a member too many', { ...YEAR_2027, name: 'x' }, 400, ['/name']],
])('refused: %s', async (_, body, status, pointers) => {
  const answer = await drafts<Problem>(admin, 2027, body)
  expect([answer.status, answer.body.errors?.map(({ pointer }) => pointer)]).toEqual([status, pointers])
})

test('of more cases than 2,000 it says that there are more', async () => {
  const copies = sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
      'case_number', 'copy-' || n, 'duplicate_guard', null))).*
    from cases c cross join generate_series(1, 2000) n where c.id = ${ids.late}::uuid`
  await rows(copies)
  const { moves } = (
    await drafts(admin, 2027, { ...YEAR_2027, offDays: [...YEAR_2027.offDays, '2027-01-05'] })
  ).body
  await rows(sql`delete from cases where case_number like 'copy-%'`)
  expect(moves.more).toBe(true)
  expect(moves.cases).toBeGreaterThanOrEqual(1999)
  expect(moves.cases).toBeLessThanOrEqual(2000)
})

test('who drafts one after another waits a while', async () => {
  const answers: number[] = []
  for (let count = 0; count < 21; count += 1) answers.push((await drafts(chief, 2029, yearOff(2029))).status)
  expect([answers.at(0), answers.at(-1)]).toEqual([201, 429])
  // A draft that cannot be one costs nothing.
  expect((await drafts(chief, 2029, { offDays: [], workDays: [] })).status).toBe(422)
})

test.each(['1999', '27', 'next'])('%s is no year', async (year) => {
  expect((await drafts<Problem>(admin, year, YEAR_2027)).status).toBe(404)
})

test('the audit names who drafted and who published, and the rows are what their events say', async () => {
  const noted = await rows<{ action: string; actor: string }>(
    sql`select distinct action, actor from audit_entries where subject = 'calendar:2027' order by action, actor`,
  )
  expect(noted).toEqual([
    { action: 'time-limit.draft-calendar', actor: 'staff:chen-zhiyuan' },
    { action: 'time-limit.draft-calendar', actor: 'staff:he-jing' },
    { action: 'time-limit.publish-calendar', actor: 'staff:chen-zhiyuan' },
    { action: 'time-limit.publish-calendar', actor: 'staff:he-jing' },
  ])
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})

test('a draft goes over no year that has changed since, and over no draft that its maker has not seen', async () => {
  // Whoever drafted all day is braked.
  await setClock('2027-01-08T12:00:00')
  const longer = (day: string) => ({ ...YEAR_2027, offDays: [...YEAR_2027.offDays, day] })
  const { draftId } = (await drafts(admin, 2027, longer('2027-03-08'))).body
  await rows(sql`update calendar_years set off_days = ${JSON.stringify([...YEAR_2027.offDays, '2027-03-05'])}::jsonb
    where year = 2027`)
  const over = await publishes(chief, 2027, draftId)
  expect([over.status, over.body.code]).toEqual([409, 'time-limit.year-changed'])
  const unseen = await drafts<Problem>(chief, 2027, { ...longer('2027-03-09'), over: null })
  expect([unseen.status, unseen.body.code]).toEqual([409, 'time-limit.draft-superseded'])
  const seen = await drafts(chief, 2027, { ...longer('2027-03-09'), over: draftId })
  expect(seen.status).toBe(201)
  expect((await publishes(admin, 2027, seen.body.draftId)).status).toBe(200)
  // A day that the draft would have made one off has come before it was published.
  const soon = await drafts(chief, 2027, {
    ...longer('2027-03-09'),
    offDays: [...longer('2027-03-09').offDays, '2027-01-11'],
  })
  await setClock('2027-01-11T12:00:00')
  const late = await publishes(admin, 2027, soon.body.draftId)
  expect([late.status, late.body.errors?.[0]?.code]).toEqual([422, 'time-limit.past'])
  expect(
    (await publishes(admin, 2027, (await drafts(chief, 2027, longer('2027-03-09'))).body.draftId)).status,
  ).toBe(200)
  // Published, it waits for nobody: the next begins from the year.
  expect((await drafts(chief, 2027, { ...longer('2027-03-10'), over: null })).status).toBe(201) // A page that was opened before it knows neither the draft nor the year that has come of it.
  const was = { ...YEAR_2027, offDays: [...YEAR_2027.offDays, '2027-03-05'] }
  const stale = await drafts<Problem>(admin, 2027, { ...longer('2027-03-11'), was })
  expect([stale.status, stale.body.code]).toEqual([409, 'time-limit.year-changed'])
  const { offDays, workDays } = (await admin.send<CalendarToPublish>('GET', '/api/work/calendars/2027')).body
  const seenNow = await drafts(admin, 2027, { ...longer('2027-03-11'), was: { offDays, workDays } })
  expect(seenNow.status).toBe(201)
  const first = (had: object | null) => drafts(chief, 2030, { ...yearOff(2030), was: had })
  expect([(await first({ offDays: [], workDays: [] })).status, (await first(null)).status]).toEqual([
    409, 201,
  ])
})
