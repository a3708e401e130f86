import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { KeptConsent } from '#shared/domain/account/consents'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, newcomer, openCounty, type Person } from './county'

const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-08-15T09:42:00+08:00' })
})
afterAll(() => county.close())

const born = (birth: string, level: 0 | 1 | 2) =>
  newcomer(county, { name: '何小满', birth, villageCode: DALIANG, level })
const codeFor = async (person: string, purpose: string) =>
  (await county.door<{ code: string }>('POST', 'login-codes', { person, purpose })).body.code
const confirm = async ({ person, personId }: { person: Person; personId: string }, consents?: unknown) =>
  person.send('POST', '/api/account/identity-confirmation', {
    body: { code: await codeFor(personId, 'real-name'), consents },
  })
const rowOf = async (person: Person) => {
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  const [row] = await county.services.database.rows<{ guardianUntil: string | null; consents: unknown }>(
    sql`select guardian_until::text as "guardianUntil", consents from profiles where id = ${id}::uuid`,
  )
  return row
}

test('a child’s own number is not confirmed before the fourteenth birthday, and is on that day', async () => {
  const child = await born('2012-08-16', 2)
  expect(await confirm(child)).toMatchObject({ status: 422, body: { code: 'account.guardian-needed' } })
  expect((await child.person.send<Account>('GET', '/api/account')).body.realNameLevel).toBe(2)
  expect(await rowOf(child.person)).toMatchObject({ guardianUntil: '2026-08-16' })
  const fourteen = await born('2012-08-15', 2)
  expect(await rowOf(fourteen.person)).toMatchObject({ guardianUntil: null })
  expect((await confirm(fourteen)).status).toBe(200)
  await county.door('POST', 'clock', { set: '2026-08-16T00:05:00+08:00' })
  expect((await confirm(child)).status).toBe(200)
})

test('a child whose row is from before the day was kept does not file for itself either', async () => {
  const child = await born('2018-02-03', 2)
  const { id } = (await child.person.send<Account>('GET', '/api/account')).body
  await county.services.database.rows(sql`update profiles set guardian_until = null where id = ${id}::uuid`)
  const item = packItems().find((each) => each.id === 'LX-015')
  if (!item) throw new Error('no LX-015')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => child.person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name: '何小满', idNumber: child.idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const body = { serviceItemId: item.id, ...input }
  const refused = await child.person.send('POST', '/api/cases', { body })
  expect(refused, JSON.stringify(refused.body)).toMatchObject({
    status: 422,
    body: { code: 'account.guardian-needed' },
  })
})

test('another number typed in place of a child’s needs no guardian', async () => {
  const { person } = await born('2019-02-03', 2)
  expect(await rowOf(person)).toMatchObject({ guardianUntil: '2033-02-03' })
  const adult = await born('1980-02-03', 1)
  await person.send('POST', '/api/account/identity', { body: { name: '何大满', idNumber: adult.idNumber } })
  expect(await rowOf(person)).toMatchObject({ guardianUntil: null })
})

test('what one agreed to while registering is kept with its time, each once, and never lost', async () => {
  const { person, personId, idNumber } = await born('1980-02-03', 0)
  const givePhone = async (consents?: unknown) =>
    person.send('POST', '/api/account/phone', { body: { code: await codeFor(personId, 'phone'), consents } })
  const giveNumber = (consents?: unknown) =>
    person.send('POST', '/api/account/identity', { body: { name: '何小满', idNumber, consents } })
  const kept = async () => ((await rowOf(person))?.consents ?? []) as { purpose: string; version: string }[]
  const said = async () => (await kept()).map(({ purpose, version }) => `${purpose} ${version}`)

  expect((await said()).sort()).toEqual(['privacy 1', 'service 1'])
  expect(await givePhone([])).toMatchObject({ status: 409, body: { consents: [{ purpose: 'phone' }] } })
  expect((await givePhone([{ purpose: 'phone', version: '1' }])).status).toBe(200)
  const first = await kept()
  expect(first.slice(2)).toEqual([
    {
      purpose: 'phone',
      version: '1',
      at: expect.stringMatching(/^2026-08-1[56]T.*Z$/),
      way: 'set-phone',
      withdrawnAt: null,
    },
  ])
  await givePhone([{ purpose: 'phone', version: '1' }])
  expect(await kept()).toEqual(first)
  expect((await giveNumber([{ purpose: 'sensitive', version: '1' }])).status).toBe(409)
  await giveNumber([
    { purpose: 'identity', version: '1' },
    { purpose: 'sensitive', version: '1' },
  ])
  await givePhone([])
  await giveNumber([])
  expect((await said()).sort()).toEqual(['identity 1', 'phone 1', 'privacy 1', 'sensitive 1', 'service 1'])
})

test('what is ticked beside the real-name check is kept with it, for who typed the number on another day', async () => {
  const { person, personId } = await born('1980-02-03', 2)
  expect(await confirm({ person, personId }, [])).toMatchObject({
    status: 409,
    body: { code: 'account.consent-needed', consents: [{ purpose: 'sensitive', version: '1' }] },
  })
  const consents = [{ purpose: 'sensitive', version: '1' }]
  const answer = await confirm({ person, personId }, consents)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  const given = ((await rowOf(person))?.consents ?? []) as object[]
  expect(given.at(-1)).toMatchObject({ ...consents[0], way: 'confirm-identity' })
})

test('a consent that nobody can give, or twice in one request, is refused whole', async () => {
  const { person, idNumber } = await born('1980-02-03', 1)
  const twice = ['2026-11', '2026-12'].map((version) => ({ purpose: 'identity', version }))
  for (const consents of [
    twice,
    [{ purpose: 'everything', version: '1' }],
    [{ purpose: 'identity', version: '' }],
    [{ purpose: 'identity', version: '1', at: '2020-01-01T00:00:00.000Z' }],
  ]) {
    const refused = await person.send('POST', '/api/account/identity', {
      body: { name: '何小满', idNumber, consents },
    })
    expect(refused, JSON.stringify(consents)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    })
  }
  expect((await person.send<Account>('GET', '/api/account')).body.realNameLevel).toBe(1)
})

test('consents given on two WeChat accounts of one person are kept together, each once', async () => {
  const first = await born('1980-02-03', 2)
  expect((await confirm(first)).status).toBe(200)
  const { body } = await county.door<{ id: string }>('POST', 'people', {
    name: '何小满',
    birth: '1980-02-03',
    villageCode: DALIANG,
    sameAs: first.personId,
  })
  const second = { person: await county.logIn(body.id), personId: body.id }
  await second.person.send('POST', '/api/account/phone', { body: { code: await codeFor(body.id, 'phone') } })
  await second.person.send('POST', '/api/account/identity', {
    body: { name: '何小满', idNumber: first.idNumber },
  })
  const taken = { body: { purpose: 'sensitive' } }
  expect((await first.person.send('POST', '/api/account/consents/withdrawal', taken)).status).toBe(200)
  expect((await confirm(second)).status).toBe(200)
  const { consents } = (await rowOf(second.person)) as { consents: readonly KeptConsent[] }
  expect(
    consents.map(({ purpose, withdrawnAt }) => `${purpose}${withdrawnAt ? ' 收回' : ''}`).sort(),
  ).toEqual(['identity', 'phone', 'privacy', 'sensitive', 'sensitive 收回', 'service'])
})
