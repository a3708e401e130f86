import { sql } from 'drizzle-orm'
import { wentOutAt } from '#shared/domain/reminder/delivery'
import type { Cipher } from '../../platform/ports/cipher'
import type { Database } from '../../platform/ports/database'
import { describeReminder, type ReminderRow, reminderJson } from './rows'

/** All messages to a person, as resident and as member of staff, newest first; those of the inbox included. */
export async function messagesOf(
  database: Database,
  cipher: Cipher,
  person: { readonly profileId: string | null; readonly staffId: string | null },
) {
  const recipients = [
    ...(person.profileId === null ? [] : [`profile:${person.profileId}`]),
    ...(person.staffId === null ? [] : [`staff:${person.staffId}`]),
  ]
  if (recipients.length === 0) return []
  const rows = await database.rows<{ row: ReminderRow }>(sql`select ${reminderJson} as row from reminders r
    where r.recipient in ${recipients} order by r.created_at desc, r.id desc`)
  return rows.map(({ row }) => ({
    ...describeReminder(cipher, row),
    eventId: row.eventId,
    templateId: row.templateId,
    pushAt: wentOutAt(row),
    caseIds: row.caseId === null ? [] : [row.caseId],
  }))
}
