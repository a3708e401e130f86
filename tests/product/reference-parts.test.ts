import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { endWork } from '../../functions/features/account'
import { ALLOWANCE, fileAllowance } from './allowance'
import { act, askedBy, type County, newcomer, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())
afterEach(() => vi.restoreAllMocks())

const dialect = new PgDialect()

/** Lets `change` happen just before the first statement that matches is sent; answers all that are sent from then on. */
function before(matches: RegExp, change: () => Promise<unknown>) {
  const database = askedBy(county)
  const rows = database.rows.bind(database)
  const sent: string[] = []
  let isDone = false
  vi.spyOn(database, 'rows').mockImplementation(async (statement: SQL) => {
    const text = dialect.sqlToQuery(statement).sql
    if (!isDone && matches.test(text)) {
      isDone = true
      await change()
    }
    if (isDone) sent.push(text)
    return rows(statement)
  })
  const select = database.db.select.bind(database.db)
  vi.spyOn(database.db, 'select').mockImplementation((columns: Parameters<typeof select>[0]) => {
    if (isDone) sent.push(`select ${Object.keys(columns)}`)
    return select(columns)
  })
  return (matching: RegExp) => sent.filter((text) => matching.test(text)).length
}

const FILES = /insert into cases /
const MOVES = /moved as \(/
const CATALOGUE = /from service_items/
const CALENDAR = /^select revision,years$/
const REGISTRY = /^select revision,units,staff,roles,points$/

const resident = (name: string) =>
  newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level: 3 })

const calendarChanges = () =>
  county.services.database.rows(
    sql`update reference_data set calendar = calendar + 1, revision = revision + 1`,
  )

test('somebody’s leaving at that moment makes no filing stale, and is known to the next', async () => {
  const first = await resident('沈春兰')
  const count = before(FILES, () => endWork(county.services, 'wang-lixin'))
  await fileAllowance(first.person, '沈春兰', first.idNumber)
  expect(count(FILES)).toBe(1)
  const second = await resident('沈夏荷')
  await fileAllowance(second.person, '沈夏荷', second.idNumber)
  expect(county.app.reference.known().staff.has('wang-lixin')).toBe(false)
  expect({
    files: count(FILES),
    catalogue: count(CATALOGUE),
    calendar: count(CALENDAR),
    registry: count(REGISTRY),
  }).toEqual({ files: 2, catalogue: 0, calendar: 0, registry: 1 })
})

test('a calendar that changes at that moment makes it anew, and nothing else is read again', async () => {
  const { person, idNumber } = await resident('沈秋菊')
  const count = before(FILES, calendarChanges)
  await fileAllowance(person, '沈秋菊', idNumber)
  expect({
    files: count(FILES),
    catalogue: count(CATALOGUE),
    calendar: count(CALENDAR),
    registry: count(REGISTRY),
  }).toEqual({ files: 2, catalogue: 0, calendar: 1, registry: 0 })
})

test('an act is decided again when calendar or registry change at that moment, and not for a new guide', async () => {
  const { person, idNumber } = await resident('沈冬梅')
  const { id } = await fileAllowance(person, '沈冬梅', idNumber)
  const clerk = await county.as('zhao-min')
  const guideChanges = () =>
    county.services.database.rows(
      sql`update reference_data set catalogue = catalogue + 1, revision = revision + 1`,
    )
  const ofGuide = before(MOVES, guideChanges)
  expect((await act(clerk, id, 'accept')).status).toBe(200)
  expect(ofGuide(MOVES)).toBe(1)
  for (const [name, change] of [
    ['沈冬雪', () => endWork(county.services, 'sun-zhiyuan')],
    ['沈冬青', calendarChanges],
  ] as const) {
    vi.restoreAllMocks()
    const other = await resident(name)
    const filed = await fileAllowance(other.person, name, other.idNumber)
    const ofOthers = before(MOVES, change)
    expect((await act(clerk, filed.id, 'accept')).status).toBe(200)
    expect(ofOthers(MOVES)).toBe(2)
  }
})
