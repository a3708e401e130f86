import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'

interface AuditEntry {
  readonly id: string
  /** `<feature>.<verb>` */
  readonly action: string
  /** `case:<id>`, `profile:<id>`, `staff:<id>` … */
  readonly subject: string
  /** Names a stated reason, which stands encrypted elsewhere. */
  readonly reasonDigest?: string | null
}

/** A part that says who did what to what. `actor` must be a part with one row and one column `actor`. */
export const auditPart = (entries: readonly AuditEntry[], now: Instant, name = 'audited'): SQL =>
  sql`${sql.raw(name)} as (insert into audit_entries (id, at, actor, action, subject, reason_digest)
    select e.id, ${now}::timestamptz, actor.actor, e.action, e.subject, e."reasonDigest"
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(id uuid, action text, subject text, "reasonDigest" text), actor)`

/** A part that writes a row for each of the subjects that the statement finds, `ids.length` at most. */
export function auditFoundPart(
  name: string,
  entry: {
    readonly ids: readonly string[]
    readonly now: Instant
    readonly actor: string
    readonly action: string
  },
  /** A query of one column. */
  subjects: SQL,
): SQL {
  const { ids, now, actor, action } = entry
  return sql`${sql.raw(name)} as (insert into audit_entries (id, at, actor, action, subject)
    select each.id::uuid, ${now}::timestamptz, ${actor}, ${action}, s.subject
    from (select subject, row_number() over (order by subject) as nth from (${subjects}) as named(subject)) s
    join jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as each(id, nth) on each.nth = s.nth)`
}
