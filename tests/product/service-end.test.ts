import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AboutCounty } from '#shared/contract/account'
import type { Problem } from '#shared/contract/problems'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { type County, caseOf, newcomer, openCounty } from './county'
import { applicationWith, filing } from './filing'

const LAST = '2026-11-25'
let county: County
let known: Awaited<ReturnType<typeof newcomer>>
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T09:42:00+08:00', SERVICE_ENDS_ON: LAST })
  known = await newcomer(county, {
    name: '何老户',
    birth: '1980-02-03',
    villageCode: '341821105200',
    level: 1,
  })
})
afterAll(() => county.close())

const file = filing(() => county)

test('until the day that was announced applications are taken, then none; what was filed goes on', async () => {
  const who = { name: '何停用', birth: '1980-02-03', villageCode: '341821105200' }
  const { person, idNumber } = await newcomer(county, { ...who, level: 2 })
  const home = async () => (await county.visitor.send<Home>('GET', '/api/home')).body
  expect((await home()).endsOn).toBe(LAST)
  expect((await county.visitor.send<AboutCounty>('GET', '/api/about')).body.endsOn).toBe(LAST)
  await county.door('POST', 'clock', { set: '2026-11-25T23:00:00+08:00' })
  const filed = await file(person, 'LX-017', { name: who.name, idNumber })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  const over = { status: 409, body: { code: 'application.service-over' } }
  expect(await file(person, 'LX-018', { name: who.name, idNumber })).toMatchObject(over)
  expect(await person.send('GET', '/api/service-items/LX-018/form')).toMatchObject(over)
  // Nor does the guide promise a day to whoever may not apply today.
  const guide = (await person.send<ServiceGuide>('GET', '/api/service-items/LX-018')).body
  expect(guide).toMatchObject({ endsOn: LAST, dueIfFiledToday: { dueOn: null, lastOn: null } })
  const clerk = await county.as('zhao-min')
  const body = applicationWith(county, 'LX-018', { name: who.name, idNumber }, randomUUID)
  const typed = await clerk.send('POST', '/api/cases', { body: { ...body, channel: 'window' } })
  expect(typed).toMatchObject(over)
  // The clerk is the window to which everybody else is sent.
  for (const refused of [typed, await clerk.send('GET', '/api/service-items/LX-018/form')])
    expect(refused.body).toMatchObject({
      code: 'application.service-over',
      title: '这里停用了，不录新的申请',
    })
  const { version, status } = await caseOf(person, filed.body.id)
  expect(status).toBe('submitted')
  const gone = await person.send('POST', `/api/cases/${filed.body.id}/withdrawal`, {
    body: { reason: '不办了', version },
  })
  expect(gone.status, JSON.stringify(gone.body)).toBe(200)
})

test('whoever is new is not taken any more, and nothing is kept of them; whoever is known comes in, and may close', async () => {
  const other = await county.door<{ id: string }>('POST', 'people', {
    name: '何新来',
    birth: '1980-02-03',
    villageCode: '341821105200',
  })
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  const logIn = async (person: string) => {
    const { body } = await county.door<{ code: string }>('POST', 'login-codes', { person })
    return county.visitor.send<Problem>('POST', '/api/sessions', { body: { code: body.code } })
  }
  const count = () => county.services.database.rows(sql`select count(*) from profiles`)
  const before = await count()
  // Nor are they asked to agree to anything first.
  expect(await logIn(other.body.id)).toMatchObject({ status: 409, body: { code: 'account.service-over' } })
  expect(await count()).toEqual(before)
  expect((await logIn(known.personId)).status).toBe(201)
  expect((await known.person.send('GET', '/api/cases')).status).toBe(200)
  expect((await known.person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  expect((await logIn(known.personId)).body.code).toBe('account.service-over')
})
