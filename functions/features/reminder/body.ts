import type { Cipher } from '../../platform/ports/cipher'

/** What a reminder says; stands encrypted in its row. */
export interface ReminderBody {
  readonly title: string
  readonly lines: readonly string[]
  readonly page: string
  readonly data: Readonly<Record<string, string>>
}

const contextOf = (reminderId: string) => `reminders.${reminderId}`

export const sealBody = (cipher: Cipher, reminderId: string, { title, lines, page, data }: ReminderBody) =>
  cipher.encrypt(JSON.stringify({ title, lines, page, data }), contextOf(reminderId))

/** Throws when the row was altered or its key is gone. */
export const openBody = (cipher: Cipher, reminderId: string, sealed: string): ReminderBody =>
  JSON.parse(cipher.decrypt(sealed, contextOf(reminderId)))

const UNREADABLE: ReminderBody = { title: '这条消息打不开了', lines: [], page: '', data: {} }

/** For lists: one message that does not open must not hide the others. */
export function readableBody(cipher: Cipher, reminderId: string, sealed: string): ReminderBody {
  try {
    return openBody(cipher, reminderId, sealed)
  } catch {
    return UNREADABLE
  }
}
