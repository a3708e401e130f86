import { sql } from 'drizzle-orm'
import type { Cipher } from '../../../platform/ports/cipher'
import type { Database } from '../../../platform/ports/database'
import { sealedIn } from '../../../platform/ports/sealed-in'

interface Kept {
  readonly key: string
  readonly on: string
  readonly sealed: string
}

/** The operator's command: why accounts were closed, the newest day first, by nobody's name. */
export async function listReasons({
  database,
  cipher,
}: {
  readonly database: Database
  readonly cipher: Cipher
}): Promise<readonly { readonly on: string; readonly words: string }[]> {
  const rows =
    await database.rows<Kept>(sql`select key, to_char(closed_on, 'YYYY-MM-DD') as on, words_sealed as sealed
    from closing_reasons order by closed_on desc, key limit 500`)
  return rows.map(({ key, on, sealed }) => ({
    on,
    words: cipher.decrypt(sealed, sealedIn.closingReason(key)),
  }))
}
