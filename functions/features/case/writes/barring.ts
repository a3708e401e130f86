import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { IS_GRANTED_STATUS } from '../../../platform/db/parts/stored-state'
import { principalPart } from '../../../platform/http/principal'
import type { Database } from '../../../platform/ports/database'
import { agentsOf, barsSecond } from '../../application'

/** Of what runs of the number and item beside the guard and the owner's own so many are looked through, the newest first. */
const LOOKED_THROUGH = 40

/**
 * The cases that bar `s`, a row with `barring`, `applicant_index`, `service_item_id` and the `profile_id` of its confirmed
 * owner. Anybody may type a number, so none is read merely because it has the same: a guard only the confirmed have, what is
 * granted had its identity checked, the owner's own is found by the owner's accounts. What is left is confirmed by the card in
 * hand and lost the guard to another; that is looked for among the newest.
 */
function barringCases(today: PlainDate): SQL {
  const ofItem = sql`c.applicant_index = s.applicant_index and c.service_item_id = s.service_item_id`
  const running = sql`${ofItem} and c.ended_at is null`
  const among = (rows: SQL) =>
    sql`select c.id from ${rows} c where c.duplicate_index = any(s.barring) and ${barsSecond(today)}`
  // Offset and limit keep the planner from asking all of them of a number instead.
  return sql`(select g.id from cases g where g.duplicate_guard = any(s.barring)
    union all ${among(sql`(select s.profile_id as id union
        select a.id from (select s.applicant_index, s.service_item_id) c cross join lateral (${agentsOf(today)}) a) holder
      cross join lateral (select * from cases c where coalesce(c.owner_id, c.filed_by) = holder.id
        and (c.owner_id is not null or c.entered_by is null) and ${running} offset 0)`)}
    union all ${among(sql`(select * from cases c where ${ofItem} and ${IS_GRANTED_STATUS} offset 0)`)}
    union all ${among(sql`(select * from cases c where ${running} order by c.id desc limit ${rowsAtMost(LOOKED_THROUGH)})`)})`
}

/** A confirmed owner has no case yet that bars one of those filed. Two that are filed at once meet at the guard, which is unique. */
export const duplicateDemand = (now: Instant) => ({
  holds: sql`not exists (select 1 from filers s cross join lateral ${barringCases(dayIn(now))} b where s.confirmed and s."mayBar")`,
  code: 'application.duplicate' as const,
})

interface Barred {
  readonly barring: readonly string[]
  readonly applicantIndex: string | null
  readonly itemId: string
}

/** The first of the cases that bar one of these, which the session's person files for their own. */
export async function findBarring(
  { rows }: Database,
  { tokenHash, now }: { readonly tokenHash: string; readonly now: Instant },
  filings: readonly Barred[],
): Promise<string | null> {
  const [row] = await rows<{ id: string }>(sql`with ${principalPart(tokenHash, now)} select b.id from (
      select (select profile_id from principal) as profile_id, n.barring, n."applicantIndex" as applicant_index, n."itemId" as service_item_id
      from jsonb_to_recordset(${JSON.stringify(filings)}::jsonb) as n(barring text[], "applicantIndex" text, "itemId" text)) s
    cross join lateral ${barringCases(dayIn(now))} b order by b.id limit 1`)
  return row?.id ?? null
}
