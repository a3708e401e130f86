import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Problem } from '#shared/contract/problems'
import type { Consents, Inbox } from '#shared/contract/reminder'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { readMessageTemplates } from '../../platform/config/message-templates'
import type { Database } from '../../platform/ports/database'
import { sealedIn } from '../../platform/ports/sealed-in'
import { openDoors } from './doors-fixture'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const PATH = '/api/reminder-settings'
const TEMPLATE = 'YX-CASE-PROGRESS'

let database: Database
let outbox: ReturnType<typeof createOutbox>
let doors: ReturnType<typeof openDoors>
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
  doors = openDoors(database, cipher, outbox, readMessageTemplates(undefined))
})

const off = (kind: string) => ({ kinds: [{ kind, on: false }] })
const onlyOff = ({ kinds }: ReminderSettings) => kinds.filter(({ on }) => !on).map(({ kind }) => kind)
const audited = (profileId: string) =>
  database.rows<{ action: string }>(
    sql`select action from audit_entries where subject = ${`profile:${profileId}`}`,
  )

test('at first every kind rings, and of each it is told whether it can be switched off', async () => {
  const token = await doors.login(await outbox.resident())
  expect(await doors.get(token, PATH)).toEqual({
    status: 200,
    body: {
      kinds: [
        { kind: 'to-do', on: true, fixed: true },
        { kind: 'outcome', on: true, fixed: true },
        { kind: 'days', on: true, fixed: true },
        { kind: 'whose', on: true, fixed: true },
        { kind: 'progress', on: true, fixed: false },
        { kind: 'money', on: true, fixed: false },
      ],
      ways: [
        { way: 'wechat', on: true, to: null },
        { way: 'sms', on: true, to: null },
      ],
      night: { from: '22:00', until: '08:00' },
    },
  })
})

test('switches what it names and nothing else, once for an intent, and writes it down', async () => {
  const me = await outbox.resident()
  const token = await doors.login(me)
  const first = await doors.post<ReminderSettings>(token, PATH, off('money'), 'intent-1')
  expect(first.status).toBe(200)
  expect(onlyOff(first.body)).toEqual(['money'])
  await doors.post(token, PATH, { kinds: [{ kind: 'money', on: true }, ...off('progress').kinds] })
  expect(await doors.post(token, PATH, off('money'), 'intent-1')).toEqual(first)
  expect(onlyOff((await doors.get<ReminderSettings>(token, PATH)).body)).toEqual(['progress'])
  await doors.post(token, PATH, off('progress'))
  expect(await audited(me.profileId)).toEqual([
    { action: 'account.choose-reminders' },
    { action: 'account.choose-reminders' },
  ])
})

test('of two phones that switch at once each has switched its own', async () => {
  const me = await outbox.resident()
  const tokens = [await doors.login(me), await doors.login(me)]
  await Promise.all(['progress', 'money'].map((kind, nth) => doors.post(tokens[nth] ?? '', PATH, off(kind))))
  expect(onlyOff((await doors.get<ReminderSettings>(tokens[0] ?? '', PATH)).body)).toEqual([
    'progress',
    'money',
  ])
})

test('what the law has told cannot be switched off, and nothing is', async () => {
  const token = await doors.login(await outbox.resident())
  const kinds = [...off('progress').kinds, ...off('to-do').kinds, { kind: 'days', on: true }]
  expect(await doors.post<Problem>(token, PATH, { kinds })).toMatchObject({
    status: 422,
    body: {
      code: 'reminder.kind-fixed',
      title: '这一样不能关：法律要求告诉你，或者误了就耽误事',
      errors: [{ pointer: '/kinds/1/on' }],
    },
  })
  expect(onlyOff((await doors.get<ReminderSettings>(token, PATH)).body)).toEqual([])
})

test('is of whoever is logged in, on their phone, and knows its kinds', async () => {
  const me = await outbox.resident()
  expect((await doors.get('nobody-nobody-nobody', PATH)).status).toBe(401)
  expect((await doors.post('nobody-nobody-nobody', PATH, off('money'))).status).toBe(401)
  const token = await doors.login(me)
  expect((await doors.post(token, PATH, off('policy'))).status).toBe(400)
  for (const empty of [
    {},
    { kinds: [] },
    { kinds: [], ways: [] },
    { ways: [{ way: 'relation', on: false }] },
    { night: { from: '23:00', until: '08:00' } },
    { night: { from: '21:00', until: '11:00' } },
    { night: { from: '21:00' } },
    { night: null },
  ])
    expect([empty, (await doors.post(token, PATH, empty)).status]).toEqual([empty, 400])
})

test('what is switched off stands in the inbox and says so, rings nowhere, is not counted and spends nothing', async () => {
  const me = await outbox.resident({ [TEMPLATE]: 2 })
  const token = await doors.login(me)
  await doors.post(token, PATH, off('progress'))
  const silent = await outbox.plan({ recipient: me.recipient, kind: 'notice-published' })
  expect(await outbox.worker()()).toMatchObject({ claimed: 1, inbox: 1, sent: 0 })
  expect(await outbox.find(silent)).toMatchObject({ channel: 'inbox', because: 'switched-off', attempts: 0 })
  expect(outbox.wechat.received).toEqual([])
  expect(await outbox.credits(me.openid)).toBe(2)
  expect((await doors.get<Inbox>(token, '/api/inbox')).body.items[0]).toMatchObject({
    channel: 'inbox',
    status: 'delivered',
    because: null,
    notAgreed: false,
    switchedOff: true,
  })
  const loud = await outbox.plan({ recipient: me.recipient, kind: 'granted' })
  await drainUntilEmpty(outbox.worker())
  expect(await outbox.find(loud)).toMatchObject({ sent: true, because: null })
  await doors.post(token, PATH, { kinds: [{ kind: 'progress', on: true }] })
  const again = await outbox.plan({ recipient: me.recipient, kind: 'notice-published' })
  outbox.advance(24 * 3600)
  await drainUntilEmpty(outbox.worker())
  expect(await outbox.find(again)).toMatchObject({ sent: true })
})

test('work rings whatever its person has switched off for themselves', async () => {
  const me = await outbox.staff()
  await doors.post(await doors.login(me), PATH, off('progress'))
  const id = await outbox.plan({
    ...me,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    kind: 'clock-resumed',
  })
  await outbox.worker()()
  expect(await outbox.find(id)).toMatchObject({ sent: true })
})

const ways = (wechat: boolean, sms: boolean) => ({
  ways: [
    { way: 'wechat', on: wechat },
    { way: 'sms', on: sms },
  ],
})

test('by what its person has switched off nothing rings, be it what the law has told; the inbox has it and says why', async () => {
  const me = await outbox.resident({ [TEMPLATE]: 2 })
  await outbox.follow(me.openid)
  const token = await doors.login(me)
  const switched = await doors.post<ReminderSettings>(token, PATH, ways(false, true), 'no-wechat')
  expect(switched.body.ways.map(({ on }) => on)).toEqual([false, true])
  expect(await doors.post(token, PATH, ways(false, true), 'no-wechat')).toEqual(switched)
  const id = await outbox.plan({ recipient: me.recipient, kind: 'granted' })
  await drainUntilEmpty(outbox.worker())
  expect(outbox.wechat.received).toEqual([])
  expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'switched-off', attempts: 0 })
  expect(await outbox.credits(me.openid)).toBe(2)
  expect((await doors.get<Inbox>(token, '/api/inbox')).body.items[0]).toMatchObject({ switchedOff: true })
  // Nobody is asked to allow what would not come.
  expect((await doors.get<Consents>(token, '/api/consents')).body.items).toEqual([])
  await doors.post(token, PATH, ways(true, true))
  expect((await doors.get<Consents>(token, '/api/consents')).body.items).not.toEqual([])
  const next = await outbox.plan({ recipient: me.recipient, kind: 'granted' })
  await drainUntilEmpty(outbox.worker())
  expect(await outbox.find(next)).toMatchObject({ sent: true })
})

test('work rings whatever its person has switched off, and at its own hours', async () => {
  const me = await outbox.staff()
  const token = await doors.login(me)
  await doors.post(token, PATH, { ...ways(false, false), night: { from: '19:00', until: '10:00' } })
  const id = await outbox.plan({ ...me, channel: 'relation', templateId: 'YX-STAFF-TASK', kind: 'task' })
  await outbox.worker()()
  expect(await outbox.find(id)).toMatchObject({ sent: true })
})

test('a night of one’s own is kept: what comes in it rings when it ends, once', async () => {
  const me = await outbox.resident({ [TEMPLATE]: 2 })
  const token = await doors.login(me)
  const { body } = await doors.post<ReminderSettings>(token, PATH, {
    night: { from: '19:00', until: '10:00' },
  })
  expect(body.night).toEqual({ from: '19:00', until: '10:00' })
  // It is 9:42.
  const id = await outbox.plan({ recipient: me.recipient, kind: 'granted' })
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 0, waiting: 1 })
  outbox.advance(17 * 60)
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ claimed: 0 })
  outbox.advance(61)
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
  expect(await outbox.find(id)).toMatchObject({ sent: true, attempts: 1 })
  outbox.advance(9 * 3600)
  await outbox.plan({ recipient: me.recipient, kind: 'payment-recorded' })
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 0, waiting: 1 })
  await doors.post(token, PATH, { night: { from: '22:00', until: '08:00' } })
  expect((await doors.get<ReminderSettings>(token, PATH)).body.night).toEqual({
    from: '22:00',
    until: '08:00',
  })
})

test('of a number only its masked form is told, and none is kept of the answer', async () => {
  const me = await outbox.resident()
  const sealed = cipher.encrypt('15412342714', sealedIn.profile(me.profileId, 'phone'))
  await database.rows(sql`update profiles set phone_sealed = ${sealed} where id = ${me.profileId}::uuid`)
  const token = await doors.login(me)
  const { body } = await doors.post<ReminderSettings>(token, PATH, ways(true, false), 'masked-number')
  expect(body.ways).toEqual([
    { way: 'wechat', on: true, to: null },
    { way: 'sms', on: false, to: '154****2714' },
  ])
  expect((await doors.post<ReminderSettings>(token, PATH, ways(true, false), 'masked-number')).body).toEqual(
    body,
  )
  const [kept] = await database.rows<{ answer: string }>(
    sql`select answer from idempotency_keys where key = 'masked-number'`,
  )
  expect(kept?.answer).not.toContain('2714')
})

test('an invitation to rate leaves the last consent to what may matter more', async () => {
  const me = await outbox.resident({ [TEMPLATE]: 1 })
  const first = await outbox.plan({ recipient: me.recipient, kind: 'rating-invited' })
  await drainUntilEmpty(outbox.worker())
  expect(await outbox.find(first)).toMatchObject({ channel: 'inbox', because: 'quiet' })
  expect(await outbox.credits(me.openid)).toBe(1)
  const richer = await outbox.resident({ [TEMPLATE]: 2 })
  const second = await outbox.plan({ recipient: richer.recipient, kind: 'rating-invited' })
  await drainUntilEmpty(outbox.worker())
  expect(await outbox.find(second)).toMatchObject({ sent: true, because: null })
  expect(await outbox.credits(richer.openid)).toBe(1)
})
