import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { OutgoingSms, SmsAccount, SmsOutcome } from '../../platform/ports/sms'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'
import type { WaveDeps } from './wave'

// H5: who takes nothing by WeChat is told by short message what the law has them told.
const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const CARD = 'YX-CASE-TODO'
const KIND = 'correction-requested'
const NUMBER = '15405630001'
let database: Database
let outbox: ReturnType<typeof createOutbox>
let sent: OutgoingSms[]
let script: (() => SmsOutcome | Promise<SmsOutcome>)[]
let sms: SmsAccount

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
  ;[sent, script] = [[], []]
  sms = {
    codeOf: (name) => (name === 'YX-SMS-TODO' ? 'SMS_1' : undefined),
    sms: {
      send: async (message) => {
        const answer = script.shift()
        if (answer) return answer()
        sent.push(message)
        return { kind: 'sent', messageId: `b-${sent.length}` }
      },
    },
  }
})
const drain = (more: Partial<WaveDeps> = {}) => drainUntilEmpty(outbox.worker({ sms, ...more }))
const attemptsOf = (id: string) =>
  database.rows(
    sql`select channel, attempt, outcome, openid from deliveries where reminder_id = ${id}::uuid order by attempt`,
  )
async function withNumber(credits: Readonly<Record<string, number>> = {}, number = NUMBER) {
  const who = await outbox.resident(credits)
  await database.rows(sql`update profiles set phone_sealed = ${cipher.encrypt(number, sealedIn.profile(who.profileId, 'phone'))}
    where id = ${who.profileId}::uuid`)
  return who
}
const plan = (recipient: string, kind = KIND) => outbox.plan({ recipient, templateId: CARD, kind })

it('goes out once to who has no consent and follows nothing, and nothing of the number is kept', async () => {
  const { recipient } = await withNumber()
  const id = await plan(recipient)
  expect(await drain()).toMatchObject({ sent: 1, inbox: 0 })
  expect(sent).toMatchObject([{ to: NUMBER, templateCode: 'SMS_1', id, parameters: { item: '高龄津贴' } }])
  expect(await outbox.find(id)).toMatchObject({ channel: 'sms', because: null, sent: true })
  expect(await drain()).toMatchObject({ claimed: 0 })
  expect(await attemptsOf(id)).toEqual([{ channel: 'sms', attempt: 1, outcome: 'sent', openid: null }])
  const rows = await database.rows(
    sql`select d::text as row from deliveries d union all select r::text from reminders r`,
  )
  expect(JSON.stringify(rows)).not.toContain(NUMBER)
})

it('comes after the mini program (43101) and the account, in that order', async () => {
  const { recipient, openid } = await withNumber({ [CARD]: 1 })
  await outbox.follow(openid)
  const id = await plan(recipient)
  outbox.wechat.script.push(
    () => ({ kind: 'refused', because: 'no-consent' }),
    () => ({ kind: 'refused', because: 'no-consent' }),
  )
  expect(await drain()).toMatchObject({ sent: 1 })
  expect(await attemptsOf(id)).toMatchObject([
    { channel: 'subscribe', outcome: 'refused' },
    { channel: 'template', outcome: 'refused' },
    { channel: 'sms', attempt: 3, outcome: 'sent' },
  ])
})

it('is not sent to who is told by WeChat', async () => {
  const [agreed, follower] = [await withNumber({ [CARD]: 1 }), await withNumber()]
  await outbox.follow(follower.openid)
  for (const { recipient } of [agreed, follower]) await plan(recipient)
  expect(await drain()).toMatchObject({ sent: 2 })
  expect(sent).toEqual([])
})

it('is sent of nothing else, to no staff, and by no county without a provider or that template', async () => {
  const who = await withNumber()
  const calm = await plan(who.recipient, 'accepted')
  const switchable = await plan(who.recipient, 'transferred')
  await drain()
  const staff = await outbox.staff()
  await database.rows(sql`update profiles set phone_sealed = ${cipher.encrypt(NUMBER, sealedIn.profile(staff.profileId, 'phone'))}
    where id = ${staff.profileId}::uuid`)
  const work = await outbox.plan({
    recipient: staff.recipient,
    channel: 'relation',
    templateId: CARD,
    kind: KIND,
  })
  outbox.wechat.script.push(() => ({ kind: 'refused', because: 'not-bound' }))
  await drain()
  const [none, other] = [await plan(who.recipient), await plan(who.recipient)]
  await drain({ sms: null })
  const result = await outbox.plan({
    recipient: who.recipient,
    templateId: 'YX-CASE-RESULT',
    kind: 'granted',
  })
  await drain()
  for (const id of [calm, switchable, none, other, result])
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
  expect(await outbox.find(work)).toMatchObject({ channel: 'inbox', because: 'not-bound' })
  expect(sent).toEqual([])
})

it('is no way to who has no number, none of the mainland, or one that takes none: the app says so', async () => {
  const none = await outbox.resident()
  const abroad = await withNumber({}, '+85291234567')
  const dead = await withNumber()
  const ids = []
  for (const { recipient } of [none, abroad, dead]) {
    if (recipient === dead.recipient)
      script.push(() => ({ kind: 'refused', code: 'isv.MOBILE_NUMBER_ILLEGAL' }))
    ids.push(await plan(recipient))
    expect(await drain()).toMatchObject({ inbox: recipient === none.recipient ? 1 : expect.any(Number) })
  }
  for (const id of ids)
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'no-number' })
  expect(sent).toEqual([])
})

it('is not sent a second time where nobody knows whether the first arrived', async () => {
  const { recipient } = await withNumber()
  const lost = await plan(recipient)
  script.push(() => ({ kind: 'unknown' }))
  await drain()
  outbox.advance(3600)
  await drain()
  expect(await outbox.find(lost)).toMatchObject({ channel: 'sms', because: 'outcome-unknown', attempts: 1 })
  expect(sent).toEqual([])
})

it('is not sent a second time by who takes over from a worker that died meanwhile', async () => {
  const { recipient } = await withNumber()
  const id = await plan(recipient)
  let died = () => {}
  const dead = new Promise<void>((resolve) => {
    died = resolve
  })
  script.push(() => {
    died()
    return new Promise<never>(() => {})
  })
  void outbox.worker({ sms })()
  await dead
  expect(await drain()).toMatchObject({ claimed: 0 })
  outbox.advance(121)
  await drain()
  expect(await outbox.find(id)).toMatchObject({ channel: 'sms', because: 'outcome-unknown' })
  expect(sent).toEqual([])
})

it('is tried again while the provider is down, and stands in the app once that has lasted', async () => {
  const { recipient } = await withNumber()
  const id = await plan(recipient)
  let isDown = true
  const down: SmsAccount = {
    ...sms,
    sms: {
      send: async (message) =>
        isDown ? { kind: 'retry', retryAfterSeconds: 60, code: null } : sms.sms.send(message),
    },
  }
  for (let minute = 0; minute < 10; minute += 1) {
    await drain({ sms: down })
    outbox.advance(60)
  }
  expect((await outbox.find(id)).attempts).toBeGreaterThan(2)
  expect(await outbox.queued()).toBe(1)
  const second = await withNumber()
  const late = await plan(second.recipient)
  for (let minute = 0; minute < 60; minute += 1) {
    await drain({ sms: down })
    outbox.advance(60)
  }
  expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'undeliverable', attempts: 8 })
  expect(await outbox.find(late)).toMatchObject({ channel: 'inbox', because: 'undeliverable', attempts: 8 })
  isDown = false
  const next = await plan((await withNumber()).recipient)
  await drain({ sms: down })
  expect(await outbox.find(next)).toMatchObject({ channel: 'sms', sent: true })
})

it('goes by the mini program after all where they agree while the provider is down', async () => {
  const { recipient, openid } = await withNumber({ [CARD]: 0 })
  const id = await plan(recipient)
  script.push(() => ({ kind: 'retry', retryAfterSeconds: 60, code: null }))
  await drain()
  await database.rows(sql`update consent_credits set credits = 1 where openid = ${openid}`)
  outbox.advance(61)
  await drain()
  expect(await outbox.find(id)).toMatchObject({ channel: 'subscribe', sent: true })
  expect(sent).toEqual([])
})

it('counts among what a person is told in a day, and the county has a day of its own, also once the store forgets', async () => {
  const limits = { ...USUAL_LIMITS, smsPerDay: 2 }
  const rules = async () => ({ limits, calendar: new Map() })
  const ids = []
  for (let nth = 0; nth < 3; nth += 1) ids.push(await plan((await withNumber()).recipient))
  const worker = (limiter = outbox.deps.limiter) => drainUntilEmpty(outbox.worker({ sms, rules, limiter }))
  await worker()
  expect(sent).toHaveLength(2)
  await worker(createMemoryLimiter())
  outbox.advance(60)
  await worker(createMemoryLimiter())
  expect(sent).toHaveLength(2)
  outbox.advance(24 * 3600)
  await worker()
  expect(sent).toHaveLength(3)
  for (const id of ids) expect(await outbox.find(id)).toMatchObject({ channel: 'sms', sent: true })
})
