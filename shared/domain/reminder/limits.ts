import { addDays, type Instant, instantAt, type PlainDate } from '../kernel/plain-date'

type LimitName = 'person-per-day' | 'template-per-minute' | 'account-per-day' | 'person-per-hour'

/** At most `max` units: on one calendar day in Asia/Shanghai, or in any window of `seconds`. */
export type Limit =
  | {
      readonly kind: 'per-day'
      readonly name: LimitName
      readonly key: string
      readonly day: PlainDate
      readonly max: number
    }
  | {
      readonly kind: 'sliding-window'
      readonly name: LimitName
      readonly key: string
      readonly seconds: number
      readonly max: number
    }

export type LimitVerdict =
  | { readonly kind: 'granted' }
  /** `limit` is the first of the list that is used up; it has a unit again at `retryAt`. */
  | { readonly kind: 'refused'; readonly limit: LimitName; readonly retryAt: Instant }

/** What has been reserved so far. */
export interface LimitUsage {
  /** Units of a day's limit, by `limitKey`. */
  count(key: string): number
  /** When the units of a window's limit were reserved, ascending, in milliseconds since 1970. */
  times(key: string): readonly number[]
}

/** The name under which a limit's units are kept; a day's limit has one for each day. */
export const limitKey = (limit: Limit) => (limit.kind === 'per-day' ? `${limit.key}:${limit.day}` : limit.key)

/** The first instant of the day after. */
export const endOfDay = (day: PlainDate): Instant => instantAt(addDays(day, 1), 0)

const MILLISECONDS = 1000
const instantOf = (milliseconds: number): Instant => {
  const midnight = Math.floor(milliseconds / 86_400_000)
  const day = addDays('1970-01-01' as PlainDate, midnight)
  const rest = milliseconds - midnight * 86_400_000
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / MILLISECONDS) % 60].map(two).join(':')
  return `${day}T${clock}.${String(rest % MILLISECONDS).padStart(3, '0')}Z` as Instant
}

/** When the unit that stands in the way has left the window: `blockedBy` and `now` in milliseconds since 1970. */
export const windowRetryAt = (blockedBy: number, seconds: number): Instant =>
  instantOf(blockedBy + seconds * MILLISECONDS)

function refusalOf(usage: LimitUsage, limit: Limit, now: number): LimitVerdict | undefined {
  const refused = (retryAt: Instant) => ({ kind: 'refused', limit: limit.name, retryAt }) as const
  if (limit.kind === 'per-day') {
    return usage.count(limitKey(limit)) < limit.max ? undefined : refused(endOfDay(limit.day))
  }
  // Units ahead of `now` count too: clocks of two machines differ, and the window must hold on either.
  const inside = usage.times(limitKey(limit)).filter((time) => time > now - limit.seconds * MILLISECONDS)
  const blockedBy = inside[inside.length - limit.max]
  return blockedBy === undefined ? undefined : refused(windowRetryAt(blockedBy, limit.seconds))
}

/**
 * Whether one unit of every limit may be taken at `now` (milliseconds since 1970): all of them or none. The Lua script
 * of the stores does the same; the tests compare the two.
 */
export function decideReservation(usage: LimitUsage, limits: readonly Limit[], now: number): LimitVerdict {
  for (const limit of limits) {
    const refusal = refusalOf(usage, limit, now)
    if (refusal) return refusal
  }
  return { kind: 'granted' }
}

export type RecipientKind = 'resident' | 'enterprise' | 'part-timer' | 'staff'

/** The county's own numbers: how often a person may be disturbed on one day. */
const DAILY_MAXIMUM = {
  resident: { ordinary: 3, urgent: 3 },
  enterprise: { ordinary: 5, urgent: 5 },
  // One a day, and urgent ones beyond it at most twice.
  'part-timer': { ordinary: 1, urgent: 3 },
  staff: { ordinary: 6, urgent: 6 },
} as const satisfies Record<RecipientKind, { readonly ordinary: number; readonly urgent: number }>

const TEMPLATE_PER_MINUTE = 600
/** WeChat's own ceiling is ten millions; a county that comes near a tenth of it has a fault. */
const ACCOUNT_PER_DAY = 1_000_000

/** Who comes to the call later than this after the reservation gives it back and reserves anew. */
export const BEGIN_WITHIN_SECONDS = 4
const CALL_SECONDS = 6
/**
 * A message reaches WeChat some moments after its reservation, at most the two together. The window is longer by as
 * much, so that any minute of arriving keeps the limit, not only any minute of reserving.
 */
const MINUTE_AND_MARGIN_SECONDS = 60 + BEGIN_WITHIN_SECONDS + CALL_SECONDS

export interface Disturbance {
  readonly recipientKind: RecipientKind
  readonly urgent: boolean
  /** `profile:<id>` or `staff:<id>` */
  readonly recipientKey: string
  readonly templateId: string
  /** The sending account's appid. */
  readonly account: string
  readonly day: PlainDate
}

/** The limits of one message that WeChat delivers; the in-app inbox has none. The person's stands first. */
export const limitsFor = (message: Disturbance): readonly Limit[] => [
  {
    kind: 'per-day',
    name: 'person-per-day',
    key: `person:${message.recipientKey}`,
    day: message.day,
    max: DAILY_MAXIMUM[message.recipientKind][message.urgent ? 'urgent' : 'ordinary'],
  },
  {
    kind: 'sliding-window',
    name: 'template-per-minute',
    key: `template:${message.templateId}`,
    seconds: MINUTE_AND_MARGIN_SECONDS,
    max: TEMPLATE_PER_MINUTE,
  },
  {
    kind: 'per-day',
    name: 'account-per-day',
    key: `account:${message.account}`,
    day: message.day,
    max: ACCOUNT_PER_DAY,
  },
]
