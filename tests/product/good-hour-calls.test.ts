import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG, file } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, openCounty, sendAll } from './county'
import { disowning } from './disowning'
import { nothingMissing } from './project'

// A message calls to work, or says what others shall do: whether its phone still rings goes by that, not by the column of its row.
let county: County
const { born, does, disown, send } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })
const remind = () => county.app.jobs['remind-of-deadlines']()
const deadlines = () => county.app.jobs['run-deadlines']()
const changed = (what: ReturnType<typeof sql>) =>
  county.services.database.rows(
    sql`with changed as (${what}) update reference_data set revision = revision + 1, registry = registry + 1`,
  )
const leave = (where: ReturnType<typeof sql>, days: object[]) =>
  changed(sql`update staff set leave = ${JSON.stringify(days)}::jsonb where ${where}`)

beforeAll(async () => {
  county = await openCounty()
}, 120_000)
afterAll(() => county.close())

/** What of a case rang, and what stayed in the app: its kinds, oldest first. */
async function toldOf(staffId: string, id: string) {
  await sendAll(county)
  const { body } = await county.door<{ deliveries: { page: string; at: string }[] }>(
    'GET',
    `deliveries?person=${staffId}`,
  )
  const rows = await county.services.database.rows<{ kind: string; channel: string }>(
    sql`select kind, channel from reminders where recipient = ${`staff:${staffId}`} and case_id = ${id}::uuid
      order by created_at, id`,
  )
  const kindsOf = (inApp: boolean) =>
    rows.filter(({ channel }) => (channel === 'inbox') === inApp).map(({ kind }) => kind)
  const rings = body.deliveries.filter(({ page }) => page.includes(id)).length
  return { rung: kindsOf(false), kept: kindsOf(true), rings }
}

/** A project that a stranger filed under the credit code of a firm, accepted. */
async function disownedProject() {
  const { person } = await born('郏先办', 3, '1981-03-05')
  const item = packItems().find(({ id }) => id === 'LX-045')
  if (!item) throw new Error('no LX-045')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const firm = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K' }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: item.id, answers: { ...answers, ...firm }, materials },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const [row] = await county.services.database.rows<{ unit: string }>(
    sql`select part_unit_id as unit from case_tasks where case_id = ${id}::uuid and step_key = 'accept'`,
  )
  const unit = row?.unit ?? ''
  const { holders } = await county.app.reference.current()
  const officers = holders('project-officer', unit).map(({ id: staffId }) => staffId)
  await does(officers[0] ?? '', await nothingMissing(county, id), 'accept')
  await disown(await county.as('li-jianguo'), id)
  return { id, unit }
}

test('whoever a disowned joint case comes to, to end it, hears of it', async () => {
  await setClock('2026-11-24T09:47')
  const { id, unit } = await disownedProject()
  const isOfficer = sql`id in (select staff_id from staff_roles where role = 'project-officer' and unit_id = ${unit})`
  await leave(isOfficer, [{ from: '2026-11-01', to: '2027-06-30', substituteId: null }])
  await setClock('2026-12-01T10:00')
  await remind()
  const takers = await county.services.database.rows<{ id: string }>(
    sql`select distinct s.staff_id as id from case_tasks t join staff_roles s on s.role = t.role and s.unit_id = t.unit_id
      where t.case_id = ${id}::uuid and t.approval and t.role <> 'project-officer'`,
  )
  expect(takers.length).toBeGreaterThan(0)
  for (const { id: taker } of takers) {
    const { rung, kept } = await toldOf(taker, id)
    expect(rung, taker).toHaveLength(1)
    expect(kept, taker).toEqual([])
  }
  await leave(isOfficer, [])
})

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const numberOf = (body: string) =>
  body + '10X98765432'.charAt(WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0) % 11)

test('nobody is told to pass on what was answered hours before', async () => {
  await setClock('2026-12-01T18:35')
  const agent = await county.as('wang-lixin')
  const whom = { name: '谷无号', idNumber: numberOf('34182119440305672') }
  const id = await file(
    county,
    { person: agent, ...whom, agent: true, channel: 'village' } as never,
    'LX-005',
  )
  await setClock('2026-12-02T09:30')
  await does('zhao-min', id, 'request-correction', {
    reason: '号码少一位',
    items: [{ kind: 'field', name: 'mobile', reason: '号码少一位' }],
  })
  await setClock('2026-12-02T14:00')
  const brought = await send(await county.as('zhao-min'), id, 'supplement', {
    answers: { mobile: '15400000002' },
  })
  expect(brought.status, JSON.stringify(brought.body)).toBe(200)
  await setClock('2026-12-04T18:31')
  const told = await toldOf('wang-lixin', id)
  expect(told.kept).toContain('correction-requested')
  expect(told.rung).not.toContain('correction-requested')
})

const HEADS = sql`id like 'approver-transport-%'`
const COMER = 'reviewer-transport-2'

test('a request that was answered before the phone rang is asked for by none, nor said to be over', async () => {
  await setClock('2026-12-07T10:00')
  const who = { ...(await born('石答过', 3, '1980-03-05')), name: '石答过' }
  const id = await file(county, who, 'LX-038')
  await does('window-transport', id, 'accept')
  await does('reviewer-transport-1', id, 'request-approval', {
    for: 'extend',
    reason: '车辆检测结果还没回来',
  })
  await setClock('2026-12-07T17:40')
  await leave(HEADS, [{ from: '2026-11-01', to: '2027-06-30', substituteId: COMER }])
  await deadlines()
  await setClock('2026-12-07T17:50')
  await leave(HEADS, [])
  await does('approver-transport-1', id, 'reject-approval', { reason: '来得及' })
  await setClock('2026-12-08T08:31')
  const { rung, kept } = await toldOf(COMER, id)
  expect(kept).toEqual(expect.arrayContaining(['approvers-changed', 'approval-overtaken']))
  expect(rung.filter((kind) => kind.startsWith('approv'))).toEqual([])
})

test('whose phone rang with a request hears that it is over', async () => {
  await setClock('2026-12-08T10:00')
  const who = { ...(await born('石响过', 3, '1980-03-05')), name: '石响过' }
  const id = await file(county, who, 'LX-038')
  await does('window-transport', id, 'accept')
  await does('reviewer-transport-1', id, 'request-approval', {
    for: 'extend',
    reason: '车辆检测结果还没回来',
  })
  // The morning's push is out; by the afternoon the next one is.
  await sendAll(county)
  await setClock('2026-12-08T15:00')
  await sendAll(county)
  await does('approver-transport-1', id, 'reject-approval', { reason: '来得及' })
  expect((await toldOf('approver-transport-2', id)).rung).toEqual(['approval', 'approval-overtaken'])
})

test('work that rested when its phone was to ring is told of when it is there again', async () => {
  await setClock('2026-12-09T17:35')
  const id = await file(county, await born('石停过', 3, '1980-03-05'), 'LX-012')
  await does('window-disabled', id, 'accept')
  await does('reviewer-disabled-1', id, 'suspend', { basis: 'appraisal', expectedDays: 5, reason: '要评定' })
  await setClock('2026-12-10T08:31')
  expect(await toldOf('reviewer-disabled-2', id)).toMatchObject({ rung: [], kept: ['task'] })
  await setClock('2026-12-10T10:00')
  await does('reviewer-disabled-1', id, 'resume')
  expect((await toldOf('reviewer-disabled-2', id)).rung).toEqual(['task'])
})
