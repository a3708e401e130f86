import type { Cipher } from '../../platform/ports/cipher'
import { sealedIn } from '../../platform/ports/sealed-in'
import { CASE_NUMBER_TO_COME } from '../case'

/** What a reminder says; stands encrypted in its row. */
export interface ReminderBody {
  readonly title: string
  readonly lines: readonly string[]
  readonly page: string
  readonly data: Readonly<Record<string, string>>
}

export const sealBody = (cipher: Cipher, reminderId: string, { title, lines, page, data }: ReminderBody) =>
  cipher.encrypt(JSON.stringify({ title, lines, page, data }), sealedIn.reminder(reminderId))

interface Sealed {
  readonly id: string
  readonly bodySealed: string
  /** Drawn by the statement that wrote the reminder, hence not yet known to the words. */
  readonly caseNumber: string | null
}

/** Throws when the row was altered or its key is gone. */
export const openBody = (cipher: Cipher, { id, bodySealed, caseNumber }: Sealed): ReminderBody =>
  JSON.parse(
    cipher.decrypt(bodySealed, sealedIn.reminder(id)).replaceAll(CASE_NUMBER_TO_COME, caseNumber ?? ''),
  )

const UNREADABLE: ReminderBody = { title: '这条消息打不开了', lines: [], page: '', data: {} }

/** For lists: one message that does not open must not hide the others. */
export function readableBody(cipher: Cipher, sealed: Sealed): ReminderBody {
  try {
    return openBody(cipher, sealed)
  } catch {
    return UNREADABLE
  }
}
