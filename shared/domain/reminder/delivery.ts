/** Why a message stands in the inbox alone, or what became of it. */
export const REMINDER_REASONS = [
  /** Planned for the inbox: it asks for nothing. */
  'quiet',
  /** Each consent that was given has gone to a message, or WeChat lets none through: it does not say which. */
  'no-consent',
  /** None was given to messages of this kind, or it was taken back. */
  'not-agreed',
  'daily-limit',
  /** The person has no WeChat account with us. */
  'no-wechat',
  /** A member of staff who does not take the employee messages. */
  'not-bound',
  /** WeChat will never take it. */
  'rejected',
  /** WeChat did not take it however often it was tried. */
  'undeliverable',
  /** WeChat never said whether it went out. */
  'outcome-unknown',
  /** Its text was written with a key that is gone. */
  'unreadable',
] as const
export type ReminderReason = (typeof REMINDER_REASONS)[number]

export const DELIVERY_STATUSES = ['queued', 'sent', 'delivered', 'failed', 'dropped'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

export interface DeliveryTimes {
  readonly sentAt: string | null
  readonly deliveredAt: string | null
  readonly failedAt: string | null
  readonly droppedAt: string | null
}

/** Receipts arrive late, twice, or before WeChat's answer: times are kept, and the status follows from them. */
export function deliveryStatus({ sentAt, deliveredAt, failedAt, droppedAt }: DeliveryTimes): DeliveryStatus {
  if (droppedAt !== null) return 'dropped'
  if (failedAt !== null) return 'failed'
  if (deliveredAt !== null) return 'delivered'
  return sentAt === null ? 'queued' : 'sent'
}
