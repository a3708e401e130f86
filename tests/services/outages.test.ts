import { afterAll, beforeAll, expect, it } from 'vitest'
import { type County, openCounty, type Person } from '../product/county'
import { fileCase } from './applications'
import { forgetReservations } from './counties'
import { createDatabase, places } from './databases'
import { createRelay } from './relay'

let county: County
let resident: Person
let database: Awaited<ReturnType<typeof createRelay>>
let redis: Awaited<ReturnType<typeof createRelay>>
beforeAll(async () => {
  await forgetReservations()
  database = await createRelay(await createDatabase())
  redis = await createRelay(places().redis)
  county = await openCounty({ DATABASE_URL: database.url, REDIS_URL: redis.url })
  resident = await county.as('li-jianguo')
})
afterAll(async () => {
  await county.close()
  await Promise.all([database.cut(), redis.cut()])
})

const unavailable = { status: 503, body: { code: 'server.unavailable', status: 503 } }

it('says so while the database is away, and goes on by itself when it is back', async () => {
  await database.cut()
  const refused = await resident.send('GET', '/api/cases')
  expect(refused).toMatchObject(unavailable)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await county.visitor.send('GET', '/api/health')).toMatchObject({
    status: 503,
    body: { status: 'unavailable' },
  })
  await database.mend()
  await expect.poll(async () => (await resident.send('GET', '/api/cases')).status).toBe(200)
  expect((await county.visitor.send('GET', '/api/health')).status).toBe(200)
})

it('says so in time while the database is silent, and goes on by itself when it speaks', async () => {
  const timed = async (path: string, person = resident) => {
    const startedAt = performance.now()
    const answer = await person.send('GET', path)
    return { answer, took: performance.now() - startedAt }
  }
  database.freeze()
  // More than there are connections: some wait for one.
  const [health, ...asked] = await Promise.all([
    timed('/api/health', county.visitor),
    ...Array.from({ length: 14 }, () => timed('/api/cases')),
  ])
  expect(health).toMatchObject({
    answer: { status: 503, body: { status: 'unavailable', because: 'database-away' } },
  })
  expect(health.took).toBeLessThan(2_000)
  for (const { answer, took } of asked) {
    expect(answer).toMatchObject(unavailable)
    expect(took).toBeLessThan(5_000)
  }
  const again = await timed('/api/health', county.visitor)
  expect([again.answer.status, again.took < 2_000]).toEqual([503, true])
  database.thaw()
  await expect.poll(async () => (await resident.send('GET', '/api/cases')).status).toBe(200)
  expect((await county.visitor.send('GET', '/api/health')).status).toBe(200)
})

it('serves residents while Redis is away, keeps their reminders, and sends them when it is back', async () => {
  await redis.cut()
  const newcomer = await county.as('chen-guilan')
  expect((await newcomer.send('GET', '/api/cases')).status).toBe(200)
  // Nobody waits for a store that is known to be away.
  const startedAt = performance.now()
  for (let time = 1; time <= 3; time += 1) {
    const wrong = await county.visitor.send('POST', '/api/sessions', { body: { code: 'no-such-code' } })
    expect(wrong.status).toBe(401)
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  const { id } = await fileCase(resident, 'LX-017', 1)
  // WeChat is asked with a token that Redis keeps: without it the token is fetched anew.
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: 'chen-guilan',
    purpose: 'phone',
  })
  const phone = await newcomer.send('POST', '/api/account/phone', { body: { code: body.code } })
  expect(phone.status).toBe(200)
  await redis.mend()
  const statusOf = async () => {
    // The connection is made again by itself, and what found none waits half a minute.
    await county.door('POST', 'clock', { advanceHours: 0.1 })
    const answer = await county.door<{ messages: { caseIds: string[]; status: string }[] }>(
      'GET',
      'messages?person=zhao-min',
    )
    return answer.body.messages.filter(({ caseIds }) => caseIds.includes(id)).map(({ status }) => status)
  }
  await expect.poll(statusOf, { interval: 1_000, timeout: 30_000 }).not.toContain('queued')
  expect(await statusOf()).not.toEqual([])
})
