import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import type { Limiter } from '../../platform/ports/limiter'
import type { SendOutcome } from '../../platform/ports/wechat'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const TEMPLATE = 'YX-CASE-PROGRESS'

let database: Database
let outbox: ReturnType<typeof createOutbox>
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
})

const UNKNOWN: SendOutcome = { kind: 'unknown' }
const RETRY: SendOutcome = { kind: 'retry', retryAfterSeconds: 1, code: 45011 }
/** WeChat answers so, one time after the other, each a while after the last. */
async function answered(...outcomes: readonly SendOutcome[]) {
  for (const outcome of outcomes) {
    outbox.wechat.script.push(() => outcome)
    await outbox.worker()()
    outbox.advance(130)
  }
}
const receiptOf = (openid: string, messageId: string, event = 'subscribe_msg_sent_event') => ({
  fromUserName: openid,
  createTime: 1_795_484_520,
  event,
  messageId: event === 'TEMPLATESENDJOBFINISH' ? messageId : null,
  status: event === 'TEMPLATESENDJOBFINISH' ? 'success' : null,
  list:
    event === 'TEMPLATESENDJOBFINISH'
      ? []
      : [{ templateId: TEMPLATE, status: null, messageId, errorCode: '0' }],
})

describe('an attempt of which nobody knows how it ended', () => {
  it('keeps the consent that it spent, whatever becomes of the next', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    await answered(UNKNOWN, RETRY)
    expect(await outbox.credits(openid)).toBe(0)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
    expect(await outbox.credits(openid)).toBe(0)
    expect(await outbox.find(id)).toMatchObject({ channel: 'subscribe', sent: true })
  })

  it('is found by its late receipt, also behind one that WeChat did not take: nothing goes out again', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
    const id = await outbox.plan({ recipient })
    await answered(UNKNOWN, RETRY)
    await outbox.receive(receiptOf(openid, 'late'))
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ claimed: 0 })
    expect(outbox.wechat.received).toEqual([])
    expect(await outbox.find(id)).toMatchObject({ delivered: true, wechatMessageId: 'late' })
    expect(await outbox.credits(openid)).toBe(1)
  })

  it('is found when it had been given up, which is told of no more', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    await answered(UNKNOWN, UNKNOWN, UNKNOWN)
    expect(await outbox.find(id)).toMatchObject({ because: 'outcome-unknown' })
    await outbox.receive(receiptOf(openid, 'very-late'))
    expect(await outbox.find(id)).toMatchObject({ because: null, delivered: true })
  })

  it('is told as what may have arrived, though WeChat rejects the repetition', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    await answered(UNKNOWN, { kind: 'rejected', code: 47003 })
    expect(await outbox.find(id)).toMatchObject({ because: 'outcome-unknown', failed: false })
  })

  it('of two messages is not taken for the other', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
    await outbox.plan({ recipient })
    await outbox.plan({ recipient, kind: 'concluded' })
    outbox.wechat.script.push(
      () => UNKNOWN,
      () => UNKNOWN,
    )
    await drainUntilEmpty(outbox.worker())
    await outbox.receive(receiptOf(openid, 'of-one'))
    outbox.advance(130)
    expect(await outbox.worker()()).toMatchObject({ claimed: 2 })
  })
})

describe('a receipt', () => {
  it('finds its message where WeChat’s answer had no id', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
    const ids = [await outbox.plan({ recipient }), await outbox.plan({ recipient, kind: 'concluded' })]
    for (const _ of ids) outbox.wechat.script.push(() => ({ kind: 'sent', messageId: null }))
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 2 })
    for (const messageId of ['first', 'first', 'second']) await outbox.receive(receiptOf(openid, messageId))
    for (const id of ids) expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: true })
  })

  it('of the official account is of no message of the mini program', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    await answered({ kind: 'sent', messageId: 'm-of-both' })
    await outbox.receive(receiptOf(openid, 'm-of-both', 'TEMPLATESENDJOBFINISH'), 'official-account')
    expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: false })
    await outbox.receive(receiptOf(openid, 'm-of-both'))
    expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: true })
  })
})

describe('what is called off before the call', () => {
  it('is no attempt, however often', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    const slow: Limiter = {
      ...outbox.deps.limiter,
      reserve: (limits, at) => {
        outbox.advance(5)
        return outbox.deps.limiter.reserve(limits, at)
      },
    }
    for (let time = 1; time <= 12; time += 1) {
      expect(await outbox.worker({ limiter: slow })()).toMatchObject({ claimed: 1, waiting: 1 })
      outbox.advance(700)
    }
    expect(await outbox.find(id)).toMatchObject({ attempts: 0, because: null })
    expect(await outbox.credits(openid)).toBe(1)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
    expect(await outbox.find(id)).toMatchObject({ attempts: 1 })
  })
})

describe('consents by WeChat’s order', () => {
  const push = (openid: string, createTime: number, status: 'accept' | 'reject') => ({
    fromUserName: openid,
    createTime,
    event: status === 'accept' ? 'subscribe_msg_popup_event' : 'subscribe_msg_change_event',
    messageId: null,
    status: null,
    list: [{ templateId: TEMPLATE, status, messageId: null, errorCode: null }],
  })

  it('a reject that is pushed again after a newer accept takes nothing away', async () => {
    const { openid } = await outbox.resident()
    await outbox.receive(push(openid, 1000, 'accept'))
    await outbox.receive(push(openid, 1010, 'reject'))
    expect(await outbox.credits(openid)).toBe(0)
    await outbox.receive(push(openid, 1020, 'accept'))
    await outbox.receive(push(openid, 1010, 'reject'))
    expect(await outbox.credits(openid)).toBe(1)
  })

  it('a reject that comes late takes away what was given before it', async () => {
    const { openid } = await outbox.resident()
    await outbox.receive(push(openid, 1000, 'accept'))
    await outbox.receive(push(openid, 1020, 'accept'))
    await outbox.receive(push(openid, 1010, 'reject'))
    expect(await outbox.credits(openid)).toBe(1)
  })

  it('what the official account hears gives the mini program no consent', async () => {
    const { openid } = await outbox.resident()
    await outbox.receive(push(openid, 1000, 'accept'), 'official-account')
    expect(await outbox.credits(openid)).toBe(0)
  })

  it('many at once are each counted', async () => {
    const { openid } = await outbox.resident()
    const times = Array.from({ length: 12 }, (_, at) => 2000 + at)
    await Promise.all([...times, ...times].map((at) => outbox.receive(push(openid, at, 'accept'))))
    expect(await outbox.credits(openid)).toBe(12)
  })
})
