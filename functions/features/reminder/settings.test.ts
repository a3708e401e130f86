import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Problem } from '#shared/contract/problems'
import type { Inbox } from '#shared/contract/reminder'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { readMessageTemplates } from '../../platform/config/message-templates'
import type { Database } from '../../platform/ports/database'
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
  expect((await doors.post(token, PATH, { kinds: [] })).status).toBe(400)
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
