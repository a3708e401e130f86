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
