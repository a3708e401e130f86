import { type Delivered, deliveryStatus, type ReminderReason } from './delivery'

/** Why it is a dead letter: nobody's wish, and nothing that the next day mends by itself. */
export const DEAD_REASONS = [
  'rejected',
  'unreadable',
  'undeliverable',
] as const satisfies readonly ReminderReason[]

/**
 * The queue is done with it, its phone never got it, and nobody wanted that: WeChat takes none like it, took it after no attempt, or says that
 * it did not arrive; or its text does not open. What a person refused, or gave no consent for, is none.
 */
export const isDead = (reminder: Delivered): boolean =>
  reminder.endedAt !== null &&
  reminder.droppedAt === null &&
  (deliveryStatus(reminder) === 'failed' || DEAD_REASONS.some((reason) => reason === reminder.because))
