import { type SQL, sql } from 'drizzle-orm'
import { type AccountClosing, WORK_NAMED } from '#shared/contract/account-closing'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { casesOfEach } from '../../../platform/db/parts/barred-staff'
import { isPowerHeld } from '../../../platform/db/parts/held'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { AccountDeps } from '../accounts'
import type { CasesOfLeaver } from './deps'

/** Of `o`, a row of staff_roles: a colleague who can come to it. Whoever has left, or has never redeemed the invitation, cannot. */
const IS_THERE = sql`exists (select 1 from staff s join profiles b on b.staff_id = s.id and b.closed_at is null
  where s.id = o.staff_id and s.active)`

/** Who else is in a pool of the member's, or in one of which a task is assigned to them. */
const pooledWith = (staffId: string | null) => sql`o.staff_id <> ${staffId}::text
  and (o.role, o.unit_id) in (select r.role, r.unit_id from staff_roles r where r.staff_id = ${staffId}::text
    union select w.role, w.unit_id from case_tasks w where w.assignee_id = ${staffId}::text)`

/**
 * Rows `o` of the colleagues who can come to a task `t` of the member's. 回避 keeps them from some: they are as if absent. Who is
 * there, and whose own which cases are, is asked once, for all tasks and colleagues.
 */
export const comersTo = (staffId: string | null, today: PlainDate, isThere: SQL = IS_THERE) => ({
  there: sql`there as materialized (select o.staff_id, o.role, o.unit_id from staff_roles o
    where ${pooledWith(staffId)} and ${isThere})`,
  come: sql`o.role = t.role and o.unit_id = t.unit_id and not (o.staff_id = any(t.barred))
    and (o.staff_id, t.case_id) not in (${casesOfEach(today, sql`select o.staff_id from staff_roles o where ${pooledWith(staffId)}`)})`,
})

/** Nobody else can come to the task `t`. */
export function isLeft(staffId: string | null, today: PlainDate, isThere?: SQL) {
  const { there, come } = comersTo(staffId, today, isThere)
  return sql`not exists (with ${there} select 1 from there o where ${come})`
}

/**
 * The part `colleagues`: who holds a post of the member's, the member with them. Their rows are held until it is written, and
 * each as it is then: of two who leave in one moment the second finds the first one gone. In the order of their ids, or they
 * would wait for each other.
 */
export const colleaguesPart = (staffId: string | null) => sql`colleagues as (select p.staff_id from profiles p
  where p.closed_at is null and p.staff_id in (select o.staff_id from staff_roles r
    join staff_roles o on o.role = r.role and (o.unit_id = r.unit_id or o.role = 'admin')
    join staff s on s.id = o.staff_id and s.active where r.staff_id = ${staffId}::text)
  order by p.id for no key update)`
export const IS_HELD = sql`exists (select 1 from colleagues k where k.staff_id = o.staff_id)`

/**
 * The cases that a member of staff has in hand and nobody else would come to: assigned to them, or of a post that they hold
 * alone. Who is awaited has none.
 */
export const workInHand = (
  staffId: string | null,
  today: PlainDate,
  isThere: SQL = IS_THERE,
) => sql`select t.case_id from case_tasks t
    where t.assignee_id = ${staffId}::text
  union select t.case_id from staff_roles r join case_tasks t on t.unit_id = r.unit_id and t.role = r.role
    where r.staff_id = ${staffId}::text and exists (select 1 from staff m where m.id = r.staff_id and m.active)
      and ${isLeft(staffId, today, isThere)}`

/** Nobody else could invite anybody. */
export const isLastAdmin = (
  staffId: string | null,
  isThere: SQL = IS_THERE,
) => sql`(exists (select 1 from staff_roles r
    where r.staff_id = ${staffId}::text and r.role = 'admin')
  and not exists (select 1 from staff_roles o where o.role = 'admin' and o.staff_id <> ${staffId}::text and ${isThere}))`

/** As the contract has it. */
export const workColumn = (
  staffId: string | null,
  today: PlainDate,
) => sql`(with work as (${workInHand(staffId, today)})
  select json_build_object('count', (select count(*)::int from work), 'some',
    (select coalesce(json_agg(c.case_number order by c.case_number), '[]'::json) from cases c
      where c.id in (select case_id from work limit ${WORK_NAMED}::int))))`

/** What there is of the person, before they leave. */
export async function readClosing(
  { database, clock }: Pick<AccountDeps, 'database' | 'clock'>,
  { profileId, staffId, realNameLevel }: Principal,
  {
    open,
    ended,
    goingOn,
    disowned,
    disownable,
  }: Pick<CasesOfLeaver, 'open' | 'ended' | 'goingOn' | 'disowned' | 'disownable'>,
): Promise<AccountClosing> {
  const today = dayIn(clock.now())
  const [row] = await database.rows<
    Pick<AccountClosing, 'workInHand' | 'lastAdmin'> &
      Omit<
        AccountClosing['holdings'],
        'worksHere' | 'unconfirmed' | 'endedCases' | 'casesGoingOn' | 'disowned' | 'disownable'
      >
  >(sql`select
      ${workColumn(staffId, today)} as "workInHand", ${isLastAdmin(staffId)} as "lastAdmin",
      (select count(*)::int from wechat_identities i where i.profile_id = p.id) as wechats,
      (select count(*)::int from uploads u where u.owner_id = p.id and u.case_id is null) as photos,
      (select coalesce(json_agg(e.name order by e.name), '[]'::json) from enterprise_agents a
        join enterprises e on e.id = a.enterprise_id
        where a.profile_id = p.id and ${isPowerHeld(today)}) as firms,
      (select count(*)::int from ratings r where r.rated_by = p.id) as ratings,
      jsonb_array_length(p.consents) as consents
    from profiles p where p.id = ${profileId}::uuid`)
  if (!row) throw new ProblemError('account.session-ended')
  const { workInHand: inHand, lastAdmin, ...held } = row
  return {
    openCases: [...open],
    workInHand: inHand,
    lastAdmin,
    holdings: {
      ...held,
      worksHere: staffId !== null,
      unconfirmed: realNameLevel < 3,
      endedCases: ended,
      casesGoingOn: goingOn,
      disowned,
      disownable,
    },
  }
}
