import type { Limit } from '../kernel/limit'
import type { PlainDate } from '../kernel/plain-date'

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

/** Under these names the units of a person's and of an account's day are kept. */
export const personKey = (recipientKey: string) => `person:${recipientKey}`
export const accountKey = (account: string) => `account:${account}`

/** The limits of one message that WeChat delivers; the in-app inbox has none. The person's stands first. */
export const limitsFor = (message: Disturbance): readonly Limit[] => [
  {
    kind: 'per-day',
    name: 'person-per-day',
    key: personKey(message.recipientKey),
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
    key: accountKey(message.account),
    day: message.day,
    max: ACCOUNT_PER_DAY,
  },
]
