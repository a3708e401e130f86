import type { Limit } from '#shared/domain/kernel/limit'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import {
  BEGIN_WITHIN_SECONDS,
  limitsFor,
  type ReminderLimits,
  SMS_ACCOUNT,
} from '#shared/domain/reminder/limits'
import { followerData } from '#shared/domain/reminder/templates'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import type { Epoch, Limiter } from '../../platform/ports/limiter'
import type { Log } from '../../platform/ports/log'
import type { Wechat } from '../../platform/ports/wechat'
import type { ReminderBody } from './body'
import type { Accounts } from './claim'
import { bookConsents } from './consent-book'
import { forgetFollowers } from './followers'
import { beginSending, type Send, settle } from './outcomes'
import type { createReserve } from './recall'
import { callBySms, type SmsCallDeps } from './sms-call'
import {
  afterAttempt,
  CALLED_OFF,
  type CalledOff,
  elsewhere,
  type Fate,
  goodHourOf,
  intoInbox,
  type Outcome,
  recipientKind,
  ridersGoOn,
  type Sendable,
  spendsConsent,
  surelyNot,
  type Verdict,
  waitsFor,
  waitsForAnother,
  waitsForTomorrow,
  waitsUntil,
} from './verdicts'

const STORE_DOWN_SECONDS = 30

export interface WaveDeps extends Accounts, SmsCallDeps {
  readonly database: Database
  readonly wechat: Pick<Wechat, 'sendReminder'>
  readonly limiter: Limiter
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

/** A push. */
export interface Message {
  /** The reminder under whose id it goes out. */
  readonly row: Sendable
  /** What it tells besides. */
  readonly riders: readonly Sendable[]
  /** What runs out today, or is late, is in it. */
  readonly urgent: boolean
  readonly body: Pick<ReminderBody, 'page' | 'data'>
}

export const toldBy = ({ row, riders }: Message) => [row, ...riders]

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
  /** How often somebody's phone has rung since the batch was claimed, by what it sent itself. */
  readonly rang: Map<string, number>
  /** Without a call: written once for the whole batch. */
  readonly decided: Verdict[]
}

type Reserved = Message & {
  readonly limits: readonly Limit[]
  /** When it was asked for by this clock, and for when it is reserved by the fastest. */
  readonly askedAt: number
  readonly at: number
  readonly epoch: Epoch
  readonly send: Send
}

const atLeastASecondFrom = (now: Instant, at: Instant): Instant => {
  const soonest = new Date(Date.parse(now) + 1000).toISOString() as Instant
  return at > soonest ? at : soonest
}

const sendOf = ({ ids }: WaveDeps, { rang }: Batch, { row, riders }: Message): Send => ({
  id: row.id,
  recipient: row.recipient,
  riders: riders.map(({ id }) => id),
  deliveryId: ids.next(),
  channel: row.channel,
  attempt: row.attempts + 1,
  templateId: row.templateId,
  openid: row.openid,
  spends: spendsConsent(row),
  rung: row.rungToday + (rang.get(row.recipient) ?? 0),
})

/** What was reserved; else what becomes of the reminder. */
async function reserve(
  deps: WaveDeps,
  batch: Batch,
  message: Message,
  now: Instant,
): Promise<Reserved | readonly Verdict[]> {
  const { row } = message
  const all = (verdictOf: (row: Sendable) => Verdict) => toldBy(message).map(verdictOf)
  const away = () => {
    const waiting = all((each) => waitsFor(each, now, STORE_DOWN_SECONDS))
    batch.held += waiting.length
    return waiting
  }
  if (batch.held > 0) return away()
  const usedUp = batch.usedUp.get(row.templateId)
  if (usedUp) return all((each) => waitsUntil(each, usedUp))
  const limits = limitsFor(
    {
      recipientKind: recipientKind(row),
      // What may have gone out has taken its part of the day already, and is not told as kept back.
      urgent: message.urgent || row.mayBeOut,
      recipientKey: row.recipient,
      templateId: row.templateId,
      account: row.channel === 'sms' ? SMS_ACCOUNT : deps.appid,
      day: dayIn(now),
    },
    batch.limits,
  )
  const askedAt = Date.parse(now)
  try {
    const answer = await batch.reserve(limits, askedAt)
    if (answer.kind === 'granted') {
      const { at, epoch } = answer
      return { ...message, limits, askedAt, at, epoch, send: sendOf(deps, batch, message) }
    }
    if (answer.limit === 'person-per-day')
      return all((each) =>
        each.mayBeOut ? intoInbox(each, 'daily-limit') : waitsForTomorrow(each, now, batch.calendar),
      )
    const retryAt = atLeastASecondFrom(now, answer.retryAt)
    batch.usedUp.set(row.templateId, retryAt)
    return all((each) => waitsUntil(each, retryAt))
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

/** From now on its minute counts from when it can have reached WeChat last; while the store is away, from later. */
async function countFrom({ limiter, clock }: WaveDeps, { limits, askedAt, at }: Reserved) {
  try {
    await limiter.use(limits, at, at + Date.parse(clock.now()) - askedAt)
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
const isLate = (now: Instant, askedAt: number) => Date.parse(now) - askedAt > BEGIN_WITHIN_SECONDS * 1000

async function call(
  deps: WaveDeps,
  batch: Batch,
  { row, body, askedAt, epoch }: Reserved,
  stands: (epoch: Epoch) => Promise<boolean>,
): Promise<Outcome | CalledOff> {
  const now = deps.clock.now()
  if (isLate(now, askedAt) || goodHourOf(row, now, batch.calendar) !== now) return CALLED_OFF
  if (!(await stands(epoch))) return CALLED_OFF
  if (row.channel === 'sms') return callBySms(deps, row, body)
  const { id, channel, openid, templateId, createdAt } = row
  const data = channel === 'template' ? followerData(templateId, body.data, createdAt) : body.data
  return deps.wechat.sendReminder({ id, channel, openid, templateId, page: body.page, data })
}

const fatesOf =
  (fate: Fate, ridersFate: Fate = fate === 'sent' ? 'merged' : fate) =>
  ({ riders }: Message): Fate[] => [fate, ...riders.map(() => ridersFate)]

/** What one of a wave runs into keeps none of the others back. */
async function each<Given extends Message, Result>(
  { log }: WaveDeps,
  given: readonly Given[],
  work: (each: Given) => Promise<Result>,
) {
  const broken: Fate[] = []
  const done = await Promise.all(
    given.map(async (one) => {
      try {
        return [await work(one)]
      } catch (cause) {
        log.error('reminder.broken', { reminderId: one.row.id }, cause)
        broken.push(...fatesOf('broken')(one))
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
  const asked = await each(deps, messages, (message) => reserve(deps, batch, message, now))
  batch.decided.push(...asked.done.flatMap((answer) => ('send' in answer ? [] : answer)))
  const reserved = asked.done.flatMap((answer) => ('send' in answer ? [answer] : []))
  if (reserved.length === 0) return asked.broken

  const held = { database, token, now }
  const begun = await beginSending(
    held,
    reserved.map(({ send }) => send),
  ).catch(async (cause) => {
    await Promise.all(reserved.map((one) => giveBack(deps, one)))
    throw cause
  })
  const isBegun = ({ send }: Reserved) => begun.get(send.id) === 'begun'
  const others = reserved.filter((one) => !isBegun(one))
  for (const one of others) {
    const beginning = begun.get(one.send.id)
    if (beginning === 'no-consent')
      batch.decided.push(...toldBy(one).map((row) => elsewhere(row, now, 'no-consent')))
    if (beginning === 'met') batch.decided.push(...toldBy(one).map((row) => waitsForAnother(row, now)))
  }
  const lost = others.filter(({ send }) => !begun.has(send.id)).flatMap(fatesOf('lost'))
  await Promise.all(others.map((one) => giveBack(deps, one)))

  const stands = createStands(deps)
  const called = await each(deps, reserved.filter(isBegun), async (one) => {
    const outcome = await call(deps, batch, one, stands)
    if (!surelyNot(outcome)) batch.rang.set(one.row.recipient, (batch.rang.get(one.row.recipient) ?? 0) + 1)
    await (surelyNot(outcome) ? giveBack : countFrom)(deps, one)
    return { one, outcome }
  })
  const after = clock.now()
  const verdicts = called.done.map(({ one: { row, send }, outcome }) =>
    afterAttempt(row, send.deliveryId, outcome, after),
  )
  const written = await settle({ database, token, now: after }, verdicts)
  await bookRefusals(deps, called.done, now)
  await forgetFollowers(
    database,
    after,
    called.done.flatMap(({ one, outcome }) =>
      outcome.kind === 'refused' && outcome.because === 'not-following' ? (one.row.openid ?? []) : [],
    ),
  )
  return [
    ...asked.broken,
    ...lost,
    ...called.broken,
    ...called.done.flatMap(({ one }, nth) => {
      const verdict = verdicts[nth]
      if (!verdict || !written.has(verdict.id)) return fatesOf('lost')(one)
      return fatesOf(verdict.fate, ridersGoOn(verdict) ? 'waiting' : undefined)(one)
    }),
  ]
}

/** WeChat knew of no consent when the attempt was begun; one that was given since is there. */
async function bookRefusals(
  deps: WaveDeps,
  called: readonly { readonly one: Reserved; readonly outcome: Outcome | CalledOff }[],
  at: Instant,
) {
  const refused = called.flatMap(({ one, outcome }) =>
    outcome.kind === 'refused' && one.row.channel === 'subscribe' ? [{ one, openid: one.row.openid }] : [],
  )
  await bookConsents(
    deps,
    refused.map(({ one: { send }, openid }) => ({
      key: `none-left:${send.deliveryId}`,
      openid,
      templateId: send.templateId,
      kind: 'none-left',
      at,
      deliveryId: send.deliveryId,
      credits: null,
      refusedAt: null,
    })),
  )
}
