import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AboutCounty } from '#shared/contract/account'
import type { CaseList } from '#shared/contract/case'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { type County, caseOf, newcomer, openCounty, type Person, registerAs } from './county'
import { applicationOf, applicationWith, filing } from './filing'

const LAST = '2026-11-25'
let county: County
let known: Awaited<ReturnType<typeof newcomer>>
let atWindow: { id: string; idNumber: string; personId: string }
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T09:42:00+08:00', SERVICE_ENDS_ON: LAST })
  known = await newcomer(county, {
    name: '何老户',
    birth: '1980-02-03',
    villageCode: '341821105200',
    level: 1,
  })
  const { body } = await bornOnly('何窗口')
  const clerk = await county.as('zhao-min')
  const filled = { name: '何窗口', idNumber: body.idNumber }
  const application = await applicationOf(county, clerk, 'LX-017', filled)
  const typed = await clerk.send<{ id: string }>('POST', '/api/cases', {
    body: { ...application, channel: 'window' },
  })
  expect(typed.status, JSON.stringify(typed.body)).toBe(201)
  atWindow = { id: typed.body.id, idNumber: body.idNumber, personId: body.id }
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

const confirmed = async (personId: string, name: string, idNumber: string) => {
  const person = await county.logIn(personId)
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity', { body: { name, idNumber } })
  const sent = await person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  return person
}
const bornOnly = (name: string) =>
  county.door<{ id: string; idNumber: string }>('POST', 'people', {
    name,
    birth: '1980-02-03',
    villageCode: '341821105200',
  })
const isListed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.some((each) => each.id === id)

test('after it an invited successor comes in and works', async () => {
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  const invited = await (await county.as('he-jing')).send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'qian-li' },
  })
  expect(invited.status, JSON.stringify(invited.body)).toBe(201)
  const { body } = await bornOnly('钱丽')
  const successor = await confirmed(body.id, '钱丽', body.idNumber)
  await registerAs(county, successor, 'qian-li')
  const redeemed = await successor.send('POST', '/api/invitations/redemption', {
    body: { token: invited.body.token },
  })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect((await successor.send('GET', '/api/work/cases')).status).toBe(200)
})

test('after it whoever had a case typed at the window sees it and answers, and files nothing', async () => {
  const { id, idNumber, personId } = atWindow
  const filled = { name: '何窗口', idNumber }
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  const owner = await confirmed(personId, '何窗口', idNumber)
  expect(await isListed(owner, id)).toBe(true)
  const { version } = await caseOf(owner, id)
  const taken = await owner.send('POST', `/api/cases/${id}/takeover`, { body: { version } })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await file(owner, 'LX-018', filled)).body).toMatchObject({ code: 'application.service-over' })
})

test('after it whoever closed their account comes back', async () => {
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  expect((await known.person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  const back = await county.logIn(known.personId)
  expect((await back.send('GET', '/api/cases')).status).toBe(200)
})
