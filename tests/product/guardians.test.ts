import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, GivenConsents } from '#shared/contract/account'
import type { CaseList } from '#shared/contract/case'
import type { Problem } from '#shared/contract/problems'
import { type County, newcomer, openCounty, type Person } from './county'
import { applicationOf } from './filing'

// 个人信息保护法 第31条: of a child under fourteen a parent or guardian agrees.

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** In the words of the pack's only version. */
const GUARDIAN = [{ purpose: 'guardian', version: '1' }]

const DALIANG = '341821105200'
const born = async (name: string, birth: string, level: 0 | 1 | 3) => ({
  ...(await newcomer(county, { name, birth, villageCode: DALIANG, level })),
  name,
})
const applied = (by: Person, { name, idNumber }: { name: string; idNumber: string }) =>
  applicationOf(county, by, 'LX-015', { name, idNumber })
const send = (by: Person, body: object) =>
  by.send<Problem & { id: string }>('POST', '/api/cases', { body, unticked: true })
const guardianOf = async (person: Person) =>
  (await person.send<GivenConsents>('GET', '/api/account/consents')).body.consents.filter(
    ({ purpose }) => purpose === 'guardian',
  )

test('who files for a child agrees as its guardian first: nothing is kept before, and with it the filing goes on', async () => {
  const parent = await born('牟家长', '1985-03-05', 3)
  const child = await born('牟小宝', '2019-03-05', 0)
  const body = await applied(parent.person, child)
  const [consent] = GUARDIAN
  const refused = await send(parent.person, body)
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'account.consent-needed', consents: [consent] },
  })
  expect((await parent.person.send<CaseList>('GET', '/api/cases')).body.items).toEqual([])
  expect(await guardianOf(parent.person)).toEqual([])

  const agreed = await parent.person.send('POST', '/api/account/consents', { body: { consents: [consent] } })
  expect(agreed.status).toBe(200)
  expect((await send(parent.person, body)).status).toBe(201)
  expect(await guardianOf(parent.person)).toEqual([
    expect.objectContaining({ ...consent, at: expect.any(String), current: true, withdrawable: true }),
  ])
})

test('taken back it is asked anew, and of nobody who files for an adult', async () => {
  const parent = await born('牟收回', '1985-03-06', 3)
  const child = await born('牟二宝', '2019-03-06', 0)
  const own = await send(parent.person, await applied(parent.person, parent))
  expect(own.status, JSON.stringify(own.body)).toBe(201)
  const consents = GUARDIAN
  await parent.person.send('POST', '/api/account/consents', { body: { consents } })
  const back = await parent.person.send('POST', '/api/account/consents/withdrawal', {
    body: { purpose: 'guardian' },
  })
  expect(back.status, JSON.stringify(back.body)).toBe(200)
  expect(await send(parent.person, await applied(parent.person, child))).toMatchObject({
    status: 409,
    body: { consents },
  })
})

test('a child’s own number is not kept on a tick of its own, with which nothing else is kept either', async () => {
  const child = await born('牟自己', '2016-03-05', 1)
  const typed = await child.person.send<Problem>('POST', '/api/account/identity', {
    body: { name: child.name, idNumber: child.idNumber },
    unticked: true,
  })
  expect(typed).toMatchObject({ status: 422, body: { code: 'account.guardian-needed' } })
  const account = (await child.person.send<Account>('GET', '/api/account')).body
  expect(account).toMatchObject({ realNameLevel: 1, name: null, idNumberMasked: null })
})
