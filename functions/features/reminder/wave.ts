import type { Limit } from '#shared/domain/kernel/limit'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import {
  BEGIN_WITHIN_SECONDS,
  limitsFor,
  type RecipientKind,
  type ReminderLimits,
} from '#shared/domain/reminder/limits'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import type { Epoch, Limiter } from '../../platform/ports/limiter'
import type { Log } from '../../platform/ports/log'
import type { SendOutcome, Wechat } from '../../platform/ports/wechat'
import type { ReminderBody } from './body'
import { bookConsents } from './consent-book'
import { beginSending, type Send, settle } from './outcomes'
import type { createReserve } from './recall'
import {
  afterAttempt,
  CALLED_OFF,
  type CalledOff,
  type Fate,
  goodHourOf,
  intoInbox,
  isAtWork,
  type Sendable,
  spendsConsent,
  surelyNot,
  type Verdict,
  waitsFor,
  waitsUntil,
} from './verdicts'

const STORE_DOWN_SECONDS = 30

export interface WaveDeps {
  readonly database: Database
  readonly wechat: Pick<Wechat, 'sendReminder'>
  readonly limiter: Limiter
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** The mini program that sends, and whose openids it sends to. */
  readonly appid: string
}

export interface Message {
  readonly row: Sendable
  readonly body: ReminderBody
}

/** What one batch has learnt. */
export interface Batch {
  readonly token: string
  readonly limits: ReminderLimits
  readonly calendar: WorkingCalendar
  readonly reserve: ReturnType<typeof createReserve>
  /** How many wait for the store of the limits; from the first on it is not asked again. */
  held: number
  /** Templates that are used up, until when: the rest of the batch need not ask. */
  readonly usedUp: Map<string, Instant>
  /** Without a call: written once for the whole batch. */
  readonly decided: Verdict[]
}

type Reserved = Message & {
  readonly limits: readonly Limit[]
  readonly at: number
  readonly epoch: Epoch
  readonly send: Send
}

const recipientKind = (row: Sendable): RecipientKind => {
  if (isAtWork(row)) return row.partTime ? 'part-timer' : 'staff'
  return row.forEnterprise ? 'enterprise' : 'resident'
}

const atLeastASecondFrom = (now: Instant, at: Instant): Instant => {
  const soonest = new Date(Date.parse(now) + 1000).toISOString() as Instant
  return at > soonest ? at : soonest
}

const sendOf = ({ ids }: WaveDeps, row: Sendable): Send => ({
  id: row.id,
  deliveryId: ids.next(),
  channel: row.channel,
  attempt: row.attempts + 1,
  templateId: row.templateId,
  openid: row.openid,
  spends: spendsConsent(row),
})

/** What was reserved; else what becomes of the reminder. */
async function reserve(
  deps: WaveDeps,
  batch: Batch,
  message: Message,
  now: Instant,
): Promise<Reserved | Verdict> {
  const { row } = message
  const away = () => {
    batch.held += 1
    return waitsFor(row, now, STORE_DOWN_SECONDS)
  }
  if (batch.held > 0) return away()
  const usedUp = batch.usedUp.get(row.templateId)
  if (usedUp) return waitsUntil(row, usedUp)
  const limits = limitsFor(
    {
      recipientKind: recipientKind(row),
      urgent: row.urgent,
      recipientKey: row.recipient,
      templateId: row.templateId,
      account: deps.appid,
      day: dayIn(now),
    },
    batch.limits,
  )
  const at = Date.parse(now)
  try {
    const answer = await batch.reserve(limits, at)
    if (answer.kind === 'granted')
      return { ...message, limits, at, epoch: answer.epoch, send: sendOf(deps, row) }
    if (answer.limit === 'person-per-day') return intoInbox(row, 'daily-limit')
    const retryAt = atLeastASecondFrom(now, answer.retryAt)
    batch.usedUp.set(row.templateId, retryAt)
    return waitsUntil(row, retryAt)
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
    return away()
  }
}

/** A unit that is not given back is one message fewer, never one too many: the store may be away. */
async function giveBack({ limiter }: WaveDeps, { limits, at, epoch }: Reserved) {
  try {
    await limiter.release(limits, at, epoch)
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
  }
}

/**
 * Whether a reservation still counts, asked once a wave. A store that forgot before the sends were marked in the outbox may
 * have been told of the day without them; one that forgets from here on will find the marks.
 */
function createStands({ limiter }: WaveDeps) {
  const asked = new Map<Epoch, Promise<boolean>>()
  const ask = async (epoch: Epoch) => {
    try {
      return await limiter.stands(epoch)
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause
      return false
    }
  }
  return (epoch: Epoch) => {
    const known = asked.get(epoch) ?? ask(epoch)
    asked.set(epoch, known)
    return known
  }
}

/** A slow database or store held it up: sent now, it would fall into another window than its reservation. */
const isLate = (now: Instant, at: number) => Date.parse(now) - at > BEGIN_WITHIN_SECONDS * 1000

async function call(
  deps: WaveDeps,
  batch: Batch,
  { row, body, at, epoch }: Reserved,
  stands: (epoch: Epoch) => Promise<boolean>,
): Promise<SendOutcome | CalledOff> {
  const now = deps.clock.now()
  if (isLate(now, at) || goodHourOf(row, now, batch.calendar) !== now) return CALLED_OFF
  if (!(await stands(epoch))) return CALLED_OFF
  const { id, channel, openid, templateId } = row
  return deps.wechat.sendReminder({ id, channel, openid, templateId, page: body.page, data: body.data })
}

/** What one of a wave runs into keeps none of the others back. */
async function each<Given, Result>(
  { log }: WaveDeps,
  given: readonly Given[],
  idOf: (each: Given) => string,
  work: (each: Given) => Promise<Result>,
) {
  const broken: Fate[] = []
  const done = await Promise.all(
    given.map(async (one) => {
      try {
        return [await work(one)]
      } catch (cause) {
        log.error('reminder.broken', { reminderId: idOf(one) }, cause)
        broken.push('broken')
        return []
      }
    }),
  )
  return { done: done.flat(), broken }
}

/**
 * A message each to some people at once: their limits are reserved, one statement begins them all, the calls are made side by
 * side, and one statement writes how all of them ended. Answers what became of those that it has written itself.
 */
export async function runWave(
  deps: WaveDeps,
  batch: Batch,
  messages: readonly Message[],
): Promise<readonly Fate[]> {
  const { database, clock } = deps
  const { token } = batch
  const now = clock.now()
  const asked = await each(
    deps,
    messages,
    ({ row }) => row.id,
    (message) => reserve(deps, batch, message, now),
  )
  batch.decided.push(...asked.done.flatMap((answer) => ('send' in answer ? [] : [answer])))
  const reserved = asked.done.flatMap((answer) => ('send' in answer ? [answer] : []))
  if (reserved.length === 0) return asked.broken

  const held = { database, token, now }
  const begun = await beginSending(
    held,
    reserved.map(({ send }) => send),
  )
  const isBegun = ({ send }: Reserved) => begun.get(send.id) === true
  const others = reserved.filter((one) => !isBegun(one))
  const without = others.filter(({ send }) => begun.has(send.id))
  batch.decided.push(...without.map(({ row }) => intoInbox(row, 'no-consent')))
  const lost: Fate[] = others.filter(({ send }) => !begun.has(send.id)).map(() => 'lost')
  await Promise.all(others.map((one) => giveBack(deps, one)))

  const stands = createStands(deps)
  const called = await each(
    deps,
    reserved.filter(isBegun),
    ({ row }) => row.id,
    async (one) => {
      const outcome = await call(deps, batch, one, stands)
      if (surelyNot(outcome)) await giveBack(deps, one)
      return { one, outcome }
    },
  )
  const after = clock.now()
  const verdicts = called.done.map(({ one: { row, send }, outcome }) =>
    afterAttempt(row, send.deliveryId, outcome, after),
  )
  const written = await settle({ database, token, now: after }, verdicts)
  await bookRefusals(deps, called.done, now)
  return [
    ...asked.broken,
    ...lost,
    ...called.broken,
    ...verdicts.map(({ id, fate }) => (written.has(id) ? fate : 'lost')),
  ]
}

/** WeChat knew of no consent when the attempt was begun; one that was given since is there. */
async function bookRefusals(
  deps: WaveDeps,
  called: readonly { readonly one: Reserved; readonly outcome: SendOutcome | CalledOff }[],
  at: Instant,
) {
  const refused = called.filter(
    ({ one, outcome }) => outcome.kind === 'refused' && one.row.channel === 'subscribe',
  )
  await bookConsents(
    deps,
    refused.map(({ one: { send } }) => ({
      key: `none-left:${send.deliveryId}`,
      openid: send.openid,
      templateId: send.templateId,
      kind: 'none-left',
      at,
      deliveryId: send.deliveryId,
      credits: null,
      refusedAt: null,
    })),
  )
}
