import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../../../platform/ports/database'

interface Print {
  readonly documentId: string
  /** SHA-256 of the file, hex. */
  readonly digest: string
  readonly at: Instant
}

/** Keeps what went out, once: the same words give the same file. */
export const recordPrint = ({ rows }: Database, { documentId, digest, at }: Print) =>
  rows(sql`insert into document_prints (digest, document_id, printed_at)
    values (${digest}, ${documentId}::uuid, ${at}::timestamptz) on conflict (digest) do nothing`)

/** Of a sheet that went out from here; days in Shanghai. */
interface KnownPrint {
  readonly documentNumber: string
  readonly issuedOn: string
  readonly printedOn: string
}

export async function findPrint({ rows }: Database, digest: string): Promise<KnownPrint | undefined> {
  const day = (moment: string) => sql.raw(`(${moment} at time zone 'Asia/Shanghai')::date::text`)
  const [row] = await rows<KnownPrint>(sql`select d.document_number as "documentNumber",
      ${day('d.issued_at')} as "issuedOn", ${day('p.printed_at')} as "printedOn"
    from document_prints p join documents d on d.id = p.document_id where p.digest = ${digest}`)
  return row
}
