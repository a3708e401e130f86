import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commit } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { type Principal, profilePrincipal } from '../../../platform/http/principal'
import type { Database } from '../../../platform/ports/database'
import { actorPart } from './statement'

interface Print {
  readonly documentId: string
  /** SHA-256 of the file, hex. */
  readonly digest: string
  readonly at: Instant
}

/** Once: the same words give the same file. */
const inserted = ({
  documentId,
  digest,
  at,
}: Print) => sql`insert into document_prints (digest, document_id, printed_at)
    values (${digest}, ${documentId}::uuid, ${at}::timestamptz) on conflict (digest) do nothing`

/** Keeps what went out. */
export const recordPrint = ({ rows }: Database, print: Print) => rows(inserted(print))

interface Printer extends Pick<Principal, 'staffId' | 'profileId'> {
  /** Of the entry. */
  readonly id: string
}

const audited = (
  database: Database,
  { id, staffId, profileId }: Printer,
  { action, subject, at, parts }: { action: string; subject: string; at: Instant; parts: readonly SQL[] },
) =>
  commit(database, {
    now: at,
    intent: null,
    status: 200,
    by: profilePrincipal(profileId),
    parts: [actorPart(`staff:${staffId}`), ...parts, auditPart([{ id, action, subject }], at)],
    demands: [],
    answer: sql`'null'::json`,
  })

/** And which member of staff printed it with the whole name. */
export const recordPrintInFull = (database: Database, print: Print, by: Printer) =>
  audited(database, by, {
    action: 'case.print-document',
    subject: `document:${print.documentId}`,
    at: print.at,
    parts: [sql`printed as (${inserted(print)})`],
  })

/** Of what was filed, or what whoever came takes home. */
export const recordSlipInFull = (
  database: Database,
  { caseId, kind, at }: { readonly caseId: string; readonly kind: string; readonly at: Instant },
  by: Printer,
) => audited(database, by, { action: `case.print-${kind}`, subject: `case:${caseId}`, at, parts: [] })

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
