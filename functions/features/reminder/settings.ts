import { type SQL, sql } from 'drizzle-orm'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { MESSAGE_GROUPS, SWITCHABLE } from '#shared/domain/reminder/message-groups'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { texts } from '../../platform/db/parts/texts'
import type { Intent } from '../../platform/http/idempotency'
import { findFor, type Principal, profilePrincipal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'

const KINDS = JSON.stringify(
  MESSAGE_GROUPS.map((kind, nth) => ({ nth, kind, fixed: !SWITCHABLE.includes(kind) })),
)

const settingsJson = (
  silenced: SQL,
) => sql`(select json_build_object('kinds', json_agg(json_build_object('kind', g.kind,
    'on', g.fixed or not jsonb_exists(${silenced}, g.kind), 'fixed', g.fixed) order by g.nth))
  from jsonb_to_recordset(${KINDS}::jsonb) as g(nth int, kind text, fixed boolean))`

/** One round trip: who asks, and for what their phone rings. */
export async function findSettings(
  database: Database,
  session: { readonly tokenHash: string; readonly now: Instant },
) {
  const found = await findFor<{ readonly settings: ReminderSettings }>(database, session, {
    select: sql`${settingsJson(sql`coalesce((select p.silenced from profiles p, principal
      where p.id = principal.profile_id), '[]')`)} as settings`,
  })
  return { principal: found?.principal ?? null, settings: found?.settings ?? { kinds: [] } }
}

type Kinds = readonly Pick<ReminderSettings['kinds'][number], 'kind' | 'on'>[]

/** What is not named stays as it is; of two phones each switches its own. What changes nothing is not written. */
export function switchKinds(
  { database, ids }: { readonly database: Database; readonly ids: Ids },
  {
    principal,
    intent,
    now,
  }: { readonly principal: Principal; readonly intent: Intent; readonly now: Instant },
  kinds: Kinds,
) {
  const last = new Map(kinds.map(({ kind, on }) => [kind, on]))
  const named = (isOn: boolean) => texts([...last].flatMap(([kind, on]) => (on === isOn ? [kind] : [])))
  return commit(database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`open as (select id, silenced from profiles where id = ${principal.profileId}::uuid and closed_at is null for update)`,
      sql`wanted as materialized (select open.id, (select coalesce(jsonb_agg(k order by k), '[]') from (
          select jsonb_array_elements_text(open.silenced) except select unnest(${named(true)})
          union select unnest(${named(false)})) as n(k)) as silenced from open)`,
      sql`changed as (update profiles p set silenced = w.silenced from wanted w
        where p.id = w.id and p.silenced is distinct from w.silenced returning p.id)`,
      auditFoundPart(
        'audited',
        {
          ids: [ids.next()],
          now,
          actor: `profile:${principal.profileId}`,
          action: 'account.choose-reminders',
        },
        sql`select 'profile:' || id from changed`,
      ),
    ],
    demands: [{ holds: sql`exists (select 1 from open)`, code: 'account.session-ended' }],
    answer: settingsJson(sql`(select silenced from wanted)`),
  })
}
