import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileAllowance } from './allowance'
import { type County, newcomer, openCounty, type Person } from './county'

// A supervisor holds no step: the whole number of a case is their way to it, and every look-up is counted.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const find = (person: Person, caseNumber: string) =>
  person.send('POST', '/api/work/case-numbers', { body: { caseNumber } })

test('the whole number answers the id and nothing else, to a supervisor alone, and is audited', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '丁号码',
    birth: '1944-03-05',
    villageCode: '341821105200',
    level: 3,
  })
  const { id, caseNumber } = await fileAllowance(person, '丁号码', idNumber)
  const supervisor = await county.as('supervisor-1')
  const found = await find(supervisor, caseNumber)
  expect([found.status, found.body]).toEqual([200, { id }])
  expect((await supervisor.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect((await find(await county.as('zhao-min'), caseNumber)).status).toBe(403)
  expect((await find(supervisor, '3418219999999999')).status).toBe(404)
  expect((await find(supervisor, caseNumber.slice(0, 15))).status).toBe(400)
  const audited = await county.services.database.rows(
    sql`select subject from audit_entries where action = 'case.find-by-number' order by at, id`,
  )
  expect(audited).toEqual([{ subject: `case:${id}` }, { subject: 'cases:0' }])
})

test('60 in an hour, then it waits', async () => {
  const supervisor = await county.as('supervisor-1')
  let last = await find(supervisor, '3418219999999999')
  for (let tries = 0; tries < 60 && last.status === 404; tries += 1)
    last = await find(supervisor, '3418219999999999')
  expect(last).toMatchObject({ status: 429, body: { retryAfterSeconds: expect.any(Number) } })
})
