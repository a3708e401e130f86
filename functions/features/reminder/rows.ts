import { type SQL, sql } from 'drizzle-orm'
import type { ReminderChannel } from '#shared/contract/reminder.labels'
import { type Delivered, deliveryStatus } from '#shared/domain/reminder/delivery'
import { instantText } from '../../platform/db/parts/instant'
import { RECEIPTS } from '../../platform/db/parts/reminders'
import type { Cipher } from '../../platform/ports/cipher'
import { readableBody } from './body'

/** A reminder as lists read it. */
export interface ReminderRow extends Delivered {
  readonly id: string
  readonly eventId: string
  readonly caseId: string | null
  readonly kind: string
  readonly recipient: string
  readonly urgent: boolean
  readonly templateId: string | null
  readonly bodySealed: string
  readonly caseNumber: string | null
  readonly channel: ReminderChannel
  readonly createdAt: string
  readonly availableAt: string
  readonly readAt: string | null
}

const at = (column: string) => instantText(`r.${column}`)

/** The row `r` as JSON. */
export const reminderJson: SQL = sql`json_build_object('id', r.id, 'eventId', r.event_id, 'caseId', r.case_id, 'kind', r.kind,
  'recipient', r.recipient, 'urgent', r.urgent, 'templateId', r.template_id, 'bodySealed', r.body_sealed,
  'caseNumber', (select c.case_number from cases c where c.id = r.case_id),
  'channel', r.channel, 'because', r.because, 'createdAt', ${at('created_at')}, 'availableAt', ${at('available_at')},
  'endedAt', ${instantText('coalesce(r.sent_at, r.failed_at)')}, 'droppedAt', ${at('dropped_at')}, 'receipts', ${RECEIPTS},
  'readAt', ${at('read_at')})`

/** A reminder in words, with what became of it. */
export function describeReminder(cipher: Cipher, row: ReminderRow) {
  const { title, lines, page } = readableBody(cipher, row)
  return {
    id: row.id,
    at: row.createdAt,
    kind: row.kind,
    title,
    lines: [...lines],
    page,
    channel: row.channel,
    status: deliveryStatus(row),
    because: row.because,
  }
}
