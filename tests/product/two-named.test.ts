import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 行政许可法 第22条: the leaves of two heads name two people; where both are of one office, either of them decides.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const [REVIEWER, OTHER_REVIEWER, WINDOW] = [
  'reviewer-transport-1',
  'reviewer-transport-2',
  'window-transport',
]
const [HEAD, OTHER_HEAD] = ['approver-transport-1', 'approver-transport-2']
const THIRD_HEAD = 'sun-zhiyuan'
const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const leave = (who: string, substituteId: string) =>
  changed(
    sql`update staff set leave = ${JSON.stringify([{ from: '2026-11-01', to: '2027-06-30', substituteId }])}::jsonb where id = ${who}`,
  )
const isBack = (...who: string[]) =>
  changed(
    sql`update staff set leave = '[]'::jsonb where id in (select jsonb_array_elements_text(${JSON.stringify(who)}::jsonb))`,
  )
const job = () => county.app.jobs['remind-of-deadlines']()
afterEach(() => isBack(HEAD, OTHER_HEAD, THIRD_HEAD))

async function accepted(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  const window = await county.as(WINDOW)
  const { version } = await caseOf(window, id)
  await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  await act(window, id, 'accept')
  return { ...born, id }
}
const passes = async (id: string) =>
  expect((await act(await county.as(REVIEWER), id, 'pass')).status).toBe(200)
async function twoNamed(name: string) {
  const one = await accepted(name)
  await leave(HEAD, REVIEWER)
  await leave(OTHER_HEAD, OTHER_REVIEWER)
  await passes(one.id)
  return one
}
const pageOf = async (staffId: string, id: string) => caseOf(await county.as(staffId), id)
const allows = async (staffId: string, id: string) =>
  (await pageOf(staffId, id)).staff?.allowed.map(({ action }) => action) ?? []
const hasRow = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.some(
    ({ caseId }) => caseId === id,
  )
const rowsOf = (id: string) =>
  county.services.database.rows<{ role: string; barred: readonly string[] }>(
    sql`select role, barred from case_tasks where case_id = ${id}::uuid and step_key = 'decide' order by role`,
  )
const nameOf = async (staffId: string) =>
  (
    await county.services.database.rows<{ name: string }>(sql`select name from staff where id = ${staffId}`)
  )[0]?.name ?? ''

test('either of two of one office decides; page, history and paper say for whom each signed', async () => {
  for (const [signs, inPlaceOf] of [
    [REVIEWER, HEAD],
    [OTHER_REVIEWER, OTHER_HEAD],
  ] as const) {
    const one = await twoNamed(signs === REVIEWER ? '邬乙' : '邬丙')
    const [row, ...more] = (await rowsOf(one.id)).filter(({ role }) => role === 'dept-reviewer')
    expect(more).toEqual([])
    expect(row?.barred).not.toContain(REVIEWER)
    expect(row?.barred).not.toContain(OTHER_REVIEWER)
    for (const staffId of [REVIEWER, OTHER_REVIEWER])
      expect(await hasRow(staffId, one.id), staffId).toBe(true)
    await job()
    const page = await pageOf(signs, one.id)
    const words = JSON.stringify(page.staff?.organsAwaited)
    expect(words).toContain(`你代${await nameOf(inPlaceOf)}决定`)
    expect(words.match(/你代/g)).toHaveLength(1)
    expect((await act(await county.as(signs), one.id, 'grant')).status).toBe(200)
    const { timeline, documents } = await pageOf(signs, one.id)
    expect(timeline.find(({ note }) => note?.includes('决定：本人不在'))?.note).toContain(
      `代${await nameOf(inPlaceOf)}决定`,
    )
    const paper = await one.person.send('GET', `/api/cases/${one.id}/documents/${documents.at(-1)?.id}`)
    expect(JSON.stringify(paper.body)).toContain('代行本机关负责人职责的人')
  }
})

test('leaves that change once the case is there bring it to both by the job, and the history names both', async () => {
  const one = await accepted('邬丁')
  await passes(one.id)
  await leave(HEAD, REVIEWER)
  await leave(OTHER_HEAD, OTHER_REVIEWER)
  await job()
  for (const staffId of [REVIEWER, OTHER_REVIEWER]) {
    expect(await hasRow(staffId, one.id), staffId).toBe(true)
    expect(await allows(staffId, one.id), staffId).toContain('grant')
  }
  const note = (await pageOf(REVIEWER, one.id)).timeline
    .map((each) => each.note)
    .find((each) => each?.includes(' 不在'))
  for (const staffId of [REVIEWER, OTHER_REVIEWER]) expect(note).toContain(await nameOf(staffId))
  const { version } = await pageOf(REVIEWER, one.id)
  await job()
  expect((await pageOf(REVIEWER, one.id)).version).toBe(version)
})

test('of three heads two name one office and the third another: a row of each office, and all three decide', async () => {
  await changed(
    sql`insert into staff_roles (staff_id, role, unit_id, acting) values (${THIRD_HEAD}, 'dept-approver', 'transport', false)`,
  )
  await leave(THIRD_HEAD, WINDOW)
  const one = await twoNamed('邬戊')
  const rows = await rowsOf(one.id)
  expect(new Set(rows.map(({ role }) => role)).size).toBe(rows.length)
  for (const staffId of [REVIEWER, OTHER_REVIEWER, WINDOW])
    expect(await allows(staffId, one.id), staffId).toContain('grant')
  await changed(
    sql`delete from staff_roles where staff_id = ${THIRD_HEAD} and role = 'dept-approver' and unit_id = 'transport'`,
  )
  await job()
  expect(await hasRow(WINDOW, one.id)).toBe(false)
  expect(await allows(WINDOW, one.id)).not.toContain('grant')
  for (const staffId of [REVIEWER, OTHER_REVIEWER]) expect(await hasRow(staffId, one.id), staffId).toBe(true)
})

test('one of two heads is back: it is theirs, and neither who stood in', async () => {
  const one = await twoNamed('邬己')
  await isBack(HEAD)
  for (const staffId of [REVIEWER, OTHER_REVIEWER])
    expect(await allows(staffId, one.id)).not.toContain('grant')
  await job()
  for (const staffId of [REVIEWER, OTHER_REVIEWER]) expect(await hasRow(staffId, one.id), staffId).toBe(false)
  expect((await act(await county.as(HEAD), one.id, 'grant')).status).toBe(200)
})

/** Which messages of the case that call to its work each of the two was written. */
const calledTo = (id: string) =>
  Promise.all(
    [REVIEWER, OTHER_REVIEWER].map(async (staffId) => {
      const told = await county.services.database.rows(
        sql`select 1 from reminders where case_id = ${id}::uuid and recipient = ${`staff:${staffId}`} and kind = 'task'`,
      )
      return told.length
    }),
  )

test('whoever joins one who was named hears of it, once, and who has it already hears nothing anew', async () => {
  const one = await accepted('邬辛')
  await leave(HEAD, REVIEWER)
  await leave(OTHER_HEAD, REVIEWER)
  await passes(one.id)
  expect(await hasRow(OTHER_REVIEWER, one.id)).toBe(false)
  const [first = 0, second = 0] = await calledTo(one.id)
  await leave(OTHER_HEAD, OTHER_REVIEWER)
  await job()
  expect(await hasRow(OTHER_REVIEWER, one.id)).toBe(true)
  expect(await calledTo(one.id)).toEqual([first, second + 1])
  await job()
  expect(await calledTo(one.id)).toEqual([first, second + 1])
})

test('of two who are named one is named no more: the other keeps it alone', async () => {
  const one = await twoNamed('邬庚')
  await leave(HEAD, OTHER_REVIEWER)
  expect(await allows(REVIEWER, one.id)).not.toContain('grant')
  await job()
  expect(await hasRow(REVIEWER, one.id)).toBe(false)
  expect(await hasRow(OTHER_REVIEWER, one.id)).toBe(true)
  await leave(HEAD, REVIEWER)
  await job()
  for (const staffId of [REVIEWER, OTHER_REVIEWER]) expect(await hasRow(staffId, one.id), staffId).toBe(true)
})
