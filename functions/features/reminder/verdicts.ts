import { addDays, dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { isUnwanted, nextWay, type Way } from '#shared/domain/reminder/channels'
import type { ReminderReason } from '#shared/domain/reminder/delivery'
import { goodHour, type Listener, orNextMorning } from '#shared/domain/reminder/hours'
import type { RecipientKind } from '#shared/domain/reminder/limits'
import { isSilenced, isSpare } from '#shared/domain/reminder/message-groups'
import type { PushTime } from '#shared/domain/reminder/push-day'
import { followerTemplate } from '#shared/domain/reminder/templates'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Refusal, SendOutcome } from '../../platform/ports/wechat'
import type { ClaimedReminder } from './claim'

/** Of a series: what is sent again by hand begins another. */
const MAX_ATTEMPTS = 8
const MAX_UNKNOWN = 3
const RECEIPT_SECONDS = 60
const CALLED_OFF_SECONDS = 10
const LONGEST_BACKOFF_SECONDS = 600

/** How a call ended; of a number that takes no short message as of who takes none by WeChat. */
export type Outcome =
  | Exclude<SendOutcome, { kind: 'refused' | 'rejected' | 'retry' }>
  | { readonly kind: 'refused'; readonly because: Refusal | 'no-number' }
  | { readonly kind: 'rejected'; readonly code: number | null }
  | { readonly kind: 'retry'; readonly retryAfterSeconds: number; readonly code: number | null }

/** `waiting`: moved on; `lost`: another worker has it now; `broken`: a defect, tried again after the lease. */
/** `merged`: told by the push of another. */
export const FATES = ['sent', 'merged', 'inbox', 'waiting', 'failed', 'unknown', 'lost', 'broken'] as const
export type Fate = (typeof FATES)[number]

/** What becomes of a reminder, and of the attempt at it if one was begun; what is null stays as it is. */
export interface Verdict {
  readonly id: string
  readonly fate: Fate
  readonly ends: boolean
  readonly channel: 'inbox' | null
  readonly because: ReminderReason | null
  readonly availableAt: Instant | null
  readonly mayBeOut: boolean | null
  /** What goes out to the same person before may tell it too. */
  readonly putOff: boolean
  readonly attempt: EndedAttempt | null
}

interface EndedAttempt {
  readonly deliveryId: string
  readonly by: Sendable['channel']
  /** `called-off`: before the call, which is none then. */
  readonly outcome: 'sent' | 'refused' | 'rejected' | 'retry' | 'unknown' | 'called-off'
  readonly messageId: string | null
  readonly code: number | null
  readonly givesBack: boolean
}

type ByWechat = ClaimedReminder & {
  readonly channel: 'subscribe' | 'relation' | 'template'
  readonly openid: string
  readonly templateId: string
}
type BySms = ClaimedReminder & {
  readonly channel: 'sms'
  readonly openid: null
  readonly templateId: string
  readonly bySms: NonNullable<ClaimedReminder['bySms']>
}
export type Sendable = ByWechat | BySms

const secondsAfter = (now: Instant, seconds: number) =>
  new Date(Date.parse(now) + seconds * 1000).toISOString() as Instant

const verdict = (row: ClaimedReminder, fate: Fate, changes: Partial<Verdict>): Verdict => ({
  ends: false,
  channel: null,
  because: null,
  availableAt: null,
  mayBeOut: null,
  putOff: false,
  attempt: null,
  ...changes,
  id: row.id,
  fate,
})

/** Nobody ever said whether it went out: it counts as sent, without a receipt. */
const givenUp = (row: ClaimedReminder) => verdict(row, 'unknown', { ends: true, because: 'outcome-unknown' })

/** The person finds it in the app alone, which says why. What may have reached the phone is nowhere called kept back. */
export const intoInbox = (row: ClaimedReminder, because: ReminderReason): Verdict =>
  row.mayBeOut ? givenUp(row) : verdict(row, 'inbox', { ends: true, channel: 'inbox', because })

/** The rule of the ways (H5), asked of what is known of this one. */
const wayOf = (row: ClaimedReminder): Way | undefined =>
  nextWay(
    {
      audience: row.channel === 'relation' ? 'staff' : 'resident',
      kind: row.kind,
      outBy: row.mayBeOut && row.channel !== 'inbox' ? row.channel : null,
      refusedBy: row.refusedBy,
    },
    {
      wechat: row.openid !== null && row.templateId !== null,
      consent: row.holdsConsent || row.credits > 0,
      follows: row.asFollower !== null,
      hasRefused: row.hasRefused,
      sms: row.bySms !== null && row.phoneSealed !== null,
      unwanted: row.unwanted,
    },
  )

/** Planned for the official account itself, whose card is of no other way. */
const isOfTheAccount = ({ channel, templateId }: ClaimedReminder) =>
  channel === 'template' && templateId !== null && followerTemplate(templateId) === undefined

/** By the way that it goes next. */
function sendableBy(row: ClaimedReminder): Sendable | undefined {
  const { openid, templateId, asFollower, bySms } = row
  if (isOfTheAccount(row))
    return openid !== null && templateId !== null && !isUnwanted('template', row.unwanted)
      ? { ...row, openid, templateId, channel: 'template' }
      : undefined
  const way = wayOf(row)
  if (way === 'sms')
    return bySms ? { ...row, bySms, templateId: bySms.templateId, openid: null, channel: way } : undefined
  if (way === 'template') return asFollower ? { ...row, ...asFollower, channel: way } : undefined
  return way && openid !== null && templateId !== null
    ? { ...row, openid, templateId, channel: way }
    : undefined
}

/** Where no way is left a short message might have told it, had they a number that takes one. */
const withoutNumber = (row: ClaimedReminder, because: ReminderReason): ReminderReason =>
  row.bySms !== null &&
  !isUnwanted('sms', row.unwanted) &&
  (row.phoneSealed === null || row.refusedBy.includes('sms'))
    ? 'no-number'
    : because

/** WeChat, the provider, or the book by now, knows that this way takes none: it is asked again at once who tells them. */
export function elsewhere(row: ClaimedReminder, now: Instant, because: ReminderReason): Verdict {
  const left = { ...row, credits: 0, holdsConsent: false, refusedBy: [...row.refusedBy, row.channel] }
  return wayOf(left) !== undefined && row.attempts + 1 < MAX_ATTEMPTS
    ? verdict(row, 'waiting', { availableAt: now, mayBeOut: false })
    : intoInbox(row, withoutNumber(left, because))
}

/** It will never go out; the inbox shows it all the same. */
const failed = (row: ClaimedReminder, because: ReminderReason): Verdict =>
  row.mayBeOut ? givenUp(row) : verdict(row, 'failed', { ends: true, because })

export const waitsUntil = (row: ClaimedReminder, at: Instant) => verdict(row, 'waiting', { availableAt: at })

export const waitsFor = (row: ClaimedReminder, now: Instant, seconds: number) =>
  waitsUntil(row, secondsAfter(now, seconds))

export const unreadable = (row: ClaimedReminder) => failed(row, 'unreadable')

export const isAtWork = ({ recipient }: Pick<ClaimedReminder, 'recipient'>) => recipient.startsWith('staff:')

export const listenerOf = (row: ClaimedReminder): Listener => (isAtWork(row) ? row : { night: row.night })

export const goodHourOf = (row: ClaimedReminder, now: Instant, calendar: WorkingCalendar) =>
  goodHour(listenerOf(row), now, calendar)

export const recipientKind = (row: ClaimedReminder): RecipientKind => {
  if (isAtWork(row)) return row.partTime ? 'part-timer' : 'staff'
  return row.forEnterprise ? 'enterprise' : 'resident'
}

/** A repetition of what may have arrived goes out by the consent that is spent for it. */
export const spendsConsent = (row: ClaimedReminder) => row.channel === 'subscribe' && !row.holdsConsent

/** Why it rings at nobody, whichever channel there is. */
function keptBack(row: ClaimedReminder): ReminderReason | undefined {
  if (row.overtaken) return 'quiet'
  if (isSilenced(row.kind, row.recipient, row.silenced)) return 'switched-off'
  return spendsConsent(row) && row.credits === 1 && isSpare(row.kind) ? 'quiet' : undefined
}

const noConsentOf = (row: ClaimedReminder): ReminderReason => (row.hasAgreed ? 'no-consent' : 'not-agreed')

const whyNotBy = (row: ClaimedReminder): ReminderReason => {
  if (isUnwanted('subscribe', row.unwanted)) return 'switched-off'
  return row.openid === null || row.templateId === null ? 'no-wechat' : noConsentOf(row)
}

/** What was begun by another way than the first, and surely did not arrive: it is asked anew who tells them. */
const asClaimed = (row: ClaimedReminder): ClaimedReminder =>
  row.mayBeOut || isOfTheAccount(row) || (row.channel !== 'template' && row.channel !== 'sms')
    ? row
    : { ...row, channel: 'subscribe' }

/** What is decided without a call; else it is to be sent, if its text opens and at an hour that is its person's. */
export function withoutCall(claimed: ClaimedReminder): Verdict | Sendable {
  const row = asClaimed(claimed)
  if (row.mayBeOut && row.attempts > 0 && row.attempts % MAX_ATTEMPTS === 0) return givenUp(row)
  if (row.channel === 'inbox') return verdict(row, 'inbox', { ends: true, because: 'quiet' })
  const because = keptBack(row)
  if (because !== undefined) return intoInbox(row, because)
  return sendableBy(row) ?? intoInbox(row, withoutNumber(row, whyNotBy(row)))
}

const putOff = (row: ClaimedReminder, at: Instant): Verdict => ({ ...waitsUntil(row, at), putOff: true })

/** Until when it waits for an hour of its person's; undefined where that is now. */
export function waitsForHour(row: ClaimedReminder, now: Instant, calendar: WorkingCalendar) {
  const until = goodHourOf(row, now, calendar)
  return until === now ? undefined : putOff(row, orNextMorning(until, now))
}

/** Another worker is just telling the person something: this may be told with what comes next. */
export const waitsForAnother = (row: ClaimedReminder, now: Instant): Verdict =>
  putOff(row, secondsAfter(now, CALLED_OFF_SECONDS))

/** Today has no push left for it. */
export function waitsForTomorrow(row: ClaimedReminder, now: Instant, calendar: WorkingCalendar): Verdict {
  const until = goodHourOf(row, instantAt(addDays(dayIn(now), 1), 0), calendar)
  return putOff(row, orNextMorning(until, now))
}

/** When the phone rings next with it, if not now. */
export const waitsForPush = (
  row: ClaimedReminder,
  time: Exclude<PushTime, { kind: 'now' }>,
  now: Instant,
  calendar: WorkingCalendar,
): Verdict => (time.kind === 'today' ? putOff(row, time.at) : waitsForTomorrow(row, now, calendar))

const backoffSeconds = (attempts: number) => Math.min(5 * 2 ** attempts, LONGEST_BACKOFF_SECONDS)

const afterRetry = (row: ClaimedReminder, now: Instant, retryAfterSeconds: number) => {
  const attempts = row.attempts + 1
  return attempts % MAX_ATTEMPTS === 0
    ? intoInbox(row, 'undeliverable')
    : waitsFor(row, now, Math.max(retryAfterSeconds, backoffSeconds(attempts)))
}

function fateOf(row: Sendable, outcome: Outcome | CalledOff, now: Instant): Verdict {
  switch (outcome.kind) {
    case 'sent':
      return verdict(row, 'sent', { ends: true })
    case 'refused':
      return elsewhere(
        row,
        now,
        row.channel === 'template' && row.asFollower !== null ? noConsentOf(row) : outcome.because,
      )
    case 'rejected':
      return failed(row, 'rejected')
    case 'retry':
      return { ...afterRetry(row, now, outcome.retryAfterSeconds), mayBeOut: row.mayBeOut }
    case 'called-off':
      return { ...waitsFor(row, now, CALLED_OFF_SECONDS), mayBeOut: row.mayBeOut }
    case 'unknown':
      return row.channel === 'sms' || row.unknown + 1 >= MAX_UNKNOWN
        ? givenUp(row)
        : { ...waitsFor(row, now, RECEIPT_SECONDS), fate: 'unknown' }
  }
}

/** It alone is what WeChat does not take: whatever its push told besides goes out without it. */
export const ridersGoOn = ({ attempt, because }: Verdict) =>
  attempt !== null && (because === 'rejected' || because === 'undeliverable')

/** It was too late, the hour was over, or the reservation fell before the call. */
export interface CalledOff {
  readonly kind: 'called-off'
}
export const CALLED_OFF: CalledOff = { kind: 'called-off' }

/** It surely did not go out: what was reserved and spent for it is given back. */
export const surelyNot = ({ kind }: Outcome | CalledOff) => kind !== 'sent' && kind !== 'unknown'

/** What becomes of a reminder after an attempt at it; of what the attempt alone spent it gives back. */
export function afterAttempt(
  row: Sendable,
  deliveryId: string,
  outcome: Outcome | CalledOff,
  now: Instant,
): Verdict {
  return {
    ...fateOf(row, outcome, now),
    attempt: {
      deliveryId,
      by: row.channel,
      outcome: outcome.kind,
      messageId: outcome.kind === 'sent' ? outcome.messageId : null,
      code: 'code' in outcome ? outcome.code : null,
      // Of who has none nothing is given back: WeChat has said so.
      givesBack: outcome.kind !== 'refused' && surelyNot(outcome) && spendsConsent(row),
    },
  }
}
