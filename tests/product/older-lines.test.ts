import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { run as fillLists } from '../../functions/commands/fill-lists'
import { CASE_IS_LINED, TASK_IS_LINED } from '../../functions/features/case/lists/lined'
import { DALIANG, file, playScenes } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// A version that widens the lines finds those of all cases of an older shape: they are told by their states until they are
// filled.
let county: County
let resident: string
/** A case that is ended, and whose. */
let ended: { readonly id: string; readonly of: string }
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
  resident = (await playScenes(county.url)).resident
  const born = { name: '钱桂枝', birth: '1944-03-05', villageCode: DALIANG, level: 3 } as const
  const { person, idNumber, personId } = await newcomer(county, born)
  const id = await file(county, { person, name: born.name, idNumber }, 'LX-017')
  const { version } = await caseOf(person, id)
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  ended = { id, of: personId }
}, 180_000)
afterAll(() => county.close())

async function answerOf<Body>(person: string, path: string) {
  const { status, body } = await (await county.as(person)).send<Body>('GET', path)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const STAFF = ['zhao-min', 'wang-lixin', 'sun-zhiyuan', 'li-wanqing']
const everything = async () => ({
  cases: await Promise.all(
    [resident, 'li-jianguo', ended.of].map((person) => answerOf<CaseList>(person, '/api/cases')),
  ),
  home: await answerOf<Home>(resident, '/api/home'),
  queues: await Promise.all(STAFF.map((person) => answerOf<Queue>(person, '/api/work/cases'))),
})

/** Lines as an older version has left them: what they say now would be read wrongly. */
async function makeOlder() {
  await rows(
    sql`update cases set line = regexp_replace(replace(line, '"known"', '"was"'), '^{"shape":[0-9]+,', '{"shape":1,'), turns_on = null`,
  )
  await rows(sql`update case_tasks set
    line = regexp_replace(replace(line, '"first":"', '"first":"transfer","was":"'), '^{"shape":[0-9]+,', '{"shape":1,')`)
}
const fill = async () => {
  const printed: string[] = []
  const print = (line: string) => printed.push(line)
  expect(await fillLists({ services: county.services, words: [], print })).toBe(0)
  return printed[1]
}
const kept = async () => ({
  cases:
    await rows(sql`select id, version, updated_at, line::jsonb, line_version, line_splits, turns_on, lined_version,
    (select count(*) from case_events e where e.case_id = cases.id) as events from cases order by id`),
  tasks: await rows(
    sql`select t.*, line::jsonb as line from case_tasks t order by case_id, step_key, part_unit_id, role, unit_id`,
  ),
})
const unlined = () =>
  rows<{
    id: string
  }>(sql`select c.id from cases c where not ${CASE_IS_LINED} or exists (select 1 from case_tasks t
    where t.case_id = c.id and not ${TASK_IS_LINED})`)

test('lines of an older shape are not read, and the command makes them what a write would', async () => {
  expect(await unlined()).toEqual([])
  const [told, before] = [await everything(), await kept()]
  expect(told.cases.flatMap(({ items }) => items).length).toBeGreaterThan(5)
  expect(told.queues.flatMap(({ items }) => items).length).toBeGreaterThan(3)
  await makeOlder()
  expect(await unlined()).toHaveLength(before.cases.length)
  expect(await everything()).toEqual(told)
  expect(await fill()).toBe(`从前的 ${before.cases.length} 件在列表里不再现算。`)
  expect(await kept()).toEqual(before)
  expect(await fill()).toBe('从前的 0 件在列表里不再现算。')
})

test('the night fills what an older version beside this one has written again, ended cases too, and lists read no state', async () => {
  const told = await everything()
  await makeOlder()
  await county.app.jobs['run-deadlines']()
  expect(await unlined()).toEqual([])
  await rows(sql`create table kept as select id, state from cases`)
  await rows(
    sql`update cases set state = state - 'steps' - 'pauses' - 'corrections' - 'approvals' - 'identityConfirmed'`,
  )
  expect(await everything()).toEqual(told)
  await rows(sql`update cases c set state = k.state from kept k where k.id = c.id`)
})

test('a case that cannot be moved or told of keeps no other waiting', async () => {
  await makeOlder()
  const [open] = await rows<{ id: string }>(
    sql`update cases set item_version = 99 where id = (select min(id::text)::uuid from cases where ended_at is null) returning id`,
  )
  await county.app.jobs['run-deadlines']().catch(() => {})
  await expect(fill()).rejects.toThrow(AggregateError)
  expect(await unlined()).toEqual([open])
  await rows(sql`update cases set item_version = 1 where id = ${open?.id ?? ''}::uuid`)
  await county.app.jobs['run-deadlines']()
  expect(await unlined()).toEqual([])
})

test('rows from before lines were kept, or rebuilt, get theirs', async () => {
  const before = await kept()
  await rows(sql`update cases set line = null, line_version = null, line_splits = null, lined_version = null`)
  await fill()
  expect(await kept()).toEqual(before)
})

test('what is written while it is filled stays as that write leaves it', async () => {
  const born = { name: '孔令仪', birth: '1944-03-05', villageCode: DALIANG, level: 3 } as const
  const { person, idNumber } = await newcomer(county, born)
  const id = await file(county, { person, name: born.name, idNumber }, 'LX-017')
  await makeOlder()
  const { database } = county.services
  const read = database.rows
  let written: Awaited<ReturnType<typeof kept>> | null = null
  const of = ({ cases, tasks }: Awaited<ReturnType<typeof kept>>) => [
    cases.filter((row) => (row as { id: string }).id === id),
    tasks.filter((row) => (row as { case_id: string }).case_id === id),
  ]
  const spy = vi.spyOn(database, 'rows').mockImplementation(async (statement) => {
    const found = await read(statement)
    const [first] = found as { isBehind?: boolean }[]
    if (first?.isBehind && written === null) {
      spy.mockRestore()
      expect((await act(await county.as('zhao-min'), id, 'accept')).status).toBe(200)
      written = await kept()
    }
    return found as never
  })
  await fill()
  expect(written).not.toBeNull()
  if (written) expect(of(await kept())).toEqual(of(written))
  expect(await unlined()).toEqual([])
})

test('what is rebuilt while it is filled gets no line of what it was', async () => {
  await makeOlder()
  const { database } = county.services
  const read = database.rows
  let rebuilt = ''
  const spy = vi.spyOn(database, 'rows').mockImplementation(async (statement) => {
    const found = await read(statement)
    const [first] = found as { isBehind?: boolean; caseRow?: { id: string } }[]
    if (first?.isBehind && first.caseRow && rebuilt === '') {
      spy.mockRestore()
      rebuilt = first.caseRow.id
      // As a rebuilding does: another row, and no other version.
      await rows(sql`update cases set line_version = null, lined_version = null where id = ${rebuilt}::uuid`)
    }
    return found as never
  })
  await fill()
  expect(rebuilt).not.toBe('')
  expect((await unlined()).map(({ id }) => id)).toEqual([rebuilt])
  await fill()
  expect(await unlined()).toEqual([])
})

test('a line of a shape to come is left to the version that knows it', async () => {
  for (const table of ['cases', 'case_tasks'])
    await rows(
      sql`update ${sql.raw(table)} set line = regexp_replace(line, '^{"shape":[0-9]+,', '{"shape":99,')`,
    )
  const before = await kept()
  expect(await fill()).toBe('从前的 0 件在列表里不再现算。')
  expect(await kept()).toEqual(before)
})
