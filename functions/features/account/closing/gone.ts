import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { FORM_OVER } from '../../../platform/db/parts/form-over'
import { isCounted } from '../../../platform/db/parts/reminders'

/**
 * What goes with an account: the part `closed` has the profiles that are closed, the person's own and those that were joined
 * into it; `whose` has them as they were. After the part `colleagues`.
 */
export const gone = (profileId: string, now: Instant): readonly SQL[] => [
  sql`whose as (select p.* from profiles p
    where (p.id = ${profileId}::uuid or p.joined_into = ${profileId}::uuid) and p.closed_at is null)`,
  ...person(now),
  ...doors(),
  ...belongings(),
  ...messages(now),
]

/** What a profile knows its person by, as a row has it that knows nobody. */
const NOTHING = {
  real_name_level: sql`0`,
  name_sealed: sql`null`,
  id_number_sealed: sql`null`,
  id_number_index: sql`null`,
  identity_index: sql`null`,
  phone_sealed: sql`null`,
  phone_index: sql`null`,
  confirmed_at: sql`null`,
  village_code: sql`null`,
  elder_mode: sql`false`,
  staff_id: sql`null`,
  guardian_until: sql`null`,
  silenced: sql`'[]'::jsonb`,
  unwanted_ways: sql`'[]'::jsonb`,
  night: sql`null`,
} as const

const columns = Object.entries(NOTHING).map(([name, empty]) => ({ name: sql.raw(name), empty }))

/** For an update of `profiles`. */
const EMPTIED = sql.join(
  columns.map(({ name, empty }) => sql`${name} = ${empty}`),
  sql`, `,
)

/** At night: what came to a closed account in the very moment of its closing. */
export const emptiedParts = (): readonly SQL[] => [
  sql`emptied as (update profiles p set ${EMPTIED} where p.closed_at is not null and (${sql.join(
    columns.map(({ name, empty }) => sql`p.${name} is distinct from ${empty}`),
    sql` or `,
  )}) returning 1)`,
  sql`left_factors as (delete from second_factors f using profiles p where p.id = f.profile_id and p.closed_at is not null)`,
  sql`left_days as (delete from activity_days d using profiles p where p.id = d.profile_id and p.closed_at is not null)`,
  sql`left_powers as (delete from enterprise_agents a using profiles p where p.id = a.profile_id and p.closed_at is not null)`,
]

/** Consents stay as what was agreed to on which day, by nobody's name. */
const person = (now: Instant): readonly SQL[] => [
  sql`closed as (update profiles p set closed_at = ${now}::timestamptz, ${EMPTIED}
    from whose w, principal where p.id = w.id and p.closed_at is null
      -- Only when whoever else leaves at this moment has left, or waits.
      and (select count(*) from colleagues) >= 0 returning p.id)`,
]

const doors = (): readonly SQL[] => [
  sql`dropped_sessions as (delete from sessions s using whose w where s.profile_id = w.id)`,
  sql`dropped_codes as (delete from desk_logins d using whose w where d.profile_id = w.id)`,
  sql`dropped_factor as (delete from second_factors f using whose w where f.profile_id = w.id)`,
  sql`dropped_credits as (delete from consent_credits n using whose w, wechat_identities i
    where i.profile_id = w.id and n.openid = i.openid)`,
  sql`dropped_entries as (delete from consent_entries n using whose w, wechat_identities i
    where i.profile_id = w.id and n.openid = i.openid)`,
  sql`dropped_followers as (delete from followers f using whose w, wechat_identities i
    where i.profile_id = w.id and f.unionid = i.unionid)`,
  sql`dropped_identities as (delete from wechat_identities i using whose w where i.profile_id = w.id)`,
]

const belongings = (): readonly SQL[] => [
  sql`dropped_days as (delete from activity_days d using whose w where d.profile_id = w.id)`,
  sql`left_powers as (delete from enterprise_agents a using whose w where a.profile_id = w.id returning a.enterprise_id)`,
  sql`dropped_uploads as (delete from uploads u using whose w where u.owner_id = w.id and u.case_id is null
    returning u.id, u.created_at)`,
  sql`dropped_files as (insert into discarded_files (upload_id, kept_key, remove_after)
    select id, null, ${FORM_OVER} from dropped_uploads)`,
  sql`unsaid as (update ratings r set comment_sealed = null from whose w where r.rated_by = w.id)`,
]

/** One that is being sent at this moment is nobody's afterwards; what WeChat has already is not called back. */
const messages = (now: Instant): readonly SQL[] => [
  sql`dropped_messages as (delete from reminders r using whose w
    where r.recipient = 'profile:' || w.id and not ${isCounted(now)})`,
  sql`emptied_messages as (update reminders r set body_sealed = '', wechat_message_id = null, lease_token = null, leased_until = null,
      dropped_at = case when r.sent_at is null then ${now}::timestamptz else r.dropped_at end
    from whose w where r.recipient = 'profile:' || w.id and ${isCounted(now)} returning r.id)`,
  sql`emptied_deliveries as (update deliveries d set openid = null, message_id = null
    from emptied_messages m where d.reminder_id = m.id)`,
  sql`dropped_answers as (delete from idempotency_keys k using whose w
    where k.principal = 'profile:' || w.id)`,
]
