import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { addDays, dayIn, instantAt } from '#shared/domain/kernel/plain-date'
import { type CaseRow, caseJson, TASKS } from '../../functions/features/case/case-row'
import { lineOn, type TaskLine, taskLine } from '../../functions/features/case/lists/task-line'
import { itemOf } from '../../functions/features/case/standing'
import type { CaseTask } from '../../functions/features/case/task'
import { playScenes } from '../e2e/scenes'
import { type County, openCounty } from './county'
import { countRowsRead } from './rows-read'

// The queue is read in the order of its index, page after page, and goes by what the writes have kept.
let county: County
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
  await playScenes(county.url)
}, 180_000)
afterAll(() => county.close())

async function queueOf(staff: string, query: Readonly<Record<string, string>> = {}) {
  const { status, body } = await (await county.as(staff)).send<Queue>(
    'GET',
    `/api/work/cases?${new URLSearchParams(query)}`,
  )
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const STAFF = ['zhao-min', 'wang-lixin', 'sun-zhiyuan', 'li-wanqing']
const everyQueue = () => Promise.all(STAFF.map((staff) => queueOf(staff)))

test('a list goes by what each write keeps of a case, not by its state', async () => {
  const before = await everyQueue()
  expect(before.flatMap(({ items }) => items).length).toBeGreaterThan(3)
  await rows(sql`create table kept as select id, state from cases`)
  await rows(sql`update cases set state = state - 'steps' - 'pauses' - 'corrections' - 'approvals'`)
  expect(await everyQueue()).toEqual(before)
  await rows(sql`update cases c set state = k.state from kept k where k.id = c.id`)
})

test('a case that a version before has written stands in it as ever', async () => {
  const before = await everyQueue()
  await rows(
    sql`create table lines as select case_id, step_key, part_unit_id, role, unit_id, line from case_tasks`,
  )
  await rows(sql`update case_tasks set line = replace(line, '"first":"', '"first":"transfer","was":"')`)
  expect(await everyQueue()).not.toEqual(before)
  await rows(sql`update cases set lined_version = version - 1`)
  expect(await everyQueue()).toEqual(before)
  await rows(sql`update cases set lined_version = version`)
  await rows(sql`update case_tasks set line = null`)
  expect(await everyQueue()).toEqual(before)
  await rows(sql`update case_tasks t set line = l.line from lines l where (l.case_id, l.step_key, l.part_unit_id, l.role,
    l.unit_id) = (t.case_id, t.step_key, t.part_unit_id, t.role, t.unit_id)`)
})

test('what a line foretells of a day is what that day would say', async () => {
  const now = county.services.clock.now()
  const reference = await county.app.reference.current()
  const found = await rows<{ caseRow: CaseRow; tasks: CaseTask[] }>(
    sql`select ${caseJson(dayIn(now))} as "caseRow", ${TASKS} as tasks from cases c where c.ended_at is null`,
  )
  let turned = 0
  for (const { caseRow, tasks } of found) {
    for (const { stepKey, partUnitId, role, unitId } of tasks.filter(({ approval }) => !approval)) {
      const { state, ownStaff, documents } = caseRow
      const run = state.steps.find(({ key }) => key === stepKey)
      const part = run?.parts.find((each) => each.unitId === partUnitId)
      if (!run || !part) throw new Error('no such share')
      const pool = { role, unitId }
      const share = { run, part, holders: [pool], leaders: [], pool }
      const lineAt = (at: typeof now): TaskLine =>
        taskLine({ item: itemOf(reference, caseRow), state, reference, now: at, ownStaff, documents }, share)
      const line = lineAt(now)
      turned += line.spans.length - 1
      for (let day = dayIn(now); day < addDays(dayIn(now), 60); day = addDays(day, 1)) {
        for (const isFilerKnown of [true, false]) {
          const { calendar } = reference
          const fresh = lineOn(lineAt(instantAt(day, 600)), day, { isFilerKnown, calendar })
          expect(lineOn(line, day, { isFilerKnown, calendar }), `${day} ${stepKey}`).toEqual(fresh)
        }
      }
    }
  }
  expect(turned).toBeGreaterThan(1)
}, 120_000)

const POOL = sql`(unit_id, role) in (select unit_id, role from staff_roles where staff_id = 'zhao-min')`

/** As many shares of one case in the pool of a window, alike but for the unit of the part. */
const fill = (count: number) =>
  rows(sql`insert into case_tasks select (jsonb_populate_record(t, jsonb_build_object('part_unit_id', 'part-' || n))).*
    from case_tasks t, generate_series(1, ${count}::int) n where t.ctid = (select ctid from case_tasks where ${POOL} and queue = 'to-do' limit 1)`)

test('no share is lost or told twice at the end of a page, however many of one step come together', async () => {
  const had = (await queueOf('zhao-min')).counts['to-do']
  await fill(45)
  let cursor: string | null = null
  let seen = 0
  do {
    const page: Queue = await queueOf('zhao-min', cursor === null ? {} : { cursor })
    seen += page.items.length
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toBe(had + 45)
})

test('a tab counts to a thousand', async () => {
  await rows(sql`delete from case_tasks where part_unit_id like 'part-%'`)
  await fill(1_500)
  expect((await queueOf('zhao-min')).counts['to-do']).toBe(1_000)
})

test('who has no work reads none of that of others', async () => {
  await rows(sql`analyze`)
  const read = countRowsRead(county.services.database, 'case_tasks')
  // The connection that stood idle meanwhile is gone.
  await queueOf('town-window-341821103-1').catch(() => undefined)
  await queueOf('town-window-341821103-1')
  await read()
  const each: number[] = []
  for (let time = 0; time < 3; time += 1) {
    await queueOf('town-window-341821103-1')
    each.push(await read())
  }
  // A job may read beside one of them; what the queue reads itself it reads each time.
  expect(Math.min(...each)).toBeLessThan(50)
})
