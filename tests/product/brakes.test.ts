import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, idNumber } from '../generated-input'
import { applicationOf } from '../services/applications'
import type { Client, Person } from './client'
import { type County, newcomer, openCounty, registerAs } from './county'

const DALIANG = '341821105200'

let county: County
let proxied: County
beforeAll(async () => {
  ;[county, proxied] = await Promise.all([
    openCounty(),
    openCounty({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }),
  ])
}, 120_000)
afterAll(() => Promise.all([county.close(), proxied.close()]))

const wrongLogin = (client: Client, forwarded?: string) =>
  client.visitor.send('POST', '/api/sessions', {
    body: { code: 'no-such-code' },
    ...(forwarded === undefined ? {} : { headers: { 'X-Forwarded-For': forwarded } }),
  })
const rightLogin = async (client: Client, forwarded?: string) => {
  const { body } = await client.door<{ code: string }>('POST', 'login-codes', { person: 'li-jianguo' })
  return client.visitor.send('POST', '/api/sessions', {
    body: { code: body.code },
    ...(forwarded === undefined ? {} : { headers: { 'X-Forwarded-For': forwarded } }),
  })
}
const wrongLogins = async (count: number, client: Client, forwarded?: string) => {
  const statuses = new Set<number>()
  for (let time = 1; time <= count; time += 1) statuses.add((await wrongLogin(client, forwarded)).status)
  return [...statuses]
}
const isBraked = {
  status: 429,
  body: { code: 'request.rate-limited', detail: expect.stringMatching(/[\u4e00-\u9fff]/) },
}
const retryAfter = ({ headers }: { headers: Headers }) => Number(headers.get('Retry-After'))

test('the 31st wrong login code of an address in ten minutes is told to wait, a right one never', async () => {
  for (let time = 1; time <= 3; time += 1) expect((await rightLogin(county)).status).toBe(201)
  expect(await wrongLogins(30, county)).toEqual([401])
  // Whoever writes an address into the request has none of their own: nobody stands before this server.
  const braked = await wrongLogin(county, '198.51.100.7')
  expect(braked).toMatchObject(isBraked)
  expect(retryAfter(braked)).toBeGreaterThan(500)
  expect(retryAfter(braked)).toBeLessThanOrEqual(600)
  expect((await rightLogin(county)).status).toBe(201)
  await county.door('POST', 'clock', { advanceHours: 0.2 })
  expect(await wrongLogins(30, county)).toEqual([401])
  expect((await wrongLogin(county)).status).toBe(429)
})

test('behind proxies the address is the last that none of them wrote', async () => {
  expect(await wrongLogins(30, proxied, '203.0.113.1, 198.51.100.7')).toEqual([401])
  for (const same of ['198.51.100.7', '192.0.2.9, 198.51.100.7', 'x, 198.51.100.7, 10.1.2.3']) {
    expect(await wrongLogin(proxied, same), same).toMatchObject(isBraked)
  }
  for (const other of ['203.0.113.1', '198.51.100.7, 203.0.113.2', '2001:db8::1']) {
    expect((await wrongLogin(proxied, other)).status, other).toBe(401)
  }
  expect(await wrongLogin(proxied, '::ffff:198.51.100.7')).toMatchObject(isBraked)
  expect((await rightLogin(proxied, '198.51.100.7')).status).toBe(201)
})

test('who has a whole network of version 6 counts as one', async () => {
  expect(await wrongLogins(30, proxied, '2001:db8:1:2::1')).toEqual([401])
  for (const same of ['2001:db8:1:2::2', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::']) {
    expect(await wrongLogin(proxied, same), same).toMatchObject(isBraked)
  }
  for (const other of ['2001:db8:1:3::1', '2001:db8::1:2:0:0:1', '::1']) {
    expect((await wrongLogin(proxied, other)).status, other).toBe(401)
  }
})

const someone = (name: string, level: 1 | 2 | 3) =>
  newcomer(county, { name, birth: '1980-02-01', villageCode: DALIANG, level })

test('ten times a day an account changes its number, the same number again is free, and what stood there stays', async () => {
  const { person, idNumber: own } = await someone('荀改号', 2)
  const type = (idNumber: string) =>
    person.send('POST', '/api/account/identity', { body: { name: '荀改号', idNumber } })
  const random = createRandom(11)
  const numbers = Array.from({ length: 11 }, () => idNumber(random, plainDate('1980-02-01')))
  for (let time = 1; time <= 12; time += 1) expect((await type(own)).status).toBe(200)
  for (const [at, number] of numbers.slice(0, 10).entries()) {
    expect((await type(number)).status, String(at)).toBe(200)
    expect((await type(number.toLowerCase())).status, String(at)).toBe(200)
  }
  const last = numbers[9] ?? ''
  const { body: before } = await person.send<Account>('GET', '/api/account')
  const braked = await type(numbers[10] ?? '')
  expect(braked).toMatchObject({
    status: 429,
    body: { code: 'request.rate-limited', detail: '今天身份证号改了 10 次，明天才能再改；现在登记的没有变' },
  })
  expect(retryAfter(braked)).toBeGreaterThan(3600)
  expect(retryAfter(braked)).toBeLessThanOrEqual(86_400)
  expect((await person.send<Account>('GET', '/api/account')).body).toEqual(before)
  expect((await type(last)).status).toBe(200)
  // Somebody else has their own ten, and a number that is none counts for nothing.
  const other = await someone('荀别人', 2)
  expect(
    (await other.person.send('POST', '/api/account/identity', { body: { name: '荀别人', idNumber: own } }))
      .status,
  ).toBe(200)
  await county.door('POST', 'clock', { advanceHours: 24 })
  expect((await type(numbers[10] ?? '')).status).toBe(200)
})

test('of a hundred numbers typed in one moment the first and ten others stand', async () => {
  const { person } = await someone('荀同时', 1)
  const random = createRandom(12)
  // No two alike: the one that stands already is no change.
  const numbers = Array.from({ length: 100 }, (_, at) =>
    idNumber(random, addDays(plainDate('1980-02-01'), at)),
  )
  const typed = await Promise.all(
    numbers.map((number) =>
      person.send('POST', '/api/account/identity', { body: { name: '荀同时', idNumber: number } }),
    ),
  )
  const count = (wanted: number) => typed.filter(({ status }) => status === wanted).length
  expect([count(200), count(429)]).toEqual([11, 89])
})

const codeFor = async (personId: string, purpose: string) =>
  (await county.door<{ code: string }>('POST', 'login-codes', { person: personId, purpose })).body.code

test.each([
  ['phone', '/api/account/phone', 422, 0, async (id: string) => ({ code: await codeFor(id, 'phone') })],
  [
    'real-name',
    '/api/account/identity-confirmation',
    422,
    2,
    async (id: string) => ({ code: await codeFor(id, 'real-name') }),
  ],
  [
    'invitation',
    '/api/invitations/redemption',
    404,
    3,
    async (id: string) => {
      await registerAs(county, await county.logIn(id), 'sun-zhiyuan')
      const admin = await county.as('he-jing')
      const invited = await admin.send<{ token: string }>('POST', '/api/invitations', {
        body: { staffId: 'sun-zhiyuan' },
      })
      return { token: invited.body.token }
    },
  ],
] as const)(
  'an account that tries more than ten wrong %s codes waits, a right one never',
  async (_, path, status, level, right) => {
    const { person, personId } = await newcomer(county, {
      name: '荀试码',
      birth: '1980-02-01',
      villageCode: DALIANG,
      level,
    })
    const wrong = path.startsWith('/api/invitations') ? { token: 'x'.repeat(43) } : { code: 'no-such-code' }
    const statuses = new Set<number>()
    for (let time = 1; time <= 10; time += 1)
      statuses.add((await person.send('POST', path, { body: wrong })).status)
    expect([...statuses]).toEqual([status])
    const braked = await person.send('POST', path, { body: wrong })
    expect(braked).toMatchObject(isBraked)
    expect(retryAfter(braked)).toBeGreaterThan(500)
    // Another account of the same address has its own ten.
    const other = await newcomer(county, { name: '荀旁人', birth: '1980-02-01', villageCode: DALIANG, level })
    expect((await other.person.send('POST', path, { body: wrong })).status).toBe(status)
    expect((await person.send('POST', path, { body: await right(personId) })).status).toBe(200)
  },
)

test('a member of staff searches a hundred and twenty times a minute, and reads why no more', async () => {
  const window = await county.as('qian-li')
  const search = (by: Person) =>
    by.send('POST', '/api/work/cases/search', { body: { q: '补贴', tab: 'paused' } })
  const statuses = new Set<number>()
  for (let time = 1; time <= 120; time += 1) statuses.add((await search(window)).status)
  expect([...statuses]).toEqual([200])
  // However many sessions they have.
  const braked = await search(await county.logIn('qian-li'))
  expect(braked).toMatchObject(isBraked)
  expect(braked.body).toMatchObject({ title: '找得太快了' })
  expect(retryAfter(braked)).toBeGreaterThan(0)
  expect(retryAfter(braked)).toBeLessThanOrEqual(60)
  expect((await search(await county.as('zhao-min'))).status).toBe(200)
  await county.door('POST', 'clock', { advanceHours: 0.02 })
  expect((await search(window)).status).toBe(200)
}, 60_000)

test('a session that has ended counts against nobody', async () => {
  const staff = 'zhao-min'
  const ended = await county.logIn(staff)
  const search = (by: Person) =>
    by.send('POST', '/api/work/cases/search', { body: { q: '补贴', tab: 'paused' } })
  expect((await search(ended)).status).toBe(200)
  expect((await ended.send('DELETE', '/api/sessions/current')).status).toBe(204)
  const statuses = new Set<number>()
  for (let time = 1; time <= 121; time += 1) statuses.add((await search(ended)).status)
  expect([...statuses]).toEqual([401])
  expect((await search(await county.logIn(staff))).status).toBe(200)
}, 60_000)

let seed = 0
async function fileAs(person: Person) {
  seed += 1
  const body = await applicationOf(person, 'LX-017', seed)
  return person.send<{ id: string; version: number }>('POST', '/api/cases', { body, key: `pending-${seed}` })
}

test('who is not confirmed has ten cases of today or pending at most, and more on another day', async () => {
  const { person } = await someone('周德福', 2)
  const filed = []
  for (let time = 1; time <= 10; time += 1) filed.push(await fileAs(person))
  expect(new Set(filed.map(({ status }) => status))).toEqual(new Set([201]))
  const braked = await fileAs(person)
  expect(braked).toMatchObject(isBraked)
  expect(braked.body).toMatchObject({ title: '申请的件数到了' })
  // Until the day is over, as it says.
  const { now } = (await county.door<{ now: string }>('GET', 'clock')).body
  const left = (Date.parse(now.slice(0, 10)) + 86_400_000 - Date.parse(`${now.slice(0, 19)}Z`)) / 1000
  expect(Math.abs(retryAfter(braked) - left)).toBeLessThan(30)
  const [first] = filed
  const { id = '', version = 0 } = first?.body ?? {}
  const withdrawn = await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200)
  // Withdrawing makes no room on the same day.
  expect((await fileAs(person)).status).toBe(429)
  await county.door('POST', 'clock', { advanceHours: 24 })
  expect((await fileAs(person)).status).toBe(201)
  expect((await fileAs(person)).status).toBe(429)
}, 60_000)

test('what was filed as the last of the ten is answered again', async () => {
  const { person } = await someone('周德贵', 2)
  for (let time = 1; time <= 9; time += 1) await fileAs(person)
  const body = await applicationOf(person, 'LX-017', 900)
  const send = () => person.send('POST', '/api/cases', { body, key: 'the-tenth-one' })
  const first = await send()
  expect(first.status).toBe(201)
  expect(await send()).toMatchObject({ status: 201, body: first.body })
}, 60_000)

test.each([
  ['a confirmed person', async () => (await someone('周德禄', 3)).person],
  ['a window that types for others', () => county.as('zhao-min')],
])(
  '%s files as many as there are',
  async (_, whoever) => {
    const person = await whoever()
    const statuses = new Set<number>()
    for (let time = 1; time <= 12; time += 1) statuses.add((await fileAs(person)).status)
    expect([...statuses]).toEqual([201])
  },
  60_000,
)

const MEGABYTES = 1024 * 1024
const promise = (person: Person, size: number) =>
  person.send('POST', '/api/uploads', { body: { name: '照片.png', contentType: 'image/png', size } })

test('who is not confirmed keeps 200 MB of unused files at most', async () => {
  const { person } = await someone('周德寿', 1)
  const statuses = new Set<number>()
  for (let time = 1; time <= 20; time += 1) statuses.add((await promise(person, 10 * MEGABYTES)).status)
  expect([...statuses]).toEqual([201])
  const braked = await promise(person, 1)
  expect(braked).toMatchObject(isBraked)
  // Nobody was fast, and no hour makes room.
  expect(braked.body).toMatchObject({
    title: '传了还没用上的文件太多了',
    detail: '先把填好的申请交上来，用上的就不算了；或者明天再传，放了 7 天没用上的会自动删掉',
  })
  expect(retryAfter(braked)).toBe(86_400)
  await county.door('POST', 'clock', { advanceHours: 24 * 9 })
  await county.app.jobs['remove-expired']()
  expect((await promise(person, 10 * MEGABYTES)).status).toBe(201)
}, 60_000)

test('of eighty files promised at once as many pass the 200 MB as there are connections less one', async () => {
  const { person } = await someone('周德齐', 1)
  const promised = await Promise.all(Array.from({ length: 80 }, () => promise(person, 10 * MEGABYTES)))
  const passed = promised.filter(({ status }) => status === 201).length
  expect(passed).toBeGreaterThanOrEqual(20)
  expect(passed).toBeLessThanOrEqual(20 + county.services.environment.DATABASE_CONNECTIONS - 1)
  expect((await promise(person, 1)).status).toBe(429)
}, 60_000)

test.each([
  ['a confirmed person', async () => (await someone('周德喜', 3)).person],
  ['a window', () => county.as('zhao-min')],
])('%s is not braked by files that wait', async (_, whoever) => {
  const person = await whoever()
  const statuses = new Set<number>()
  for (let time = 1; time <= 22; time += 1) statuses.add((await promise(person, 10 * MEGABYTES)).status)
  expect([...statuses]).toEqual([201])
})

test('who is not confirmed has 200 unused files promised at most, however small', async () => {
  const { person } = await someone('周德小', 1)
  const statuses = []
  for (let time = 1; time <= 201; time += 1) statuses.push((await promise(person, 1)).status)
  expect(statuses.indexOf(429)).toBe(200)
}, 60_000)

test('used files do not count', async () => {
  const { person } = await someone('周德财', 2)
  await fileAs(person)
  for (let time = 1; time <= 20; time += 1) expect((await promise(person, 10 * MEGABYTES)).status).toBe(201)
  expect((await promise(person, 10 * MEGABYTES)).status).toBe(429)
})

test('a token that nobody has counts nothing: it is told so for as long as it is sent', async () => {
  const statuses = new Set<number>()
  const headers = { Authorization: 'Bearer nobody-has-this-token' }
  for (let time = 1; time <= 121; time += 1)
    statuses.add(
      (
        await county.visitor.send('POST', '/api/work/cases/search', {
          body: { q: '补贴', tab: 'all' },
          headers,
        })
      ).status,
    )
  expect([...statuses]).toEqual([401])
}, 60_000)

test('sheets that are printed, and papers that are read before they are signed, count for a person, by whichever session', async () => {
  const person = await county.as('li-jianguo')
  const filed = await person.send<{ id: string }>('POST', '/api/cases', {
    body: await applicationOf(person, 'LX-017', 77),
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const clerk = () => county.logIn('zhao-min')
  const [one, two] = [await clerk(), await clerk()]
  const { version } = (await one.send<{ version: number }>('GET', `/api/cases/${filed.body.id}`)).body
  const keep = { action: 'keep-decision', version, reason: '查过了，没有错' }
  const drafts = (by: Person) =>
    by.send('POST', `/api/cases/${filed.body.id}/after-decision/papers`, { body: keep })
  const sheets = (by: Person) => by.send('GET', `/api/cases/${filed.body.id}/application-form/a4`)
  for (const ask of [drafts, sheets]) {
    const before = new Set<number>()
    for (let time = 1; time <= 15; time += 1) for (const by of [one, two]) before.add((await ask(by)).status)
    expect([...before]).not.toContain(429)
    expect(await ask(two)).toMatchObject({ status: 429 })
    expect((await ask(person)).status).not.toBe(429)
  }
})
