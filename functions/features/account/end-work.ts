import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { countedUp } from '../../platform/db/parts/revision'
import type { AccountDeps } from './accounts'
import { isLeft } from './closing/holdings'

/** What ending somebody's work left behind. */
export interface EndedWork {
  readonly name: string
  /** Numbers of the cases that were assigned to them and are the pool's again. */
  readonly assignedCases: readonly string[]
  /** Open tasks whose pool has nobody now: shown to the administrator. */
  readonly unstaffedTasks: number
}

/**
 * The part `ended` has whose work ends, `tasks` what that leaves: from the next request on they are no member of staff, their
 * desks are closed, and neither an authenticator nor an invitation stays. Cases keep the assignment in their state, which is
 * what events say; tasks and reminders ignore it. ADR 0026
 */
export const endedParts = (staffId: string, now: Instant): readonly SQL[] => [
  sql`ended as (update staff set active = false, awaited = false where id = ${staffId} and (active or awaited)
    returning id, name)`,
  // As it was before: with whoever was awaited nothing goes.
  sql`tasks as (select t.*, t.assignee_id = ended.id as theirs, exists (
      select 1 from staff_roles r join staff m on m.id = r.staff_id and m.active where r.staff_id = ended.id and r.role = t.role and r.unit_id = t.unit_id
    ) and ${isLeft(staffId, dayIn(now))} as emptied
    from case_tasks t, ended)`,
  sql`released as (update case_tasks t set assignee_id = case when k.theirs then null else t.assignee_id end,
      unstaffed = t.unstaffed or k.emptied
    from tasks k where (k.theirs or k.emptied) and t.case_id = k.case_id and t.step_key = k.step_key
      and t.part_unit_id = k.part_unit_id and t.role = k.role and t.unit_id = k.unit_id)`,
  sql`left_desks as (update sessions s set revoked_at = ${now}::timestamptz from ended join profiles p on p.staff_id = ended.id
    where s.profile_id = p.id and s.kind = 'desk' and s.revoked_at is null)`,
  sql`left_factor as (delete from second_factors f using ended join profiles p on p.staff_id = ended.id
    where f.profile_id = p.id)`,
  sql`voided as (update invitations i set expires_at = ${now}::timestamptz from ended
    where i.staff_id = ended.id and i.redeemed_at is null and i.expires_at > ${now}::timestamptz)`,
]

/**
 * The part `awaited` has who may come back: nobody counts on them before they have redeemed an invitation. Until then the
 * account that was theirs is whom to tell of it, and can do nothing.
 */
export const awaitedPart = (staffId: string): SQL => sql`awaited as (update staff set awaited = true
    where id = ${staffId} and not active and not awaited and listing <> 'left' returning id, name)`

/** The part `let_go`: a WeChat that proves to be another person's is the member's no more, who is awaited with their own. */
export const letGoParts: readonly SQL[] = [
  sql`let_go as (update staff s set active = false, awaited = true from unbound where s.id = unbound.staff_id and s.active
    returning s.id)`,
  sql`revised as (update reference_data set ${countedUp(['registry'])} where exists (select 1 from let_go))`,
]

/** The operator's command. Undefined when nobody of that id works. */
export async function endWork(
  deps: Pick<AccountDeps, 'database' | 'ids' | 'clock'>,
  staffId: string,
): Promise<EndedWork | undefined> {
  const now = deps.clock.now()
  const committed = await commit(deps.database, {
    now,
    by: 'system',
    intent: null,
    status: 200,
    parts: [
      ...endedParts(staffId, now),
      sql`revised as (update reference_data set ${countedUp(['registry'])} from ended)`,
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now, actor: 'system:command', action: 'staff.end-work' },
        sql`select 'staff:' || id from ended`,
      ),
    ],
    demands: [],
    answer: sql`(select json_build_object('name', ended.name,
      'assignedCases', (select coalesce(json_agg(distinct c.case_number), '[]'::json)
        from tasks t join cases c on c.id = t.case_id where t.theirs),
      'unstaffedTasks', (select count(*) from tasks where emptied)) from ended)`,
  })
  return committed.kind === 'done' && committed.answer !== null ? (committed.answer as EndedWork) : undefined
}
