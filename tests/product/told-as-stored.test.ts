import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { SessionList } from '#shared/contract/account'
import { loadRegistry } from '../../functions/features/organization'
import { loadCalendar } from '../../functions/features/time-limit'
import { readEventLog } from '../../functions/platform/db/event-log'
import { file } from '../e2e/scenes'
import { type County, openCounty } from './county'

// What the builder asks by columns of the schema comes out as the database has it: numbers as numbers, times as the product
// writes them, and JSON read.

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)

test('the registry and the calendar are all that stands in their tables, as of their revision', async () => {
  const { database } = county.services
  const { revision, registry } = await loadRegistry(database)
  const [stored] = await rows<{ registry: number; calendar: number }>(sql`select * from reference_data`)
  expect(revision).toBe(stored?.registry)
  const units = await rows<{ id: string }>(sql`select id, kind, name, short_name as "shortName",
    parent_id as "parentId", credit_code as "creditCode", phone, document_prefix as "documentPrefix",
    review_authority as "reviewAuthority", court from units`)
  expect(units.length).toBeGreaterThan(50)
  expect(registry.units).toEqual(new Map(units.map((unit) => [unit.id, unit])))
  const staff = await rows<{ id: string }>(sql`select id, name, active, part_time as "partTime",
    duty_hours as "dutyHours", leave, substitute_id as "substituteId" from staff where active`)
  expect(registry.staff).toEqual(new Map(staff.map((member) => [member.id, member])))
  const roles = await rows<{
    role: string
    unitId: string
  }>(sql`select role, unit_id as "unitId" from staff_roles
    where staff_id = 'he-jing'`)
  expect(registry.rolesOf('he-jing')).toEqual(roles)
  const points = await rows<{
    unitId: string
  }>(sql`select id, unit_id as "unitId", name, address, phone, hours
    from service_points`)
  expect(points.length).toBeGreaterThan(10)
  expect(registry.servicePoints).toEqual(new Map(points.map((point) => [point.unitId, point])))

  const published = await loadCalendar(database)
  expect(published.revision).toBe(stored?.calendar)
  const years = await rows<{ year: number; offDays: string[]; workDays: string[] }>(sql`select year,
    off_days as "offDays", work_days as "workDays" from calendar_years`)
  expect(published.calendar).toEqual(
    new Map(
      years.map(({ year, offDays, workDays }) => [
        year,
        { offDays: new Set(offDays), workDays: new Set(workDays) },
      ]),
    ),
  )
})

test('a database that no pack was loaded into has revision 0 and nothing in it', async () => {
  const { database } = county.services
  const empty = database.transaction(async (db) => {
    await db.execute(sql`truncate reference_data, calendar_years`)
    throw await loadCalendar({ ...database, db })
  })
  await expect(empty).rejects.toEqual({ revision: 0, calendar: new Map() })
})

test('sessions are listed with their times, the one seen last first, and which of them asks', async () => {
  const first = await county.logIn('chen-guilan')
  await county.door('POST', 'clock', { advanceHours: 1 })
  const second = await county.logIn('chen-guilan')
  const list = async (of: typeof first) => (await of.send<SessionList>('GET', '/api/sessions')).body.sessions
  const listed = await list(second)
  expect(listed.map(({ current }) => current)).toEqual([true, false])
  for (const { id, createdAt } of listed) {
    const [stored] = await rows<{
      at: number
    }>(sql`select (extract(epoch from created_at) * 1000)::float8 as at
      from sessions where id = ${id}::uuid`)
    expect(createdAt).toBe(new Date(stored?.at ?? 0).toISOString())
  }
  expect((await list(first)).filter(({ current }) => current).map(({ id }) => id)).toEqual([listed[1]?.id])
})

test('an event of the log has its place and its time', async () => {
  const person = await county.as('chen-guilan')
  const id = await file(county, { person, name: '陈桂兰', idNumber: '341821194611180024' }, 'LX-005')
  // What another database of this server has under way holds the log back for so long.
  const logged = await vi.waitFor(
    async () => {
      const [first] = await readEventLog(county.services.database, null, 1)
      if (!first) throw new Error('not told yet')
      return first
    },
    { timeout: 20_000 },
  )
  const [stored] =
    await rows<object>(sql`select e.life, e.written_in::text as "writtenIn", e.id, e.case_id as "caseId",
    e.sequence, e.actor from case_events e`)
  expect(logged).toMatchObject({ ...stored, caseId: id, sequence: 1 })
  expect(logged.event).toMatchObject({
    type: 'filed',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
  })
})
