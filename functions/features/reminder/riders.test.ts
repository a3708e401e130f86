import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import type { SendOutcome } from '../../platform/ports/wechat'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const UNKNOWN: SendOutcome = { kind: 'unknown' }

let database: Database
let outbox: ReturnType<typeof createOutbox>
let recipient: string
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
  recipient = (await outbox.staff()).recipient
})

const plan = (row: Partial<Parameters<typeof outbox.plan>[0]> = {}) =>
  outbox.plan({ recipient, channel: 'relation', templateId: 'YX-STAFF-TASK', kind: 'task', ...row })
const answers = (outcome: SendOutcome, times = 1) => {
  for (let nth = 0; nth < times; nth += 1) outbox.wechat.script.push(() => outcome)
}
const mergedInto = async (id: string) => {
  const [row] = await database.rows<{ lead: string | null }>(
    sql`select merged_into as lead from reminders where id = ${id}::uuid`,
  )
  return row?.lead ?? null
}

test('what had been put off goes with the push that takes it along, also after that worker was killed', async () => {
  await plan()
  await drainUntilEmpty(outbox.worker())
  outbox.advance(600)
  const putOff = await plan()
  expect(await outbox.worker()()).toMatchObject({ waiting: 1 })
  // Within an hour of a push it would wait for the next one itself.
  outbox.advance(3000)
  const urgent = await plan({ urgent: true, kind: 'due-today' })
  outbox.wechat.script.push(() => new Promise(() => undefined))
  void outbox.worker()()
  await expect.poll(() => mergedInto(putOff)).toBe(urgent)
  outbox.advance(130)
  expect(await outbox.worker()()).toMatchObject({ claimed: 2, sent: 1, merged: 1 })
  expect(await outbox.find(putOff)).toMatchObject({ because: 'merged' })
})

test.each([
  ['rejects it', { kind: 'rejected', code: 47003 } as const, 1],
  ['takes it never', { kind: 'retry', retryAfterSeconds: 1, code: 45011 } as const, 8],
])('what WeChat says of one card keeps nothing else back: it %s', async (_says, outcome, times) => {
  const lead = await plan()
  for (let nth = 1; nth < times; nth += 1) {
    answers(outcome)
    await outbox.worker()()
    outbox.advance(700)
  }
  const rider = await plan()
  answers(outcome)
  expect(await outbox.worker()()).toMatchObject({ sent: 0, waiting: 1 })
  expect(await outbox.find(rider)).toMatchObject({ sent: false, because: null })
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
  expect(outbox.wechat.received.map(({ id }) => id)).toEqual([rider])
  expect((await outbox.find(lead)).because).toBe(times === 1 ? 'rejected' : 'undeliverable')
})

test('of a push in doubt whose lead is told no more the others are one push still', async () => {
  const ids: string[] = []
  for (let nth = 0; nth < 5; nth += 1) ids.push(await plan())
  answers(UNKNOWN)
  await outbox.worker()()
  await database.rows(sql`update reminders set sent_at = ${outbox.clock.now()}::timestamptz, because = 'outcome-unknown'
    where id = ${ids[0] ?? ''}::uuid`)
  outbox.advance(130)
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1, merged: 3 })
  expect(outbox.wechat.received).toHaveLength(1)
})

test('a receipt that comes after all was given up is that of all that the push told', async () => {
  const resident = await outbox.resident({ 'YX-CASE-PROGRESS': 3 })
  const of = { recipient: resident.recipient }
  const [lead, rider] = [await outbox.plan(of), await outbox.plan(of)]
  answers(UNKNOWN, 3)
  for (let nth = 0; nth < 3; nth += 1) {
    await outbox.worker()()
    outbox.advance(130)
  }
  expect(await outbox.find(rider)).toMatchObject({ because: 'outcome-unknown' })
  await outbox.receive({
    fromUserName: resident.openid,
    createTime: 1_795_484_520,
    event: 'subscribe_msg_sent_event',
    messageId: null,
    status: null,
    list: [{ templateId: 'YX-CASE-PROGRESS', status: null, messageId: '9007199254740993', errorCode: '0' }],
  })
  expect([await outbox.find(lead), await outbox.find(rider)]).toMatchObject([
    { because: null },
    { because: 'merged' },
  ])
})
