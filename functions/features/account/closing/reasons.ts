import { sql } from 'drizzle-orm'
import type { Cipher } from '../../../platform/ports/cipher'
import type { Database } from '../../../platform/ports/database'
import { sealedIn } from '../../../platform/ports/sealed-in'

interface Kept {
  readonly key: string
  readonly on: string
  readonly sealed: string
  readonly total: number
}

/** The operator's command: why accounts were closed, of the last year the newest five hundred, by nobody's name, and how many there are. */
export async function listReasons({
  database,
  cipher,
}: {
  readonly database: Database
  readonly cipher: Cipher
}): Promise<{
  readonly total: number
  readonly newest: readonly { readonly on: string; readonly words: string }[]
}> {
  const rows =
    await database.rows<Kept>(sql`select key, to_char(closed_on, 'YYYY-MM-DD') as on, words_sealed as sealed,
      count(*) over ()::int as total
    from closing_reasons order by closed_on desc, key limit 500`)
  const newest = rows.map(({ key, on, sealed }) => ({
    on,
    words: cipher.decrypt(sealed, sealedIn.closingReason(key)),
  }))
  return { total: rows[0]?.total ?? 0, newest }
}
