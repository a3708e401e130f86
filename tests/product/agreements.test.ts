import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AgreementList, GivenConsents } from '#shared/contract/account'
import type { ApplicationForm } from '#shared/contract/application'
import type { Problem } from '#shared/contract/problems'
import type { Agreement } from '#shared/domain/account/agreements'
import type { KeptConsent } from '#shared/domain/account/consents'
import { type County, newcomer, openCounty, type Person } from './county'
import { filing } from './filing'
import { layDown, takeAway } from './new-words'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const file = filing(() => county)
const BORN = { name: '何点头', birth: '1980-02-03', villageCode: '341821105200' }
const rows = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(query)

const profilesKept = async () =>
  (await rows<{ count: number }>(sql`select count(*)::int from profiles`))[0]?.count
const keptOf = async ({ person }: { person: Person }) => {
  const { id } = (await person.send<{ id: string }>('GET', '/api/account')).body
  const [row] = await rows<{ consents: readonly KeptConsent[] }>(
    sql`select consents from profiles where id = ${id}::uuid`,
  )
  return row?.consents ?? []
}
const codeFor = async (person: string, purpose?: string) =>
  (await county.door<{ code: string }>('POST', 'login-codes', { person, purpose })).body.code
const consentsOf = async (person: Person) =>
  (await person.send<GivenConsents>('GET', '/api/account/consents')).body
const needed = (...purposes: string[]) => ({
  status: 409,
  body: {
    code: 'account.consent-needed',
    consents: purposes.map((purpose) => expect.objectContaining({ purpose })),
  },
})

test('anybody reads what is agreed to, without a session: five sentences, then the whole', async () => {
  const { body } = await county.visitor.send<AgreementList>('GET', '/api/agreements')
  expect(body.agreements.map(({ kind, version, others }) => [kind, version, others])).toEqual([
    ['service', '1', []],
    ['privacy', '1', []],
  ])
  for (const { brief, sections } of body.agreements) {
    expect(brief).toHaveLength(5)
    expect(sections.length).toBeGreaterThan(5)
  }
  const privacy = body.agreements[1]
  expect(privacy?.data.filter(({ sensitive }) => sensitive).map(({ name }) => name)).toContain(
    '姓名、身份证号',
  )
  const one = await county.visitor.send<Agreement>('GET', '/api/agreements/privacy/1')
  expect(one.body).toMatchObject({ version: '1', brief: privacy?.brief })
  for (const none of ['privacy/9', 'other/1', 'privacy/x'])
    expect((await county.visitor.send('GET', `/api/agreements/${none}`)).status, none).toBe(404)
})

test('of whoever is new nothing is kept before they agreed; the second code opens', async () => {
  const { body } = await county.door<{ id: string }>('POST', 'people', BORN)
  const logIn = async (consents: unknown) =>
    county.visitor.send<{ token: string }>('POST', '/api/sessions', {
      body: { code: await codeFor(body.id), consents },
    })
  const before = await profilesKept()
  expect(await logIn([])).toMatchObject(needed('service', 'privacy'))
  expect(await logIn([{ purpose: 'privacy', version: '1' }])).toMatchObject({ status: 409 })
  expect(
    await logIn([
      { purpose: 'service', version: '1' },
      { purpose: 'privacy', version: '2026-11-27' },
    ]),
  ).toMatchObject(needed('privacy'))
  expect(await profilesKept()).toBe(before)
  const both = ['service', 'privacy'].map((purpose) => ({ purpose, version: '1' }))
  expect((await logIn(both)).status).toBe(201)
  expect(await profilesKept()).toBe((before ?? 0) + 1)
  // Known from then on: nobody is asked twice.
  expect((await logIn([])).status).toBe(201)
})

test('each act asks for its own tick before it asks WeChat: the code is still good afterwards', async () => {
  const born = await newcomer(county, { ...BORN, level: 0 })
  const { person, personId, idNumber } = born
  const code = await codeFor(personId, 'phone')
  const phone = (consents?: unknown) =>
    person.send('POST', '/api/account/phone', { body: { code, consents } })
  expect(await phone([])).toMatchObject(needed('phone'))
  expect((await phone()).status).toBe(200)
  const type = (consents?: unknown) =>
    person.send('POST', '/api/account/identity', { body: { name: BORN.name, idNumber, consents } })
  expect(await type([{ purpose: 'sensitive', version: '1' }])).toMatchObject(needed('identity'))
  expect((await type([{ purpose: 'identity', version: '1' }])).status).toBe(200)
  expect((await keptOf(born)).map(({ purpose, way }) => `${purpose} ${way}`)).toEqual([
    'privacy log-in',
    'service log-in',
    'phone set-phone',
    'identity type-identity',
  ])
})

test('先不核 applies without the tick of 微信核过', async () => {
  const born = await newcomer(county, { ...BORN, level: 1 })
  const { person, idNumber } = born
  const identity = { name: BORN.name, idNumber }
  const consents = [{ purpose: 'identity', version: '1' }]
  expect(
    (await person.send('POST', '/api/account/identity', { body: { ...identity, consents } })).status,
  ).toBe(200)
  expect((await file(person, 'LX-017', identity)).status).toBe(201)
})

test('new words are asked again before the next application; reading and withdrawing need them not', async () => {
  const born = await newcomer(county, { ...BORN, name: '何又问', level: 2 })
  const { person, idNumber } = born
  const who = { name: '何又问', idNumber }
  const filed = await file(person, 'LX-017', who)
  expect(filed.status).toBe(201)
  await layDown(county, '2')
  try {
    const refused = await file(person, 'LX-018', who)
    expect(refused).toMatchObject({ status: 409, body: { code: 'account.consent-needed' } })
    const asked = (refused.body as unknown as Problem).consents ?? []
    // What was agreed to in the words that hold is not asked again.
    expect(asked).toEqual(['privacy', 'identity'].map((purpose) => ({ purpose, version: '2' })))
    expect((await person.send('GET', `/api/cases/${filed.body.id}`)).status).toBe(200)
    const gone = await person.send('POST', `/api/cases/${filed.body.id}/withdrawal`, {
      body: { reason: '不办了', version: filed.body.version },
    })
    expect(gone.status, JSON.stringify(gone.body)).toBe(200)
    const { outdated } = await consentsOf(person)
    expect(outdated.map(({ purpose }) => purpose).sort()).toEqual(['identity', 'phone', 'privacy'])
    const old = await person.send('POST', '/api/account/consents', {
      body: { consents: [{ purpose: 'privacy', version: '1' }] },
    })
    expect(old).toMatchObject(needed('privacy'))
    expect((await person.send('POST', '/api/account/consents', { body: { consents: asked } })).status).toBe(
      200,
    )
    const again = await file(person, 'LX-018', who)
    expect(again.status, JSON.stringify(again.body)).toBe(201)
    const { body } = await county.visitor.send<AgreementList>('GET', '/api/agreements')
    expect(body.agreements[1]).toMatchObject({ version: '2', others: [{ version: '1' }] })
    expect((await county.visitor.send('GET', '/api/agreements/privacy/1')).status).toBe(200)
  } finally {
    await takeAway(county, '2')
  }
})

test('what was agreed to is listed, and taken back where it can be: the papers on file close and open again', async () => {
  const person = await county.logIn('li-jianguo')
  const onFile = async () =>
    (await person.send<ApplicationForm>('GET', '/api/service-items/LX-017/form')).body.onFileCredentialCodes
  const withdraw = (purpose: string) =>
    person.send('POST', '/api/account/consents/withdrawal', { body: { purpose } })
  const standing = async () =>
    (await consentsOf(person)).consents
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ purpose }) => purpose)
  expect(await onFile()).toEqual(['LIC-IDCARD'])
  expect((await withdraw('identity')).status).toBe(400)
  expect((await withdraw('sensitive')).status).toBe(200)
  expect(await onFile()).toEqual([])
  expect(await standing()).not.toContain('sensitive')
  const once = await keptOf({ person })
  expect((await withdraw('sensitive')).status).toBe(200)
  expect(await keptOf({ person })).toEqual(once)
  const filed = await file(person, 'LX-017', { name: '李建国', idNumber: '341821196805123019' })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const consents = [{ purpose: 'sensitive', version: '1' }]
  expect((await person.send('POST', '/api/account/consents', { body: { consents } })).status).toBe(200)
  expect(await onFile()).toEqual(['LIC-IDCARD'])
})

test('a number that is taken back is not kept, and whoever gave nothing else is a visitor again', async () => {
  const { person } = await newcomer(county, { ...BORN, name: '何收回', level: 1 })
  const account = async () =>
    (await person.send<{ realNameLevel: number; phoneMasked: string | null }>('GET', '/api/account')).body
  expect(await account()).toMatchObject({ realNameLevel: 1, phoneMasked: expect.any(String) })
  const taken = { body: { purpose: 'phone' } }
  expect((await person.send('POST', '/api/account/consents/withdrawal', taken)).body).toMatchObject({
    realNameLevel: 0,
  })
  expect(await account()).toMatchObject({ realNameLevel: 0, phoneMasked: null })
})

test('what is taken back and given again for ever is braked; taking back never is', async () => {
  const { person, personId } = await newcomer(county, { ...BORN, name: '何反复', level: 1 })
  const agree = (purpose: string) =>
    person.send('POST', '/api/account/consents', { body: { consents: [{ purpose, version: '1' }] } })
  const withdraw = async (purpose: string) =>
    (await person.send('POST', '/api/account/consents/withdrawal', { body: { purpose } })).status
  // What stands is given again as often as anybody likes: nothing is written, and nothing counted.
  for (let time = 0; time < 12; time += 1) expect((await agree('privacy')).status).toBe(200)
  const before = (await keptOf({ person })).length
  const answers: number[] = []
  for (let time = 0; time < 12; time += 1) {
    answers.push((await agree('sensitive')).status)
    expect(await withdraw('sensitive')).toBe(200)
  }
  // The tick of the registration was the first of the day.
  expect(answers).toEqual([...Array(9).fill(200), ...Array(3).fill(429)])
  expect((await keptOf({ person })).length).toBe(before + 9)
  expect((await agree('sensitive')).body).toMatchObject({ title: '今天不能再点同意' })
  // The same by the door of the phone number.
  expect(await withdraw('phone')).toBe(200)
  const again = await person.send('POST', '/api/account/phone', {
    body: { code: await codeFor(personId, 'phone'), consents: [{ purpose: 'phone', version: '1' }] },
  })
  expect(again.status).toBe(429)
})
