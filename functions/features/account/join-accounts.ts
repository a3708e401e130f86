import { type SQL, sql } from 'drizzle-orm'
import type { AccountChanged } from '#shared/contract/account'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { isConfirmedAccount } from '../../platform/db/parts/held'
import { profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { AccountDeps } from './accounts'
import { type AccountRequest, changedOf } from './change-profile'
import { bothConsents } from './consents'
import { letGoParts } from './end-work'

/** Who confirms a number that a confirmed profile has already: the two become one. */
interface Join {
  readonly leavingId: string
  readonly ownerId: string
  readonly phone: { readonly sealed: string | null; readonly index: string | null }
  /** How many firms the leaving one may act for. */
  readonly powers: number
  /** Given with the check itself. */
  readonly consents: SQL
  /** What the owner is told of cases that others entered, and of a work identity that was somebody else's. */
  readonly news: readonly SQL[]
  /** The work identity that the leaving one must let go, since its person is somebody else. */
  readonly mistakenId: string | null
  readonly following: Awaited<ReturnType<AccountDeps['followFiler']>>
}

/**
 * The same confirmed person through another WeChat account: one profile, the owner's, with everything that named the
 * other one. What both have stays as the owner said it. ADR 0025
 */
export async function joinAccounts(
  deps: AccountDeps,
  request: AccountRequest,
  {
    idNumberIndex,
    person,
    consents,
    mistakenId,
    told,
  }: {
    readonly idNumberIndex: string
    readonly person: { readonly name: string; readonly idNumber: string }
    readonly consents: SQL
    readonly mistakenId: string | null
    /** By the part `unbound`. */
    readonly told: readonly SQL[]
  },
) {
  const leavingId = request.principal.profileId
  const [found] = await deps.database.rows<{ id: string; phoneSealed: string | null; powers: number }>(sql`
    select o.id, l.phone_sealed as "phoneSealed",
      (select count(*)::int from enterprise_agents a where a.profile_id = l.id) as powers
    from profiles o, profiles l where l.id = ${leavingId}::uuid
      and o.id_number_index = ${idNumberIndex} and ${isConfirmedAccount('o')}`)
  if (!found) throw new ProblemError('request.still-running')
  const { id: ownerId, powers, phoneSealed } = found
  const phone = phoneOf(deps, { leavingId, ownerId }, phoneSealed)
  const news = await deps.tellNewOwner({ numberIndex: idNumberIndex, profileIds: [ownerId, leavingId] })
  const following = await deps.followFiler({ profileId: leavingId, person, joinedInto: ownerId })
  const changed = await writeJoin(deps, request, {
    leavingId,
    ownerId,
    powers,
    phone,
    consents,
    news: [...news, ...told],
    mistakenId,
    following,
  })
  following.done()
  return changed
}

/** A sealed value opens in its own row only: the phone is sealed again for the owner's. */
function phoneOf(
  { cipher }: AccountDeps,
  { leavingId, ownerId }: Pick<Join, 'leavingId' | 'ownerId'>,
  sealed: string | null,
): Join['phone'] {
  if (sealed === null) return { sealed: null, index: null }
  const phone = cipher.decrypt(sealed, sealedIn.profile(leavingId, 'phone'))
  return {
    sealed: cipher.encrypt(phone, sealedIn.profile(ownerId, 'phone')),
    index: cipher.blindIndex('phone', phone),
  }
}

async function writeJoin(deps: AccountDeps, { intent }: AccountRequest, join: Join): Promise<AccountChanged> {
  const now = deps.clock.now()
  const audited = (name: string, action: string, subjects: SQL, most = 1) =>
    auditFoundPart(
      name,
      {
        ids: Array.from({ length: most }, () => deps.ids.next()),
        now,
        actor: `profile:${join.leavingId}`,
        action,
      },
      subjects,
    )
  const committed = await commit(deps.database, {
    now,
    intent,
    status: 200,
    // The session is the owner's from here on, and so is the answer that is kept for it.
    by: profilePrincipal(join.ownerId),
    parts: [
      ...profileParts(join, now),
      ...movedParts(join, now),
      ...movedPowers(join),
      ...join.news,
      ...join.following.parts,
      audited('audited', 'account.join', sql`select ${`profile:${join.ownerId}`}`),
      audited('audited_staff', 'account.unbind-staff', sql`select 'staff:' || staff_id from unbound`, 2),
      audited(
        'audited_powers',
        'account.leave-power',
        sql`select 'enterprise:' || enterprise_id from left_powers`,
        join.powers,
      ),
    ],
    demands: [
      { holds: sql`exists(select 1 from changed)`, code: 'request.still-running' },
      ...join.following.demands,
    ],
    answer: sql`(select json_build_object('id', id, 'realNameLevel', 3,
      'unboundStaffId', (select min(staff_id) from unbound)) from changed)`,
  })
  return changedOf(committed)
}

/** `changed` is the owner's profile afterwards, `unbound` the member of staff whose work identity had to go, if any. */
function profileParts(
  { leavingId, ownerId, phone, consents, mistakenId }: Join,
  now: Instant,
): readonly SQL[] {
  return [
    sql`leaving as (select staff_id as held_id, nullif(staff_id, ${mistakenId}::text) as staff_id, village_code, elder_mode, silenced, unwanted_ways, night,
      consents from profiles where id = ${leavingId}::uuid)`,
    sql`owning as (select staff_id from profiles where id = ${ownerId}::uuid)`,
    sql`joined as (update profiles set joined_into = ${ownerId}::uuid, staff_id = null from leaving
      where profiles.id = ${leavingId}::uuid and profiles.joined_into is null and profiles.closed_at is null
        and profiles.staff_id is not distinct from leaving.held_id returning 1)`,
    sql`changed as (update profiles o set
        staff_id = case when exists(select 1 from staff t where t.id = o.staff_id and t.active) then o.staff_id
          else coalesce(leaving.staff_id, o.staff_id) end,
        phone_sealed = coalesce(o.phone_sealed, ${phone.sealed}::text),
        phone_index = case when o.phone_sealed is null then ${phone.index}::text else o.phone_index end,
        village_code = coalesce(o.village_code, leaving.village_code),
        elder_mode = o.elder_mode or leaving.elder_mode,
        -- Who said on either phone that it is not to ring has said so.
        silenced = (select coalesce(jsonb_agg(distinct k order by k), '[]') from jsonb_array_elements_text(o.silenced || leaving.silenced) k),
        unwanted_ways = (select coalesce(jsonb_agg(distinct k order by k), '[]') from jsonb_array_elements_text(o.unwanted_ways || leaving.unwanted_ways) k),
        night = coalesce(o.night, leaving.night),
        confirmed_at = ${now}::timestamptz,
        consents = ${bothConsents(sql`o.consents`, sql`leaving.consents || ${consents}`)}
      from leaving where o.id = ${ownerId}::uuid and o.closed_at is null and o.real_name_level = 3
        -- Only when the account that held the work identity has let it go.
        and (select count(*) from joined) = 1 returning o.id, o.staff_id)`,
    sql`unbound as (select each.staff_id from (select held_id as staff_id from leaving union select staff_id from owning) each,
      changed where each.staff_id is not null and each.staff_id is distinct from changed.staff_id)`,
    ...letGoParts,
  ]
}

/** All that names a profile, but its cases and the history of who did what. */
function movedParts(join: Join, now: Instant): readonly SQL[] {
  const { leavingId, ownerId } = join
  const [leaving, owner] = [`profile:${leavingId}`, `profile:${ownerId}`]
  const moved = (table: string, column: string) => sql`${sql.raw(`moved_${table}`)} as (
    update ${sql.raw(table)} set ${sql.raw(column)} = ${ownerId}::uuid where ${sql.raw(column)} = ${leavingId}::uuid)`
  const alsoOfOwner = sql`exists(select 1 from reminders o where o.recipient = ${owner}
    and o.event_id = r.event_id and o.kind = r.kind)`
  return [
    moved('wechat_identities', 'profile_id'),
    // A desk's PIN is kept for the account that chose it.
    sql`moved_sessions as (update sessions set profile_id = ${ownerId}::uuid,
      revoked_at = case when kind = 'desk' then coalesce(revoked_at, ${now}::timestamptz) else revoked_at end
      where profile_id = ${leavingId}::uuid)`,
    // Of the same file each account may have a copy; they stay two uploads.
    sql`moved_uploads as (update uploads set owner_id = ${ownerId}::uuid,
      copied_from = case when case_id is null then null else copied_from end where owner_id = ${leavingId}::uuid)`,
    moved('ratings', 'rated_by'),
    ...movedFactor(join),
    sql`moved_reminders as (update reminders r set recipient = ${owner}
      where r.recipient = ${leaving} and not ${alsoOfOwner})`,
    // How often their phone has rung today.
    sql`moved_deliveries as (update deliveries d set recipient = ${owner} where d.recipient = ${leaving})`,
    sql`doubled_reminders as (delete from reminders r where r.recipient = ${leaving} and ${alsoOfOwner})`,
    sql`moved_days as (insert into activity_days (day, profile_id)
      select day, ${ownerId}::uuid from activity_days where profile_id = ${leavingId}::uuid on conflict do nothing)`,
    sql`left_days as (delete from activity_days where profile_id = ${leavingId}::uuid)`,
    sql`moved_answers as (update idempotency_keys k set principal = ${owner} where k.principal = ${leaving}
      and not exists(select 1 from idempotency_keys o
        where o.principal = ${owner} and o.route = k.route and o.key = k.key))`,
  ]
}

/** The authenticator goes along, unless the owner has one that counts. */
function movedFactor({ leavingId, ownerId }: Join): readonly SQL[] {
  const counts = (id: string) =>
    sql`exists(select 1 from second_factors c where c.profile_id = ${id}::uuid and c.confirmed_at is not null)`
  return [
    sql`dropped_factor as (delete from second_factors f
      where (f.profile_id = ${leavingId}::uuid and ${counts(ownerId)})
        or (f.profile_id = ${ownerId}::uuid and f.confirmed_at is null and ${counts(leavingId)}) returning 1)`,
    sql`moved_factor as (update second_factors f set profile_id = ${ownerId}::uuid
      where f.profile_id = ${leavingId}::uuid and f.confirmed_at is not null and not ${counts(ownerId)}
        -- Only when what stood in its place is gone.
        and (select count(*) from dropped_factor) >= 0)`,
  ]
}

/**
 * Powers to act for a firm: of two for the same firm the one that covers the other. Where neither does, the owner's
 * stays: their union would be a power that the firm never gave.
 */
function movedPowers({ leavingId, ownerId }: Join): readonly SQL[] {
  const covers = (wide: string, narrow: string) => {
    const [w, n] = [sql.raw(wide), sql.raw(narrow)]
    return sql`((${w}.item_ids is null or ${n}.item_ids <@ ${w}.item_ids) and (${w}.until is null or ${n}.until <= ${w}.until)) is true`
  }
  return [
    sql`moved_powers as (update enterprise_agents a set profile_id = ${ownerId}::uuid
      where a.profile_id = ${leavingId}::uuid and not exists(select 1 from enterprise_agents o
        where o.enterprise_id = a.enterprise_id and o.profile_id = ${ownerId}::uuid))`,
    sql`widened_powers as (update enterprise_agents o set item_ids = a.item_ids, until = a.until
      from enterprise_agents a where o.profile_id = ${ownerId}::uuid and a.profile_id = ${leavingId}::uuid
        and a.enterprise_id = o.enterprise_id and ${covers('a', 'o')})`,
    sql`left_powers as (select a.enterprise_id from enterprise_agents a
      join enterprise_agents o on o.enterprise_id = a.enterprise_id and o.profile_id = ${ownerId}::uuid
      where a.profile_id = ${leavingId}::uuid and not ${covers('a', 'o')} and not ${covers('o', 'a')})`,
  ]
}
