import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { asked, disowning } from './disowning'

// A notice of the State Council may change a year after dates were told by it, as that of the spring of 2020 did.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, does, toldOf, queuedOf } = disowning(() => county)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })

/** As an operator would, who knows nothing of revisions. */
async function changeYear(year: number, change: (days: readonly string[]) => readonly string[]) {
  const [held] = await rows<{ days: readonly string[] }>(
    sql`select off_days as days from calendar_years where year = ${year}::int`,
  )
  await rows(
    sql`update calendar_years set off_days = ${JSON.stringify(change(held?.days ?? []))}::jsonb where year = ${year}::int`,
  )
}
const night = () => county.app.jobs['run-deadlines']()

type Born = Awaited<ReturnType<typeof born>>
const people: { running: Born; answering: Born; done: Born; kept: Born } = {} as never
const ids = { running: '', answering: '', done: '', kept: '' }
const KINDS = ['running', 'answering', 'done', 'kept'] as const

const viewOf = async (kind: (typeof KINDS)[number]) => caseOf(people[kind].person, ids[kind])
const movesIn = ({ timeline }: CaseView) => timeline.filter(({ type }) => type === 'dates-moved')
const messagesOf = async (kind: (typeof KINDS)[number]) =>
  (await toldOf(people[kind].person, ids[kind])).filter(({ title }) => title.includes('日期改了'))
const versions = async () => rows(sql`select id, version, due_on from cases order by id`)

beforeAll(async () => {
  await setClock('2026-11-24T09:42:00')
  people.running = await born('郝在办', 3)
  people.answering = await born('郝要补', 3)
  people.done = await born('郝撤回', 3)
  people.kept = await born('郝办成', 3)
  for (const kind of KINDS) ids[kind] = await file(county, people[kind], 'LX-005')
  await does('zhao-min', ids.answering, 'request-correction', asked('居民身份证'))
  await does('zhao-min', ids.kept, 'accept')
  await does('sun-zhiyuan', ids.kept, 'grant')
  await does('zhao-min', ids.kept, 'conclude')
  await people.done.person.send('POST', `/api/cases/${ids.done}/withdrawal`, { body: { version: 1 } })
})

test('each open case whose days are others by the changed year says so once, and its applicant is told', async () => {
  expect((await viewOf('running')).dueOn).toBe('2026-12-08')
  const over = async () =>
    rows(sql`select version from cases where id in (${ids.done}::uuid, ${ids.kept}::uuid) order by id`)
  const before = await over()
  await changeYear(2026, (days) => [...days, '2026-12-01'])
  await night()
  const running = await viewOf('running')
  expect(running.dueOn).toBe('2026-12-09')
  expect(movesIn(running)).toMatchObject([{ who: '自动重算', title: '日期改了' }])
  expect((await messagesOf('running')).map(({ lines }) => lines[0])).toEqual([
    '因为 2026 年的放假安排改了，最晚 12月9日 办好',
  ])
  // The counter's own day comes before the one that was changed.
  expect((await queuedOf('zhao-min', ids.running))?.dueOn).toBe('2026-11-25')
  // Ten working days to answer the notice of the 24th.
  expect((await messagesOf('answering')).map(({ lines }) => lines[0])).toEqual([
    '因为 2026 年的放假安排改了，要补的 12月9日 前交上来',
  ])
  // What was taken back, and a promise that was kept: only its delivery is awaited.
  expect(await over()).toEqual(before)
  // Their days stay as they were written, and their events say nothing else.
  const said: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => said.push(line) })
  expect(said).toEqual([`重算了 ${KINDS.length} 件，0 件和记录对不上。`])
  expect(await rows(sql`select * from former_calendars`)).toEqual([])
})

test('another night changes nothing, nor does a year that no open case goes by', async () => {
  const before = await versions()
  await night()
  await changeYear(2025, (days) => [...days, '2025-12-01'])
  await night()
  expect(await versions()).toEqual(before)
})

test('a night that broke off goes on with what it had not come to', async () => {
  await rows(sql`create function break_off() returns trigger language plpgsql as $$
    begin raise exception 'broken off'; end $$`)
  await rows(
    sql.raw(`create trigger break_off before update on cases for each row
    when (old.id = '${ids.answering}') execute function break_off()`),
  )
  await changeYear(2026, (days) => [...days, '2026-12-02'])
  await expect(night()).rejects.toThrow('1 cases could not be moved')
  expect((await viewOf('running')).dueOn).toBe('2026-12-10')
  expect(movesIn(await viewOf('answering'))).toHaveLength(1)
  await rows(sql`drop trigger break_off on cases`)
  await night()
  expect(movesIn(await viewOf('running'))).toHaveLength(2)
  expect(movesIn(await viewOf('answering'))).toHaveLength(2)
  expect((await messagesOf('answering')).at(0)?.lines[0]).toContain('12月10日')
})

test('a year that is taken back before all have moved takes back who moved', async () => {
  const day = '2026-12-03'
  await rows(
    sql.raw(`create trigger break_off before update on cases for each row
    when (old.id = '${ids.answering}') execute function break_off()`),
  )
  await changeYear(2026, (days) => [...days, day])
  await expect(night()).rejects.toThrow('1 cases could not be moved')
  expect((await viewOf('running')).dueOn).toBe('2026-12-11')
  const moved = movesIn(await viewOf('answering')).length
  await rows(sql`drop trigger break_off on cases`)
  await changeYear(2026, (days) => days.filter((each) => each !== day))
  await night()
  const [running] = await rows<{ due: string }>(
    sql`select due_on::text as due from cases where id = ${ids.running}::uuid`,
  )
  expect(running?.due).toBe('2026-12-10')
  expect((await messagesOf('running')).at(0)?.lines[0]).toContain('最晚 12月10日 办好')
  expect(movesIn(await viewOf('answering'))).toHaveLength(moved)
  expect(await rows(sql`select * from former_calendars`)).toEqual([])
})

test('a year that is changed once more while its cases move is not forgotten', async () => {
  await rows(sql`create function change_again() returns trigger language plpgsql as $$
    begin
      update calendar_years set off_days = off_days || '["2026-12-04"]' where year = 2026 and not off_days ? '2026-12-04';
      return new;
    end $$`)
  await rows(
    sql.raw(`create trigger change_again before update on cases for each row
    when (old.id = '${ids.answering}') execute function change_again()`),
  )
  await changeYear(2026, (days) => [...days, '2026-12-03'])
  await night()
  expect(await rows(sql`select year from former_calendars`)).toEqual([{ year: 2026 }])
  await rows(sql`drop trigger change_again on cases`)
  await night()
  expect((await viewOf('running')).dueOn).toBe('2026-12-14')
  expect(await rows(sql`select year from former_calendars`)).toEqual([])
})

test('a year that is made shorter takes no day from whoever holds a notice with it', async () => {
  const moves = movesIn(await viewOf('answering')).length
  await changeYear(2026, (days) => days.filter((day) => !/-12-0[1-4]$/.test(day)))
  await night()
  expect((await viewOf('running')).dueOn).toBe('2026-12-08')
  const after = await viewOf('answering')
  expect(after.correction?.dueOn).toBe('2026-12-14')
  expect(movesIn(after)).toHaveLength(moves)
})

test('a day that the clerks alone go by is moved without a word to the applicant', async () => {
  expect((await queuedOf('zhao-min', ids.kept))?.dueOn).toBe('2026-11-25')
  await changeYear(2026, (days) => [...days, '2026-11-25'])
  await night()
  expect((await queuedOf('zhao-min', ids.kept))?.dueOn).toBe('2026-11-26')
  const atDesk = await caseOf(await county.as('zhao-min'), ids.kept)
  expect([movesIn(atDesk).length, movesIn(await viewOf('kept')).length]).toEqual([1, 0])
  expect(await messagesOf('kept')).toEqual([])
  await changeYear(2026, (days) => days.filter((day) => day !== '2026-11-25'))
  await night()
})

test('the rows are what their events say, and the audit has each move', async () => {
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
  const [noted] = await rows<{ count: number }>(
    sql`select count(*)::int from audit_entries where action = 'case.dates-moved' and actor = 'system:run-deadlines'`,
  )
  expect(noted?.count).toBe(15)
})
