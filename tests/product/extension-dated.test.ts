import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { file } from '../e2e/scenes'
import { type act, type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// 行政许可法 第42条: a limit is prolonged into a year that has no calendar yet. Its day is told once it can be, to whoever was told that it comes.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, does, toldOf } = disowning(() => county)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const holderAt = async (id: string) => {
  const [task] = await rows<{ role: string; unit: string }>(
    sql`select role, unit_id as unit from case_tasks where case_id = ${id}::uuid limit 1`,
  )
  const { holders } = await county.app.reference.current()
  return holders(task?.role as Parameters<typeof holders>[0], task?.unit ?? '')[0]?.id ?? ''
}
const doneBy = async (id: string, action: Parameters<typeof act>[2], more = {}) =>
  does(await holderAt(id), id, action, more)

type Born = Awaited<ReturnType<typeof born>>
let waiting: Born & { id: string }
let decided: Born & { id: string }

async function prolonged(name: string) {
  const owner = await born(name, 3, '1980-01-01')
  const id = await file(county, owner, 'LX-038')
  await doneBy(id, 'accept')
  await doneBy(id, 'pass')
  await doneBy(id, 'extend', { reason: '要核对外地的记录' })
  return { ...owner, id }
}
const nightly = async () => {
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['run-deadlines']()
}
const LATER = '最晚到哪天，日期定下来再告诉你'
const movedOf = async ({ person, id }: Born & { id: string }) =>
  (await toldOf(person, id)).filter(({ title }) => title.includes('日期改了'))
const changeYear = async (...days: readonly string[]) => {
  await rows(
    sql`update calendar_years set off_days = ${JSON.stringify(['2027-01-01', ...days])}::jsonb where year = 2027`,
  )
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
}
const datedOf = async ({ person, id }: Born & { id: string }) =>
  (await toldOf(person, id)).filter(({ title }) => title.includes('日期定了'))

test('while its year has no calendar message and page say that the day comes, and nothing is written for it', async () => {
  await setClock('2026-12-22T09:00:00')
  waiting = await prolonged('郦延期')
  decided = await prolonged('郦办完')
  const told = await toldOf(waiting.person, waiting.id)
  expect(told.find(({ title }) => title.includes('延'))?.lines[0]).toContain(LATER)
  expect((await caseOf(waiting.person, waiting.id)).timeline[0]?.note).toContain(LATER)
  await doneBy(decided.id, 'refuse', { reason: '车辆检测不合格' })
  await setClock('2026-12-23T09:00:00')
  const before = await rows(sql`select id, version from cases where id = ${waiting.id}::uuid`)
  await nightly()
  expect(await rows(sql`select id, version from cases where id = ${waiting.id}::uuid`)).toEqual(before)
})

test('once it is there the day of the extension is told, once; of what was decided meanwhile nothing is', async () => {
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, '["2027-01-01"]', '[]', 'test')`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  await nightly()
  const [dated, ...more] = await datedOf(waiting)
  expect(more).toEqual([])
  expect(dated?.lines.slice(0, -1)).toEqual([
    '因为 2027 年的放假安排公布了，延期的定下来了，最晚可以办到 2027年2月3日',
    '承诺的 12月29日，照它办',
  ])
  const { timeline } = await caseOf(waiting.person, waiting.id)
  expect(timeline[0]).toMatchObject({
    type: 'dates-filled',
    note: '因为 2027 年的放假安排公布了。延期的最晚可以办到 2027年2月3日',
  })
  expect(await datedOf(decided)).toEqual([])
  await setClock('2026-12-24T09:00:00')
  await nightly()
  expect(await datedOf(waiting)).toHaveLength(1)
})

test('a day that was told moves with a changed calendar: page, note and message say the new one, once', async () => {
  await changeYear('2027-01-04', '2027-01-05')
  await nightly()
  const [moved, ...more] = await movedOf(waiting)
  expect(more).toEqual([])
  expect(moved?.lines.slice(0, -1)).toEqual([
    '因为 2027 年的放假安排改了，延期的改了，最晚可以办到 2027年2月5日',
    '承诺的 12月29日，照它办',
  ])
  const { timeline } = await caseOf(waiting.person, waiting.id)
  expect(timeline[0]).toMatchObject({
    type: 'dates-moved',
    note: '因为 2027 年的放假安排改了。延期的最晚可以办到 2027年2月5日',
  })
  expect(timeline.find(({ type }) => type === 'dates-filled')?.note).toBe(
    '因为 2027 年的放假安排公布了。延期的最晚可以办到 2027年2月3日，后来又改了',
  )
  expect(JSON.stringify(timeline).split('2月3日')).toHaveLength(2)
  expect(await movedOf(decided)).toEqual([])
  expect(await rows(sql`select * from former_calendars`)).toEqual([])
  await nightly()
  expect(await movedOf(waiting)).toHaveLength(1)
})

test('a year that is taken back before all have moved tells the former day of whoever was told the other', async () => {
  const stuck = await prolonged('郦没轮到')
  await rows(sql`create function break_off() returns trigger language plpgsql as $$
    begin raise exception 'broken off'; end $$`)
  await rows(
    sql.raw(`create trigger break_off before update on cases for each row
    when (old.id = '${stuck.id}') execute function break_off()`),
  )
  await changeYear('2027-01-04', '2027-01-05', '2027-01-06')
  await expect(county.app.jobs['run-deadlines']()).rejects.toThrow('1 cases could not be moved')
  expect((await movedOf(waiting))[0]?.lines[0]).toContain('延期的改了，最晚可以办到 2027年2月8日')
  await rows(sql`drop trigger break_off on cases`)
  await changeYear('2027-01-04', '2027-01-05')
  await nightly()
  expect((await movedOf(waiting)).map(({ lines }) => lines[0])).toEqual([
    '因为 2027 年的放假安排改了，延期的改了，最晚可以办到 2027年2月5日',
    '因为 2027 年的放假安排改了，延期的改了，最晚可以办到 2027年2月8日',
    '因为 2027 年的放假安排改了，延期的改了，最晚可以办到 2027年2月5日',
  ])
  expect(await movedOf(stuck)).toEqual([])
  expect(await rows(sql`select * from former_calendars`)).toEqual([])
})

test('each move of the history keeps the day that it told, and says that it was moved since', async () => {
  const { timeline } = await caseOf(waiting.person, waiting.id)
  const notes = timeline.filter(({ type }) => type === 'dates-moved').map(({ note }) => note)
  const moved = (day: string) => `因为 2027 年的放假安排改了。延期的最晚可以办到 2027年${day}`
  expect(notes).toEqual([moved('2月5日'), `${moved('2月8日')}，后来又改了`, `${moved('2月5日')}，后来又改了`])
})
