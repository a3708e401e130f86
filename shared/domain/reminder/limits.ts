import type { Limit } from '../kernel/limit'
import type { PlainDate } from '../kernel/plain-date'

export const RECIPIENT_KINDS = ['resident', 'enterprise', 'part-timer', 'staff'] as const
export type RecipientKind = (typeof RECIPIENT_KINDS)[number]

/** How often a person may be disturbed on one day. */
export interface DailyLimit {
  readonly max: number
  /** So many of them are for what is urgent alone; smaller than `max`. */
  readonly urgentReserve: number
}

/** The county's own numbers, in messages: its pack's `reminder-limits.json`. */
export interface ReminderLimits {
  readonly perDay: Readonly<Record<RecipientKind, DailyLimit>>
  readonly templatePerMinute: number
  readonly accountPerDay: number
  /** Short messages, which the county pays for. */
  readonly smsPerDay: number
}

/** WeChat's own ceiling of an account's day. */
export const WECHAT_PER_DAY = 10_000_000

/** Of a county whose pack says nothing. */
export const USUAL_LIMITS: ReminderLimits = {
  perDay: {
    resident: { max: 3, urgentReserve: 1 },
    enterprise: { max: 5, urgentReserve: 2 },
    'part-timer': { max: 3, urgentReserve: 2 },
    staff: { max: 6, urgentReserve: 2 },
  },
  templatePerMinute: 600,
  // A county that comes near a tenth of WeChat's ceiling has a fault.
  accountPerDay: 1_000_000,
  smsPerDay: 2000,
}

/** Who comes to the call later than this after the reservation gives it back and reserves anew. */
export const BEGIN_WITHIN_SECONDS = 4
const CALL_SECONDS = 6
/** A message reaches WeChat at most so long after its reservation; until it is known when, it counts as if it were then. */
export const HOLD_SECONDS = BEGIN_WITHIN_SECONDS + CALL_SECONDS

export interface Disturbance {
  readonly recipientKind: RecipientKind
  readonly urgent: boolean
  /** `profile:<id>` or `staff:<id>` */
  readonly recipientKey: string
  readonly templateId: string
  /** The sending account's appid; `SMS_ACCOUNT` of a short message. */
  readonly account: string
  readonly day: PlainDate
}

/** The county's account at its provider of short messages. */
export const SMS_ACCOUNT = 'sms'

/** Under these names the units of a person's and of an account's day, and of a template's minute, are kept. */
export const personKey = (recipientKey: string) => `person:${recipientKey}`
export const accountKey = (account: string) => `account:${account}`
export const templateKey = (templateId: string) => `template:${templateId}`

const dailyMaximum = ({ max, urgentReserve }: DailyLimit, urgent: boolean) =>
  urgent ? max : max - urgentReserve

/** The limits of one message that goes to a phone; the in-app inbox has none. The person's stands first. */
export const limitsFor = (message: Disturbance, limits: ReminderLimits): readonly Limit[] => [
  {
    kind: 'per-day',
    name: 'person-per-day',
    key: personKey(message.recipientKey),
    day: message.day,
    max: dailyMaximum(limits.perDay[message.recipientKind], message.urgent),
  },
  {
    kind: 'sliding-window',
    name: 'template-per-minute',
    key: templateKey(message.templateId),
    seconds: 60,
    max: limits.templatePerMinute,
    holdSeconds: HOLD_SECONDS,
  },
  {
    kind: 'per-day',
    name: 'account-per-day',
    key: accountKey(message.account),
    day: message.day,
    max: message.account === SMS_ACCOUNT ? limits.smsPerDay : limits.accountPerDay,
  },
]
