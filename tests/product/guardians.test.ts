import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, GivenConsents } from '#shared/contract/account'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Problem } from '#shared/contract/problems'
import { addDays, birthdayAt, dayIn } from '#shared/domain/kernel/plain-date'
import { sealedIn } from '../../functions/platform/ports/sealed-in'
import { act, caseOf } from './client'
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

test('the form says beforehand what a guardian has still to agree to, so that nothing of a child goes out before', async () => {
  const parent = await born('牟先问', '1985-03-09', 3)
  const asked = async () =>
    (await parent.person.send<ApplicationForm>('GET', '/api/service-items/LX-021/form')).body.guardianConsents
  expect(await asked()).toEqual(GUARDIAN)
  await parent.person.send('POST', '/api/account/consents', { body: { consents: GUARDIAN } })
  expect(await asked()).toEqual([])
  await parent.person.send('POST', '/api/account/consents/withdrawal', { body: { purpose: 'guardian' } })
  expect(await asked()).toEqual(GUARDIAN)
})

/** What `parent` applies for themselves, with answers that name somebody else. */
const naming = async (parent: Awaited<ReturnType<typeof born>>, itemId: string, answers: object) =>
  send(parent.person, await applicationOf(county, parent.person, itemId, parent, { ...answers }))
const ASKED = { status: 409, body: { code: 'account.consent-needed', consents: GUARDIAN } }
const agreeAsGuardian = async ({ person }: { person: Person }) => {
  const { status } = await person.send('POST', '/api/account/consents', { body: { consents: GUARDIAN } })
  expect(status).toBe(200)
}

test('who applies in their own name agrees for the child that the form names: by its number, or a baby’s day of birth', async () => {
  const parent = await born('牟双亲', '1985-03-07', 3)
  const child = await born('牟三宝', '2020-03-07', 0)
  const orphan = { childName: child.name, childId: child.idNumber }
  const baby = { babyName: '牟新生', birthDate: '2026-11-20' }
  expect(await naming(parent, 'LX-011', orphan)).toMatchObject(ASKED)
  expect(await naming(parent, 'LX-002', baby)).toMatchObject(ASKED)
  await agreeAsGuardian(parent)
  for (const [itemId, answers] of [
    ['LX-011', orphan],
    ['LX-002', baby],
  ] as const) {
    const filed = await naming(parent, itemId, answers)
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  }
})

test('a child in a row of the household is asked for, and nobody who is fourteen on the day', async () => {
  const builder = await born('牟建房', '1985-03-08', 3)
  const today = dayIn(county.services.clock.now())
  const birthday = birthdayAt(today, -14)
  const household = async (birth: string) => {
    const child = await born('牟四宝', birth, 0)
    const row = (of: typeof child, mRel: string) => ({ mName: of.name, mId: of.idNumber, mRel })
    return naming(builder, 'LX-025', { members: [row(builder, '本人'), row(child, '子女')] })
  }
  expect(await household(addDays(birthday, 1))).toMatchObject(ASKED)
  const filed = await household(birthday)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect(await guardianOf(builder.person)).toEqual([])
})

test('a child that a supplement brings in is asked for as at filing', async () => {
  const filer = await born('牟补人', '1985-03-09', 3)
  const [grown, child] = [await born('牟大人', '1950-03-09', 0), await born('牟五宝', '2018-03-09', 0)]
  const filed = await send(filer.person, await applied(filer.person, grown))
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const items = ['name', 'idNo'].map((name) => ({ kind: 'field', name, reason: '再对一遍' }))
  const noticed = await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '名字和号码再对一遍',
    items,
  })
  expect(noticed.status, JSON.stringify(noticed.body)).toBe(200)
  const supplement = async ({ name, idNumber }: typeof child) =>
    filer.person.send<Problem>('POST', `/api/cases/${id}/supplement`, {
      body: { version: (await caseOf(filer.person, id)).version, answers: { name, idNo: idNumber } },
      unticked: true,
    })
  expect(await supplement(child)).toMatchObject(ASKED)
  expect((await caseOf(filer.person, id)).correction).not.toBeNull()
  await agreeAsGuardian(filer)
  const answered = await supplement(child)
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
})

test.each([
  ['window', 'zhao-min', '赵敏'],
  ['village', 'wang-lixin', '王立新'],
])(
  'who types their own application at a %s agrees for their child as on the phone; who types for others does not',
  async (channel, staffId, name) => {
    const clerk = await county.as(staffId)
    const [row] = await county.services.database.rows<{ sealed: string; id: string }>(
      sql`select id, id_number_sealed as sealed from profiles where staff_id = ${staffId}`,
    )
    const idNumber = county.services.cipher.decrypt(
      row?.sealed ?? '',
      sealedIn.profile(row?.id ?? '', 'idNumber'),
    )
    const child = await born('牟六宝', '2020-03-10', 0)
    const orphan = { childName: child.name, childId: child.idNumber }
    const typed = async (of: { name: string; idNumber: string }) => {
      const body = await applicationOf(county, clerk, 'LX-011', of, orphan)
      return send(clerk, { ...body, channel, assisted: true })
    }
    const parent = await born('牟来人', '1985-03-10', 0)
    const forOthers = await typed(parent)
    expect(forOthers.status, JSON.stringify(forOthers.body)).toBe(201)
    expect(await typed({ name, idNumber })).toMatchObject(ASKED)
    await agreeAsGuardian({ person: clerk })
    const own = await typed({ name, idNumber })
    expect(own.status, JSON.stringify(own.body)).toBe(201)
  },
)
