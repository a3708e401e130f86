import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { file } from '../e2e/scenes'
import { type act, type County, caseOf, openCounty, type Person } from './county'
import { asked, disowning } from './disowning'

// A share whose date runs into a year without a calendar gets it when the year is there, whether or not its case waited.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, does, titlesOf, toldOf, queuedOf, leftOut } = disowning(() => county)

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const KINDS = ['left out', 'village stage', 'publicity', 'delivery'] as const
type Filed = Record<(typeof KINDS)[number], { id: string; staff: string; filer: Person }>

const holderAt = async (id: string) => {
  const [task] = await rows<{ role: string; unit: string }>(
    sql`select role, unit_id as unit from case_tasks where case_id = ${id}::uuid limit 1`,
  )
  const { holders } = await county.app.reference.current()
  return holders(task?.role as Parameters<typeof holders>[0], task?.unit ?? '')[0]?.id ?? ''
}
const doneBy = async (id: string, action: Parameters<typeof act>[2], more = {}) =>
  does(await holderAt(id), id, action, more)

async function fileAll(): Promise<Filed> {
  await setClock('2026-12-24T09:00:00')
  const [seller, builder, neighbour] = [
    await born('郦卖房', 3, '1970-01-01'),
    await born('郦建房', 3, '1971-01-01'),
    await born('郦邻居', 3, '1972-01-01'),
  ]
  const sold = await file(county, seller, 'LX-047')
  await doneBy(sold, 'accept')
  await doneBy(sold, 'pass')
  await setClock('2026-12-28T09:00:00')
  await doneBy(sold, 'grant')
  const built = await file(county, builder, 'LX-025')
  await doneBy(built, 'verify')
  await doneBy(built, 'publish-notice')
  await setClock('2026-12-30T09:00:00')
  const next = await file(county, neighbour, 'LX-025')
  await setClock('2026-12-31T17:40:00')
  const window = (await county.app.reference.current()).holders('window', 'market')[0]?.id ?? ''
  const founded = await leftOut(window)
  const typist = await county.as(window)
  return {
    'left out': { id: founded, staff: window, filer: typist },
    'village stage': { id: next, staff: 'wang-lixin', filer: neighbour.person },
    publicity: { id: built, staff: 'wang-lixin', filer: builder.person },
    delivery: { id: sold, staff: await holderAt(sold), filer: seller.person },
  }
}

const versionsOf = async (filed: Filed) =>
  rows(
    sql`select id, version from cases where id in (select json_array_elements_text(${JSON.stringify(
      Object.values(filed).map(({ id }) => id),
    )}::json)::uuid) order by id`,
  )
const dueTold = async (id: string) =>
  (
    await rows<{ kind: string }>(
      sql`select distinct kind from reminders where case_id = ${id}::uuid and (kind like 'due-%' or kind = 'promise-broken')
        order by kind`,
    )
  ).map(({ kind }) => kind)

let filed: Filed
let notice: { readonly id: string; readonly filer: Person }
test('while the year is missing nothing is written, night after night', async () => {
  filed = await fileAll()
  const answering = await born('郦要补', 3)
  notice = { id: await file(county, answering, 'LX-005'), filer: answering.person }
  await does('zhao-min', notice.id, 'request-correction', asked('居民身份证'))
  for (const kind of KINDS)
    expect(await queuedOf(filed[kind].staff, filed[kind].id), kind).toMatchObject({
      dueOn: null,
      light: { kind: 'unknown' },
    })
  const before = await versionsOf(filed)
  await setClock('2027-01-03T12:00:00')
  await county.app.jobs['run-deadlines']()
  expect(await versionsOf(filed)).toEqual(before)
})

test('once it is there each share has its date, once, and its holders are reminded', async () => {
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, '["2027-01-01","2027-01-02","2027-01-03"]', '[]', 'test')`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  await setClock('2027-01-03T20:00:00')
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['run-deadlines']()
  for (const kind of KINDS) {
    const { id, staff, filer } = filed[kind]
    const { timeline } = await caseOf(await county.as(staff), id)
    expect(
      timeline.filter(({ type }) => type === 'dates-filled').map(({ who }) => who),
      kind,
    ).toEqual(['自动补上'])
    expect((await queuedOf(staff, id))?.dueOn, kind).toMatch(/^2027-01/)
    // The applicant's own date was there before, or waits for something else.
    expect(
      (await titlesOf(filer, id)).filter((title) => title.includes('日期定了')),
      kind,
    ).toEqual([])
  }
  // Who was promised a day "once it is known" is told it, once.
  const dated = (await toldOf(notice.filer, notice.id)).filter(({ title }) => title.includes('日期定了'))
  expect(dated.map(({ lines }) => lines[0])).toEqual([
    '因为 2027 年的放假安排公布了，要补的 1月15日 前交上来',
  ])
  await setClock('2027-01-29T12:00:00')
  for (const kind of KINDS) {
    const { id, staff } = filed[kind]
    expect((await queuedOf(staff, id))?.light, kind).toMatchObject({ kind: 'late' })
    // Whoever was told that the promise is broken is not told of the task once more.
    const told = await dueTold(id)
    expect(told.includes('due-late') || told.includes('promise-broken'), kind).toBe(true)
  }
})
