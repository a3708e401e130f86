import type { Limit } from '#shared/domain/kernel/limit'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { goodHour, orNextMorning } from '#shared/domain/reminder/hours'
import {
  BEGIN_WITHIN_SECONDS,
  limitsFor,
  type RecipientKind,
  type ReminderLimits,
  USUAL_LIMITS,
} from '#shared/domain/reminder/limits'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import type { Epoch, Limiter } from '../../platform/ports/limiter'
import type { Log } from '../../platform/ports/log'
import type { OutgoingReminder, SendOutcome, Wechat } from '../../platform/ports/wechat'
import { openBody, type ReminderBody } from './body'
import { type ClaimedReminder, claimReminders } from './claim'
import {
  type Attempt,
  askAgain,
  beginSending,
  type ConsentChange,
  fallBackToInbox,
  giveUpUnknown,
  moveToInbox,
  recordFailure,
  recordSent,
  tryLater,
  waitAll,
  waitUntil,
} from './outcomes'
import { createReserve } from './recall'

interface DrainRules {
  readonly limits: ReminderLimits
  readonly calendar: WorkingCalendar
}

export interface DrainDeps {
  readonly database: Database
  readonly wechat: Pick<Wechat, 'sendReminder'>
  readonly limiter: Limiter
  /** The county's, asked for each batch. */
  readonly rules: () => Promise<DrainRules>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** The mini program that sends, and whose openids it sends to. */
  readonly appid: string
}

export interface DrainOptions {
  readonly batch: number
  /** Longer than a batch takes; a crashed worker's reminders wait as long. */
  readonly leaseSeconds: number
}

/** `waiting`: moved on; `lost`: another worker has it now; `broken`: a defect, tried again after the lease. */
const FATES = ['sent', 'inbox', 'waiting', 'failed', 'unknown', 'lost', 'broken'] as const
type Fate = (typeof FATES)[number]
export type DrainReport = Readonly<Record<Fate | 'claimed', number>>

export type Drain = (options?: Partial<DrainOptions>) => Promise<DrainReport>

const DEFAULTS: DrainOptions = { batch: 50, leaseSeconds: 120 }
const MAX_ATTEMPTS = 8
const MAX_UNKNOWN = 3
const STORE_DOWN_SECONDS = 30
const RECEIPT_SECONDS = 60
const LONGEST_BACKOFF_SECONDS = 600
const CONCURRENCY = 8
const NO_RULES: DrainRules = { limits: USUAL_LIMITS, calendar: new Map() }

type Account = {
  readonly channel: OutgoingReminder['channel']
  readonly openid: string
  readonly templateId: string
}
type Sendable = ClaimedReminder & Account

/** What one batch has learnt. */
interface Batch extends DrainRules {
  readonly token: string
  readonly reserve: ReturnType<typeof createReserve>
  storeDown: boolean
  /** Templates that are used up, until when: the rest of the batch need not ask. */
  readonly usedUp: Map<string, Instant>
}

/** What is not begun now: nobody is disturbed at this hour, or the store of the limits is away. */
interface Postponed {
  readonly until: Instant
  readonly because: 'hour' | 'store'
}

const isAtWork = ({ recipient }: ClaimedReminder) => recipient.startsWith('staff:')

const goodHourOf = (row: ClaimedReminder, now: Instant, { calendar }: DrainRules) =>
  goodHour(isAtWork(row) ? row : 'resident', now, calendar)

const recipientKind = (row: ClaimedReminder): RecipientKind => {
  if (isAtWork(row)) return row.partTime ? 'part-timer' : 'staff'
  return row.forEnterprise ? 'enterprise' : 'resident'
}

const isSendable = (row: ClaimedReminder): row is Sendable =>
  row.openid !== null && row.templateId !== null && row.channel !== 'inbox' && row.channel !== 'sms'

/** What may have gone out is not kept back (`moveToInbox`). */
const inboxFate = ({ mayHaveGone }: ClaimedReminder): Fate => (mayHaveGone ? 'unknown' : 'inbox')

const secondsAfter = (now: Instant, seconds: number) =>
  new Date(Date.parse(now) + seconds * 1000).toISOString() as Instant

const atLeastASecondFrom = (now: Instant, at: Instant): Instant => {
  const soonest = secondsAfter(now, 1)
  return at > soonest ? at : soonest
}

/**
 * Delivers the reminders that are due, one batch at a time; any number of workers may do so at once.
 *
 * None is lost: a reminder leaves the queue only with an outcome written, and a lease that ends gives it to the next
 * worker. The idempotency window is the time from `sending_at` to the outcome, one call to WeChat: whoever crashes or
 * loses the answer inside it leaves a reminder that is sent again, under the same client id. WeChat makes one message
 * of the two in the official account (ten minutes); a consent message may arrive twice, unless WeChat's own receipt
 * comes first (`receiveWechatEvent`). Outside the window nothing is sent twice.
 *
 * Nobody is disturbed at an hour that is not theirs (`goodHour`), however a reminder came to be due then: it waits for the next
 * one, without an attempt, a limit or a consent, and is asked again each morning. What goes to the inbox alone does so at any hour. What is so no more when it is
 * claimed (`overtaken`) goes there too, before it takes anything of what is so.
 *
 * Limits are reserved before a consent is spent, both before the call; both are given back when WeChat surely did not
 * send. A repetition reserves its limits again: it is one more message.
 */
export function createDrain(deps: DrainDeps): Drain {
  const { database, clock, ids, log } = deps
  const reserve = createReserve(deps)

  return async (options = {}) => {
    const { batch, leaseSeconds } = { ...DEFAULTS, ...options }
    const token = ids.next()
    const rows = await claimReminders(database, deps.appid, {
      token,
      now: clock.now(),
      seconds: leaseSeconds,
      batch,
    })
    const rules = rows.length > 0 ? await deps.rules() : NO_RULES
    const state: Batch = { ...rules, token, reserve, storeDown: false, usedUp: new Map() }
    const report: Record<Fate | 'claimed', number> = {
      ...(Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>),
      claimed: rows.length,
    }
    const postponed: (Postponed & { readonly id: string; readonly at: Instant })[] = []
    const handle = async (row: ClaimedReminder) => {
      try {
        const fate = await deliver(deps, state, row)
        if (typeof fate !== 'string') postponed.push({ ...fate, id: row.id, at: fate.until })
        report[typeof fate === 'string' ? fate : 'waiting'] += 1
      } catch (cause) {
        report.broken += 1
        log.error('reminder.broken', { reminderId: row.id }, cause)
      }
    }
    await inTurn(byRecipient(rows), handle)
    await waitAll(database, token, postponed)
    const held = postponed.filter(({ because }) => because === 'store').length
    if (state.storeDown) log.warn('reminder.store-unavailable', { waiting: held })
    return report
  }
}

/** Batch after batch, until nothing is due now. */
export async function drainUntilEmpty(
  drain: Drain,
  options: Partial<DrainOptions> = {},
): Promise<DrainReport> {
  const total = { ...(await drain(options)) }
  for (let last: DrainReport = total; last.claimed > 0; ) {
    last = await drain(options)
    for (const fate of [...FATES, 'claimed'] as const) total[fate] += last[fate]
  }
  return total
}

/** WeChat refuses two messages to one person at the same time (43108). */
const byRecipient = (rows: readonly ClaimedReminder[]) => {
  const groups = new Map<string, ClaimedReminder[]>()
  for (const row of rows) groups.set(row.recipient, [...(groups.get(row.recipient) ?? []), row])
  return [...groups.values()]
}

async function inTurn(
  groups: ClaimedReminder[][],
  handle: (row: ClaimedReminder) => Promise<void>,
): Promise<void> {
  const work = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const row of group) await handle(row)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
}

async function deliver(deps: DrainDeps, batch: Batch, row: ClaimedReminder): Promise<Fate | Postponed> {
  const attempt: Attempt = { database: deps.database, token: batch.token, row, now: deps.clock.now() }
  const held = (written: boolean, fate: Fate): Fate => (written ? fate : 'lost')
  if (row.begun && row.attempts >= MAX_ATTEMPTS) return held(await giveUpUnknown(attempt), 'unknown')
  if (row.channel === 'inbox') return held(await moveToInbox(attempt, 'quiet'), 'inbox')
  if (row.overtaken) return held(await moveToInbox(attempt, 'quiet'), inboxFate(row))
  if (!isSendable(row)) return held(await moveToInbox(attempt, 'no-wechat'), inboxFate(row))
  if (row.channel === 'subscribe' && !row.begun && row.credits === 0) {
    return held(await moveToInbox(attempt, row.hasAgreed ? 'no-consent' : 'not-agreed'), inboxFate(row))
  }
  const body = readBody(deps.cipher, row)
  if (!body) return held(await recordFailure(attempt, 'unreadable', null, 'keep'), 'failed')
  const until = goodHourOf(row, attempt.now, batch)
  if (until === attempt.now) return send(deps, batch, { ...attempt, row }, body)
  return { until: orNextMorning(until, attempt.now), because: 'hour' }
}

function readBody(cipher: Cipher, row: ClaimedReminder): ReminderBody | undefined {
  try {
    return openBody(cipher, row)
  } catch {
    return undefined
  }
}

type SendableAttempt = Attempt & { readonly row: Sendable }

async function send(
  deps: DrainDeps,
  batch: Batch,
  attempt: SendableAttempt,
  body: ReminderBody,
): Promise<Fate | Postponed> {
  const { row } = attempt
  const { now } = attempt
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
  const reservation = await reserve(batch, attempt, { limits, at: Date.parse(now) })
  if (typeof reservation === 'string' || 'until' in reservation) return reservation
  const spendsConsent = row.channel === 'subscribe' && !row.begun
  const begun = await beginSending(attempt, spendsConsent)
  if (begun !== 'begun') {
    await giveBack(deps, reservation)
    if (begun === 'lost') return 'lost'
    return (await moveToInbox(attempt, 'no-consent')) ? inboxFate(row) : 'lost'
  }
  const { id, channel, openid, templateId } = row
  const { page, data } = body
  const at = deps.clock.now()
  const isTime = !isLate(at, reservation) && goodHourOf(row, at, batch) === at
  const outcome =
    !isTime || !(await stands(deps, reservation))
      ? NOT_NOW
      : await deps.wechat.sendReminder({ id, channel, openid, templateId, page, data })
  if (outcome.kind === 'refused' || outcome.kind === 'rejected' || outcome.kind === 'retry') {
    await giveBack(deps, reservation)
  }
  return conclude({ ...attempt, now: deps.clock.now() }, outcome)
}

interface Wanted {
  readonly limits: readonly Limit[]
  readonly at: number
}
type Reserved = Wanted & { readonly epoch: Epoch }

/** A slow database or store held it up: sent now, it would fall into another window than its reservation. */
const isLate = (now: Instant, { at }: Wanted) => Date.parse(now) - at > BEGIN_WITHIN_SECONDS * 1000
const NOT_NOW: SendOutcome = { kind: 'retry', retryAfterSeconds: 1, code: null }

/**
 * Whether the reservation still counts. A store that forgot before this send was marked in the outbox may have been
 * told of the day without it; one that forgets from here on will find the mark.
 */
async function stands({ limiter }: DrainDeps, { epoch }: Reserved): Promise<boolean> {
  try {
    return await limiter.stands(epoch)
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
    return false
  }
}

/** What was reserved; else what becomes of the reminder. */
async function reserve(
  batch: Batch,
  attempt: SendableAttempt,
  { limits, at }: Wanted,
): Promise<Fate | Postponed | Reserved> {
  const { row, now } = attempt
  const away: Postponed = { until: secondsAfter(now, STORE_DOWN_SECONDS), because: 'store' }
  if (batch.storeDown) return away
  const usedUp = batch.usedUp.get(row.templateId)
  if (usedUp) return (await waitUntil(attempt, usedUp)) ? 'waiting' : 'lost'
  try {
    const verdict = await batch.reserve(limits, at)
    if (verdict.kind === 'granted') return { limits, at, epoch: verdict.epoch }
    if (verdict.limit === 'person-per-day') {
      return (await moveToInbox(attempt, 'daily-limit')) ? inboxFate(row) : 'lost'
    }
    const retryAt = atLeastASecondFrom(now, verdict.retryAt)
    batch.usedUp.set(row.templateId, retryAt)
    return (await waitUntil(attempt, retryAt)) ? 'waiting' : 'lost'
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
    batch.storeDown = true
    return away
  }
}

/** A unit that is not given back is one message fewer, never one too many: the store may be away. */
async function giveBack({ limiter }: DrainDeps, { limits, at, epoch }: Reserved) {
  try {
    await limiter.release(limits, at, epoch)
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
  }
}

const backoffSeconds = (attempts: number) => Math.min(5 * 2 ** attempts, LONGEST_BACKOFF_SECONDS)

async function conclude(attempt: SendableAttempt, outcome: SendOutcome): Promise<Fate> {
  const { row } = attempt
  const attempts = row.attempts + 1
  const isConsent = row.channel === 'subscribe'
  const unspent: ConsentChange = isConsent ? 'give-back' : 'keep'
  const held = (written: boolean, fate: Fate): Fate => (written ? fate : 'lost')
  switch (outcome.kind) {
    case 'sent':
      await recordSent(attempt, outcome.messageId)
      return 'sent'
    case 'refused':
      return held(
        isConsent
          ? // 43101 is refused or none left: of whoever has given some nobody knows that they took them back.
            await fallBackToInbox(attempt, 'no-consent', 'none-left')
          : await fallBackToInbox(attempt, 'not-bound'),
        inboxFate(row),
      )
    case 'rejected':
      return held(await recordFailure(attempt, 'rejected', outcome.code, unspent), 'failed')
    case 'retry': {
      if (attempts >= MAX_ATTEMPTS)
        return held(await fallBackToInbox(attempt, 'undeliverable', unspent), inboxFate(row))
      const seconds = Math.max(outcome.retryAfterSeconds, backoffSeconds(attempts))
      return held(await tryLater(attempt, seconds, outcome.code, unspent), 'waiting')
    }
    case 'unknown':
      return attempts >= MAX_UNKNOWN
        ? held(await giveUpUnknown(attempt), 'unknown')
        : held(await askAgain(attempt, RECEIPT_SECONDS), 'unknown')
  }
}
