import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { type ConsentEntry, projectConsents } from '#shared/domain/reminder/consents'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { removeOldRows } from '../../platform/db/remove-expired-rows'
import type { Database } from '../../platform/ports/database'
import type { SendOutcome } from '../../platform/ports/wechat'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const TEMPLATE = 'YX-CASE-PROGRESS'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

const newOutbox = () => createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })

/** What the book of somebody says, and what is counted of it. */
async function bookOf(openid: string) {
  const entries =
    await database.rows<ConsentEntry>(sql`select key, kind, credits, delivery_id as "deliveryId",
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      to_char(refused_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "refusedAt"
    from consent_entries where openid = ${openid}`)
  const [counted] = await database.rows<{
    credits: number
    refusedAt: string | null
    resetAt: string | null
  }>(
    sql`select credits, to_char(refused_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "refusedAt",
      to_char(reset_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "resetAt"
      from consent_credits where openid = ${openid}`,
  )
  return { entries, counted: counted ?? { credits: 0, refusedAt: null, resetAt: null } }
}

const OUTCOMES: readonly SendOutcome[] = [
  { kind: 'sent', messageId: null },
  { kind: 'unknown' },
  { kind: 'retry', retryAfterSeconds: 1, code: 45011 },
  { kind: 'rejected', code: 47003 },
  { kind: 'refused', because: 'no-consent' },
]
const step = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -90, max: 5 }).map((ago) => ({ accept: ago })) },
  { weight: 1, arbitrary: fc.integer({ min: -90, max: 5 }).map((ago) => ({ reject: ago })) },
  { weight: 3, arbitrary: fc.constantFrom(...OUTCOMES).map((send) => ({ send })) },
)

test('whatever comes, in whatever order, what is counted is what the book says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const outbox = newOutbox()
      await outbox.clear()
      const { openid, recipient } = await outbox.resident()
      const push = (ago: number, status: 'accept' | 'reject') =>
        outbox.receive({
          fromUserName: openid,
          createTime: Math.floor(Date.parse(outbox.clock.now()) / 1000) + ago,
          event: status === 'accept' ? 'subscribe_msg_popup_event' : 'subscribe_msg_change_event',
          messageId: null,
          status: null,
          list: [{ templateId: TEMPLATE, status, messageId: null, errorCode: null }],
        })
      for (const each of steps) {
        if ('accept' in each) await push(each.accept, 'accept')
        else if ('reject' in each) await push(each.reject, 'reject')
        else {
          outbox.wechat.script.length = 0
          outbox.wechat.script.push(() => each.send)
          await outbox.plan({ recipient })
          await outbox.worker()({ batch: 1 })
        }
        outbox.advance(61)
        const { entries, counted } = await bookOf(openid)
        expect(counted).toEqual(projectConsents(entries))
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('a book of which a year is over is closed, and goes on with what it came to', async () => {
  const outbox = newOutbox()
  const { openid } = await outbox.resident({ [TEMPLATE]: 2 })
  const start = Math.floor(Date.parse(outbox.clock.now()) / 1000)
  const accept = (createTime: number) =>
    outbox.receive({
      fromUserName: openid,
      createTime,
      event: 'subscribe_msg_popup_event',
      messageId: null,
      status: null,
      list: [{ templateId: TEMPLATE, status: 'accept', messageId: null, errorCode: null }],
    })
  const year = 366 * 86_400
  for (const time of [start, start + 10, start + year]) await accept(time)
  const before = await bookOf(openid)
  expect(before.counted.credits).toBe(5)
  const night = new Date((start + year + 60) * 1000).toISOString() as Instant
  for (const _ of [1, 2]) await removeOldRows(database, night)
  const { entries, counted } = await bookOf(openid)
  expect(entries.map(({ kind, credits }) => [kind, credits]).sort()).toEqual([
    ['accepted', null],
    ['opening', 4],
  ])
  expect(projectConsents(entries).credits).toBe(counted.credits)
  await accept(start + year + 5)
  expect(await outbox.credits(openid)).toBe(6)
  // One that WeChat repeats after so long was counted long ago.
  await accept(start)
  expect(await outbox.credits(openid)).toBe(6)
})
