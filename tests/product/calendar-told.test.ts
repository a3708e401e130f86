import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CalendarDrafted, CalendarMoves } from '#shared/contract/time-limit'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person } from './county'
import { asked, disowning } from './disowning'
import { yearOff } from './year-off'

// Whoever was told that a day would follow is told it, with why, before anything rests on it; whose case is over is told nothing.
let county: County
let admin: Person
let chief: Person
const { born, does, toldOf } = disowning(() => county)
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const night = () => county.app.jobs['run-deadlines']()

type Born = Awaited<ReturnType<typeof born>>
const KINDS = ['asked', 'late', 'running', 'refused', 'concluded'] as const
type Kind = (typeof KINDS)[number]
const people = {} as Record<Kind, Born>
const ids = {} as Record<Kind, string>
const viewOf = (kind: Kind) => caseOf(people[kind].person, ids[kind])
const linesOf = async (kind: Kind) =>
  (await toldOf(people[kind].person, ids[kind]))
    .filter(({ title }) => title.includes('日期定了') || title.includes('日期改了'))
    .map(({ lines }) => lines[0])

beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function fileAll() {
  await setClock('2026-12-16T09:42:00')
  for (const [at, kind] of KINDS.entries()) people[kind] = await born(`容${'甲乙丙丁戊'.charAt(at)}`, 3)
  ids.asked = await file(county, people.asked, 'LX-005')
  await does('zhao-min', ids.asked, 'request-correction', asked('居民身份证'))
  await setClock('2026-12-30T09:42:00')
  await night()
  for (const kind of ['late', 'running', 'refused', 'concluded'] as const)
    ids[kind] = await file(county, people[kind], 'LX-005')
  await does('zhao-min', ids.late, 'request-correction', asked('居民身份证'))
  for (const kind of ['refused', 'concluded'] as const) await does('zhao-min', ids[kind], 'accept')
  await does('sun-zhiyuan', ids.refused, 'refuse', { reason: '年龄不到' })
  await does('sun-zhiyuan', ids.concluded, 'grant')
  await does('zhao-min', ids.concluded, 'conclude')
  admin = await county.as('he-jing')
  chief = await county.as('chen-zhiyuan')
}

test('whoever is reminded over the end of the year is told that the day follows', async () => {
  await fileAll()
  const reminded = (await toldOf(people.asked.person, ids.asked)).find(({ title }) =>
    title.includes('还没补'),
  )
  expect(reminded?.lines[0]).toContain('日期定下来再告诉你，先补起来')
}, 300_000)

test('what a draft would move and tell is what is moved and told', async () => {
  await setClock('2026-12-31T18:00:00')
  const { body } = await admin.send<CalendarDrafted>('POST', '/api/work/calendars/2027', {
    body: yearOff(2027),
  })
  const moves = (
    await chief.send<CalendarMoves>('GET', `/api/work/calendars/2027/moves?draftId=${body.draftId}`)
  ).body
  await chief.send('POST', '/api/work/calendars/2027/publication', { body: { draftId: body.draftId } })
  await night()
  const [moved] = await rows<{ cases: number }>(
    sql`select count(distinct case_id)::int as cases from case_events where type in ('dates-filled', 'dates-moved')`,
  )
  expect([moves.cases, moves.messages]).toEqual([moved?.cases, 3])
  expect(
    Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, await linesOf(kind)] as const))),
  ).toEqual({
    asked: ['因为 2027 年的放假安排公布了，要补的 2027年1月7日 前交上来'],
    late: ['因为 2027 年的放假安排公布了，要补的 2027年1月14日 前交上来'],
    running: ['因为 2027 年的放假安排公布了，最晚 2027年1月14日 办好'],
    refused: [],
    concluded: [],
  })
})

test('the history of the case says why its day came', async () => {
  const filled = (await viewOf('running')).timeline.filter(({ type }) => type === 'dates-filled')
  expect(filled).toMatchObject([{ title: '日期定下来了', note: '因为 2027 年的放假安排公布了' }])
  expect((await viewOf('concluded')).timeline.some(({ type }) => type === 'dates-filled')).toBe(false)
})

test('it ends on the day after the one that was told, and not before', async () => {
  await setClock('2027-01-07T12:00:00')
  await night()
  expect((await viewOf('asked')).status).toBe('correcting')
  await setClock('2027-01-08T00:05:00')
  await night()
  expect((await viewOf('asked')).status).toBe('terminated')
  const said: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => said.push(line) })
  expect(said).toEqual([`重算了 ${KINDS.length} 件，0 件和记录对不上。`])
})
