import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What nobody can foretell when a case is written: lists and the job of the night go by its state then.
let county: County
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
}, 120_000)
afterAll(() => county.close())

const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const born = async (name: string, level: 2 | 3) => ({
  name,
  ...(await newcomer(county, { name, birth: '1944-03-05', villageCode: DALIANG, level })),
})
const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)

async function does(
  staff: string,
  id: string,
  ...how: [Parameters<typeof act>[2], Record<string, unknown>?]
) {
  const { status, body } = await act(await county.as(staff), id, ...how)
  expect(status, JSON.stringify(body)).toBe(200)
}
const ask = (id: string, names: readonly string[]) =>
  does('zhao-min', id, 'request-correction', {
    reason: '再对一遍',
    items: names.map((name) => ({ kind: 'field', name, reason: '再对一遍' })),
  })

test('a notice that the filer’s own confirmation answers: list and page tell one date', async () => {
  const filer = await born('余自核', 2)
  const id = await file(county, filer, 'LX-005')
  await does('wang-lixin', id, 'verify')
  await ask(id, ['name', 'idNo'])
  await setClock('2026-11-27T10:00:00')
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: filer.personId,
    purpose: 'real-name',
  })
  const confirmed = await filer.person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(confirmed.status).toBe(200)
  const view = await caseOf(filer.person, id)
  expect(view.status).not.toBe('correcting')
  const { dueOn, light, nowText } = view
  expect(await listed(filer.person, id)).toMatchObject({ statusText: nowText, dueOn, light })
})

test('the notice that runs out first stands first on the first screen', async () => {
  const filer = await born('余先补', 3)
  const asked = async (itemId: string) => {
    const id = await file(county, filer, itemId)
    await does('wang-lixin', id, 'verify')
    await ask(id, ['mobile'])
    return id
  }
  const first = await asked('LX-005')
  await setClock('2026-12-02T10:00:00')
  const second = await asked('LX-009')
  const home = (await filer.person.send<Home>('GET', '/api/home')).body
  expect(home.me?.todos.map(({ caseId }) => caseId)).toEqual([first, second])
})

test('what was filed before the next year had a calendar: a village’s days are counted, and silence accepts', async () => {
  await setClock('2026-12-28T10:00:00')
  const filer = await born('余跨年', 3)
  const ids = [await file(county, filer, 'LX-036'), await file(county, filer, 'LX-017')]
  const atVillage = await file(county, filer, 'LX-025')
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, '["2027-01-01","2027-01-02","2027-01-03"]', '[]', 'test')`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
  const { light, dueBecause } = await caseOf(filer.person, atVillage)
  expect(light.kind).toBe('calm')
  expect(await listed(filer.person, atVillage)).toMatchObject({ light, dueBecause })
  await setClock('2027-01-13T00:30:00')
  await county.app.jobs['run-deadlines']()
  for (const id of ids) {
    const view = await caseOf(filer.person, id)
    expect(await listed(filer.person, id)).toMatchObject({ status: view.status, statusText: view.nowText })
    const [row] = await rows<{ status: string }>(sql`select status from cases where id = ${id}::uuid`)
    expect(row?.status).not.toBe('submitted')
  }
})
