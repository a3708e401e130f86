/** Why a message stands in the inbox alone, or what became of it. */
export const REMINDER_REASONS = [
  /** Planned for the inbox: it asks for nothing. */
  'quiet',
  /** Each consent that was given has gone to a message, or WeChat lets none through: it does not say which. */
  'no-consent',
  /** None was given to messages of this kind, or it was taken back. */
  'not-agreed',
  /** They want no phone to ring for its kind (`isSilenced`). */
  'switched-off',
  /** Of no message any more: what a day had no push left for waits for the next. */
  'daily-limit',
  /** Another push told it too. */
  'merged',
  /** The person has no WeChat account with us. */
  'no-wechat',
  /** A member of staff who does not take the employee messages. */
  'not-bound',
  /** They do not follow the official account. */
  'not-following',
  /** Nothing of WeChat's takes it, and no number of theirs takes the short message. */
  'no-number',
  /** WeChat, or the provider of short messages, will never take it. */
  'rejected',
  /** It was not taken, however often it was tried. */
  'undeliverable',
  /** Nobody ever said whether it went out. */
  'outcome-unknown',
  /** Its text was written with a key that is gone. */
  'unreadable',
] as const
export type ReminderReason = (typeof REMINDER_REASONS)[number]

export const DELIVERY_STATUSES = ['queued', 'sent', 'delivered', 'failed', 'dropped'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** It went out by no way, and never will; the inbox shows it all the same. */
export const FAILED = ['rejected', 'unreadable'] as const satisfies readonly ReminderReason[]

/** What WeChat said of an attempt that it had, or may have had. */
interface Receipt {
  readonly deliveredAt: string | null
  readonly failedAt: string | null
}

export interface Delivered {
  readonly channel: string
  readonly because: ReminderReason | null
  readonly endedAt: string | null
  readonly droppedAt: string | null
  readonly receipts: readonly Receipt[]
}

const hasNeverGone = ({ because }: Delivered) =>
  because !== null && (FAILED as readonly ReminderReason[]).includes(because)

/** When it went out to the phone, or had to be taken to have. */
export const wentOutAt = (reminder: Delivered): string | null =>
  reminder.channel === 'inbox' || hasNeverGone(reminder) ? null : reminder.endedAt

/** Receipts arrive late, twice, or before WeChat's answer; of several attempts one that arrived is enough. */
function statusOfReceipts(receipts: readonly Receipt[]): DeliveryStatus {
  if (receipts.some(({ deliveredAt, failedAt }) => deliveredAt !== null && failedAt === null))
    return 'delivered'
  return receipts.length > 0 && receipts.every(({ failedAt }) => failedAt !== null) ? 'failed' : 'sent'
}

export function deliveryStatus(reminder: Delivered): DeliveryStatus {
  if (reminder.droppedAt !== null) return 'dropped'
  if (reminder.endedAt === null) return 'queued'
  if (reminder.channel === 'inbox') return 'delivered'
  return hasNeverGone(reminder) ? 'failed' : statusOfReceipts(reminder.receipts)
}
