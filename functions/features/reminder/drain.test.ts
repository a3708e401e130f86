import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ReminderLimits, USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Database } from '../../platform/ports/database'
import type { Limiter } from '../../platform/ports/limiter'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const openOutbox = () => createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })

let database: Database
let outbox: ReturnType<typeof createOutbox>

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = openOutbox()
  await outbox.clear()
})

const TEMPLATE = 'YX-CASE-PROGRESS'

describe('what becomes of a reminder', () => {
  it('goes out by WeChat, spends one consent, and is delivered when the receipt comes', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
    const id = await outbox.plan({ recipient })
    expect(await outbox.worker()()).toMatchObject({ claimed: 1, sent: 1 })
    expect(outbox.wechat.received).toEqual([
      expect.objectContaining({ id, openid, channel: 'subscribe', templateId: TEMPLATE }),
    ])
    expect(await outbox.credits(openid)).toBe(1)
    const { wechatMessageId: messageId } = await outbox.find(id)
    expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: false })
    await outbox.receive(receiptOf(openid, messageId))
    expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: true })
  })

  it('keeps a receipt that comes before the answer', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
    const ids = [await outbox.plan({ recipient }), await outbox.plan({ recipient })]
    for (const messageId of ['early-1', 'early-2']) {
      outbox.wechat.script.push(async () => {
        await outbox.receive(receiptOf(openid, messageId))
        return { kind: 'sent', messageId }
      })
    }
    await outbox.worker()()
    for (const id of ids) expect(await outbox.find(id)).toMatchObject({ sent: true, delivered: true })
  })

  it('goes into the inbox without a consent, and says so', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const first = await outbox.plan({ recipient })
    const second = await outbox.plan({ recipient, kind: 'concluded' })
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1, inbox: 1 })
    expect(await outbox.find(first)).toMatchObject({ channel: 'subscribe' })
    expect(await outbox.find(second)).toMatchObject({
      channel: 'inbox',
      because: 'no-consent',
      delivered: true,
    })
  })

  it('says that consents are used up to whoever gave some, and to nobody else', async () => {
    const [never, refuser, other] = [
      await outbox.resident(),
      await outbox.resident(),
      await outbox.resident({ another: 3 }),
    ]
    for (const status of ['accept', 'reject'])
      await outbox.receive({
        fromUserName: refuser.openid,
        createTime: 1,
        event: status === 'accept' ? 'subscribe_msg_popup_event' : 'subscribe_msg_change_event',
        messageId: null,
        status: null,
        list: [{ templateId: TEMPLATE, status, messageId: null, errorCode: null }],
      })
    for (const { recipient } of [never, refuser, other]) {
      const id = await outbox.plan({ recipient })
      await outbox.worker()()
      expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
    }
  })

  it('gives the last consent to the urgent one', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    await outbox.plan({ recipient })
    const urgent = await outbox.plan({ recipient, urgent: true })
    await outbox.worker()()
    expect(outbox.wechat.received.map((message) => message.id)).toEqual([urgent])
  })

  it('stays in the inbox when it was planned for it, or there is no WeChat account', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const quiet = await outbox.plan({ recipient, channel: 'inbox' })
    const nobody = await outbox.plan({ recipient: 'staff:has-left', channel: 'relation' })
    await outbox.worker()()
    expect(outbox.wechat.received).toEqual([])
    expect(await outbox.find(quiet)).toMatchObject({ because: 'quiet', delivered: true })
    expect(await outbox.find(nobody)).toMatchObject({ channel: 'inbox', because: 'no-wechat' })
  })

  it('counts no consent any more when WeChat knows of none, and calls nobody unwilling who gave some', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 5 })
    const id = await outbox.plan({ recipient })
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'no-consent' }))
    await outbox.worker()()
    expect(await outbox.credits(openid)).toBe(0)
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'no-consent', delivered: true })
    const next = await outbox.plan({ recipient })
    await outbox.worker()()
    expect(await outbox.find(next)).toMatchObject({ channel: 'inbox', because: 'no-consent' })
  })

  it('fails for good when WeChat rejects it, and costs nothing', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    outbox.wechat.script.push(() => ({ kind: 'rejected', code: 47003 }))
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ failed: 1 })
    expect(await outbox.find(id)).toMatchObject({ failed: true, because: 'rejected' })
    expect(await outbox.credits(openid)).toBe(1)
  })

  it('is tried again later when WeChat surely did not send, and ends in the inbox', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      outbox.wechat.script.push(() => ({ kind: 'retry', retryAfterSeconds: 3, code: 45009 }))
      expect(await outbox.worker()()).toMatchObject({ claimed: 1 })
      expect(await outbox.credits(openid)).toBe(1)
      expect(await outbox.worker()()).toMatchObject({ claimed: 0 })
      outbox.advance(700)
    }
    expect(await outbox.find(id)).toMatchObject({ attempts: 8, channel: 'inbox', because: 'undeliverable' })
  })

  it('does not open a text of another row', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    const decrypt = () => {
      throw new Error('moved')
    }
    const worker = outbox.worker({ cipher: { ...outbox.deps.cipher, decrypt } })
    expect(await worker()).toMatchObject({ failed: 1 })
    expect(await outbox.find(id)).toMatchObject({ because: 'unreadable', failed: true })
  })
})

describe('limits', () => {
  it('disturbs a resident twice a day, and once more for what is urgent; the rest waits for the next day', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 9 })
    const kinds = ['accepted', 'verified', 'dates-moved', 'concluded']
    for (const kind of kinds) await outbox.plan({ recipient, kind })
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 2, waiting: 2 })
    for (let number = 0; number < 2; number += 1) await outbox.plan({ recipient, urgent: true })
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1, waiting: 3 })
    expect(await outbox.credits(openid)).toBe(6)
    outbox.advance(86_400)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 2, waiting: 1 })
  })

  it('disturbs a part-timer once, and at most twice more for what is urgent', async () => {
    const { recipient } = await outbox.staff(true)
    const relation = { recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' } as const
    const drain = () => drainUntilEmpty(outbox.worker())
    for (let number = 0; number < 2; number += 1) await outbox.plan(relation)
    expect(await drain()).toMatchObject({ sent: 1, merged: 1 })
    await outbox.plan(relation)
    expect(await drain()).toMatchObject({ sent: 0, waiting: 1 })
    await outbox.plan({ ...relation, urgent: true })
    expect(await drain()).toMatchObject({ sent: 0, waiting: 2 })
    outbox.advance(3600)
    expect(await drain()).toMatchObject({ sent: 1, merged: 1 })
    await outbox.plan({ ...relation, urgent: true })
    // The last one of the day waits for what comes until an hour before its end.
    expect(await drain()).toMatchObject({ sent: 0, waiting: 1 })
    outbox.advance(6 * 3600)
    for (let number = 0; number < 2; number += 1) await outbox.plan({ ...relation, urgent: true })
    expect(await drain()).toMatchObject({ sent: 1, merged: 2 })
    await outbox.plan({ ...relation, urgent: true })
    expect(await drain()).toMatchObject({ sent: 0, waiting: 1 })
  })

  it('keeps the county’s own numbers, which may change from one batch to the next', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 9 })
    const perDay = { ...USUAL_LIMITS.perDay, resident: { max: 2, urgentReserve: 1 } }
    let limits: ReminderLimits = { ...USUAL_LIMITS, perDay }
    const worker = outbox.worker({ rules: async () => ({ limits, calendar: new Map() }) })
    for (const kind of ['accepted', 'concluded']) await outbox.plan({ recipient, kind })
    expect(await drainUntilEmpty(worker)).toMatchObject({ sent: 1, waiting: 1 })
    for (let number = 0; number < 2; number += 1) await outbox.plan({ recipient, urgent: true })
    expect(await drainUntilEmpty(worker)).toMatchObject({ sent: 1, waiting: 2 })
    limits = USUAL_LIMITS
    await outbox.plan({ recipient, urgent: true })
    expect(await drainUntilEmpty(worker)).toMatchObject({ sent: 1 })
  })

  it('lets the rest of a template wait for the next minute', async () => {
    const limits: ReminderLimits = { ...USUAL_LIMITS, templatePerMinute: 60 }
    const worker = outbox.worker({ rules: async () => ({ limits, calendar: new Map() }) })
    const staff = await Promise.all(Array.from({ length: 70 }, () => outbox.staff()))
    for (const { recipient } of staff) {
      await outbox.plan({ recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' })
    }
    expect(await drainUntilEmpty(worker, { batch: 200 })).toMatchObject({ sent: 60, waiting: 10 })
    outbox.advance(59)
    expect(await drainUntilEmpty(worker)).toMatchObject({ sent: 0 })
    outbox.advance(1)
    expect(await drainUntilEmpty(worker)).toMatchObject({ sent: 10, waiting: 0 })
  }, 20_000)

  it('reserves anew when it comes to the call too late for its window', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 3 })
    await outbox.plan({ recipient, urgent: true })
    for (const kind of ['accepted', 'concluded']) await outbox.plan({ recipient, kind })
    const slow: Limiter = {
      ...outbox.deps.limiter,
      reserve: (limits, at) => {
        outbox.advance(5)
        return outbox.deps.limiter.reserve(limits, at)
      },
    }
    expect(await outbox.worker({ limiter: slow })()).toMatchObject({ sent: 0, waiting: 3 })
    expect(await outbox.credits(openid)).toBe(3)
    outbox.advance(60)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 2, waiting: 1 })
  })

  it('gives back what was not used', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 9 })
    for (let number = 0; number < 3; number += 1) {
      await outbox.plan({ recipient, urgent: true })
      outbox.wechat.script.push(() => ({ kind: 'rejected', code: 45168 }))
    }
    await drainUntilEmpty(outbox.worker())
    for (let number = 0; number < 3; number += 1) await outbox.plan({ recipient, urgent: true })
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 3 })
  })

  it('lets everything wait while the store is away, and loses nothing', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 9 })
    for (let number = 0; number < 3; number += 1) await outbox.plan({ recipient, urgent: true })
    const away = { ...outbox.deps.limiter, reserve: () => Promise.reject(new StoreUnavailable()) }
    expect(await drainUntilEmpty(outbox.worker({ limiter: away }))).toMatchObject({ claimed: 3, waiting: 3 })
    expect(await outbox.credits(openid)).toBe(9)
    expect(await outbox.worker()()).toMatchObject({ claimed: 0 })
    outbox.advance(31)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 3 })
  })
})

describe('when the answer is lost', () => {
  it('is sent again under the same id', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    outbox.wechat.script.push(() => ({ kind: 'unknown' }))
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ unknown: 1 })
    expect(await outbox.credits(openid)).toBe(0)
    outbox.advance(61)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
    expect(outbox.wechat.received.map((message) => message.id)).toEqual([id])
  })

  it('is not sent again when the receipt tells that it went out', async () => {
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    outbox.wechat.script.push(() => ({ kind: 'unknown' }))
    await outbox.worker()()
    await outbox.receive(receiptOf(openid, 'm-lost'))
    outbox.advance(61)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ claimed: 0 })
    expect(await outbox.find(id)).toMatchObject({ delivered: true, wechatMessageId: 'm-lost' })
  })

  it('counts as sent after three attempts', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      outbox.wechat.script.push(() => ({ kind: 'unknown' }))
      await outbox.worker()()
      outbox.advance(61)
    }
    expect(await outbox.worker()()).toMatchObject({ claimed: 0 })
    expect(await outbox.find(id)).toMatchObject({ sent: true, because: 'outcome-unknown', delivered: false })
  })
})

describe('what may have reached the phone', () => {
  const LIMIT = USUAL_LIMITS.perDay.resident.max
  const planFor = (recipient: string) =>
    outbox.plan({ recipient, channel: 'template', templateId: 'YX-OA-RESULT', urgent: true })
  const told = { because: 'outcome-unknown', sent: true, delivered: false, failed: false }

  it.each([
    ['at once', []],
    ['after WeChat asked to wait', [{ kind: 'retry', retryAfterSeconds: 1, code: 45009 }]],
  ] as const)('is not told as kept back when the day is full %s', async (_, others) => {
    const { recipient } = await outbox.resident()
    const id = await planFor(recipient)
    outbox.wechat.script.push(() => ({ kind: 'unknown' }))
    expect(await outbox.worker()()).toMatchObject({ unknown: 1 })
    for (const outcome of others) {
      outbox.advance(61)
      outbox.wechat.script.push(() => outcome)
      expect(await outbox.worker()()).toMatchObject({ waiting: 1 })
    }
    for (let message = 1; message < LIMIT; message += 1) await planFor(recipient)
    await outbox.worker()()
    outbox.advance(61)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ unknown: 1, inbox: 0 })
    expect(await outbox.find(id)).toMatchObject({ channel: 'template', ...told })
  })

  it('is not told as kept back when no consent is left for it', async () => {
    const { recipient } = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient })
    outbox.wechat.script.push(
      () => ({ kind: 'unknown' }),
      () => ({ kind: 'refused', because: 'no-consent' }),
    )
    await outbox.worker()()
    outbox.advance(61)
    expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ unknown: 1, inbox: 0 })
    expect(await outbox.find(id)).toMatchObject({ channel: 'subscribe', ...told })
  })
})

describe('a worker that dies', () => {
  it('loses nothing at any point, and repeats only what was being sent', async () => {
    let point = 0
    for (let died = true; died; point += 1) {
      died = await dieAt(point)
    }
    expect(point).toBeGreaterThan(12)
  }, 60_000)

  /** Kills a worker at its `point`-th call of a port, lets another finish, and checks what people received. */
  async function dieAt(point: number) {
    outbox = openOutbox()
    await outbox.clear()
    const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 3 })
    const [withoutConsent, staff] = [await outbox.resident(), await outbox.staff()]
    const pushed = [await outbox.plan({ recipient }), await outbox.plan({ recipient, kind: 'concluded' })]
    const ofWork = { recipient: staff.recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' } as const
    const together = [await outbox.plan(ofWork), await outbox.plan({ ...ofWork, urgent: true })]
    const kept = await outbox.plan({ recipient: withoutConsent.recipient })
    const mortal = createMortal(point)
    const worker = outbox.worker({
      database: { ...database, rows: (statement) => mortal.kill(() => database.rows(statement))() as never },
      limiter: {
        reserve: mortal.kill(outbox.deps.limiter.reserve),
        release: mortal.kill(outbox.deps.limiter.release),
        restore: mortal.kill(outbox.deps.limiter.restore),
        stands: mortal.kill(outbox.deps.limiter.stands),
        use: mortal.kill(outbox.deps.limiter.use),
      },
      wechat: { sendReminder: mortal.kill(outbox.wechat.sendReminder, true) },
    })
    await worker().catch(() => undefined)
    const insideTheWindow = await outbox.underWay()
    // Others do not touch what is leased.
    await drainUntilEmpty(outbox.worker())
    outbox.advance(121)
    await drainUntilEmpty(outbox.worker())
    // A repetition takes its part of the day from what can wait.
    outbox.advance(86_400)
    await drainUntilEmpty(outbox.worker())

    expect(await outbox.queued()).toBe(0)
    expect(await outbox.find(kept)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
    const received = outbox.wechat.received.map((message) => message.id)
    expect(new Set(received)).toEqual(new Set([...pushed, together[1]]))
    for (const id of together)
      expect(await outbox.find(id)).toMatchObject({ channel: 'relation', sent: true })
    const repeated = received.filter((id, at) => received.indexOf(id) !== at)
    expect(insideTheWindow).toEqual(expect.arrayContaining(repeated))
    expect(await outbox.credits(openid)).toBe(1)
    return mortal.isDead()
  }

  /** Calls fail from the `point`-th on; a call to WeChat may die before or after WeChat has the message. */
  function createMortal(point: number) {
    let calls = 0
    let dead = false
    const step = () => {
      dead ||= calls === point
      calls += 1
      if (dead) throw new Error('killed')
    }
    return {
      isDead: () => dead,
      kill:
        <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>, isSend = false) =>
        async (...given: Given) => {
          step()
          const answer = await call(...given)
          if (isSend) step()
          else if (dead) throw new Error('killed')
          return answer
        },
    }
  }
})

describe('several workers', () => {
  it('send each reminder once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => outbox.resident({ [TEMPLATE]: 3 })))
    const ids: string[] = []
    for (const { recipient } of people) ids.push(await outbox.plan({ recipient }))
    await Promise.all(Array.from({ length: 5 }, () => drainUntilEmpty(outbox.worker(), { batch: 3 })))
    expect(outbox.wechat.received.map((message) => message.id).sort()).toEqual([...ids].sort())
  })
})

const receiptOf = (openid: string, messageId: string | null) => ({
  fromUserName: openid,
  createTime: 1_795_484_520,
  event: 'subscribe_msg_sent_event',
  messageId: null,
  status: null,
  list: [{ templateId: TEMPLATE, status: null, messageId, errorCode: '0' }],
})
