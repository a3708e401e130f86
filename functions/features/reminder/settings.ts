import { type SQL, sql } from 'drizzle-orm'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { maskPhone } from '#shared/domain/kernel/digits'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { SWITCHED_WAYS } from '#shared/domain/reminder/channels'
import { COUNTY_NIGHT, type Night } from '#shared/domain/reminder/hours'
import { MESSAGE_GROUPS, SWITCHABLE } from '#shared/domain/reminder/message-groups'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { texts } from '../../platform/db/parts/texts'
import type { Intent } from '../../platform/http/idempotency'
import { findFor, type Principal, profilePrincipal } from '../../platform/http/principal'
import type { Cipher } from '../../platform/ports/cipher'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import { sealedIn } from '../../platform/ports/sealed-in'

interface SettingsDeps {
  readonly database: Database
  readonly cipher: Cipher
  /** The county has a provider of short messages. */
  readonly hasSms: boolean
}

/** As a row has them. */
interface Kept {
  readonly id: string
  readonly silenced: readonly string[]
  readonly unwanted: readonly string[]
  readonly night: Night | null
}

const keptJson = (from: string) =>
  sql.raw(
    `(select json_build_object('id', k.id, 'silenced', k.silenced, 'unwanted', k.unwanted_ways, 'night', k.night) from ${from} k)`,
  )

function settingsOf(deps: SettingsDeps, kept: Kept | null, phone: string | null): ReminderSettings {
  const number = () =>
    kept && phone ? maskPhone(deps.cipher.decrypt(phone, sealedIn.profile(kept.id, 'phone'))) : null
  return {
    kinds: MESSAGE_GROUPS.map((kind) => {
      const fixed = !SWITCHABLE.includes(kind)
      return { kind, on: fixed || !kept?.silenced.includes(kind), fixed }
    }),
    ways: SWITCHED_WAYS.filter((way) => way !== 'sms' || deps.hasSms).map((way) => ({
      way,
      on: !kept?.unwanted.includes(way),
      to: way === 'sms' ? number() : null,
    })),
    night: kept?.night ?? COUNTY_NIGHT,
  }
}

/** One round trip: who asks, for what their phone rings, by what and when. */
export async function findSettings(
  deps: SettingsDeps,
  session: { readonly tokenHash: string; readonly now: Instant },
) {
  const found = await findFor<{ readonly kept: Kept | null; readonly phone: string | null }>(
    deps.database,
    session,
    {
      parts: [sql`own as (select p.* from profiles p, principal where p.id = principal.profile_id)`],
      select: sql`${keptJson('own')} as kept, (select phone_sealed from own) as phone`,
    },
  )
  const settings = settingsOf(deps, found?.kept ?? null, found?.phone ?? null)
  return { principal: found?.principal ?? null, settings }
}

/** The answer to a switch in full: what is kept of it for whoever asks again has no number. */
export async function completeSettings(deps: SettingsDeps, answer: unknown): Promise<ReminderSettings> {
  const kept = answer as Kept
  const [row] = await deps.database.rows<{ readonly phone: string | null }>(
    sql`select phone_sealed as phone from profiles where id = ${kept.id}::uuid`,
  )
  return settingsOf(deps, kept, row?.phone ?? null)
}

interface Wishes {
  readonly kinds: readonly Pick<ReminderSettings['kinds'][number], 'kind' | 'on'>[]
  readonly ways: readonly Pick<ReminderSettings['ways'][number], 'way' | 'on'>[]
  readonly night?: Night | undefined
}

/** The list `column` of what is off, without what is switched on and with what is switched off; named twice the last counts. */
function switchedList(column: string, named: readonly (readonly [name: string, on: boolean])[]): SQL {
  const last = [...new Map(named)]
  const those = (isOn: boolean) => texts(last.flatMap(([name, on]) => (on === isOn ? [name] : [])))
  return sql`(select coalesce(jsonb_agg(k order by k), '[]') from (
    select jsonb_array_elements_text(${sql.raw(column)}) except select unnest(${those(true)})
    union select unnest(${those(false)})) as n(k))`
}

/** What is not named stays as it is; of two phones each switches its own. What changes nothing is not written. */
export function switchReminders(
  deps: SettingsDeps & { readonly ids: Ids },
  {
    principal,
    intent,
    now,
  }: { readonly principal: Principal; readonly intent: Intent; readonly now: Instant },
  { kinds, ways, night }: Wishes,
) {
  return commit(deps.database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`open as (select id, silenced, unwanted_ways, night from profiles
        where id = ${principal.profileId}::uuid and closed_at is null for update)`,
      sql`wanted as materialized (select id,
        ${switchedList(
          'silenced',
          kinds.map(({ kind, on }) => [kind, on]),
        )} as silenced,
        ${switchedList(
          'unwanted_ways',
          ways.map(({ way, on }) => [way, on]),
        )} as unwanted_ways,
        coalesce(${night ? JSON.stringify(night) : null}::jsonb, night) as night from open)`,
      sql`changed as (update profiles p set silenced = w.silenced, unwanted_ways = w.unwanted_ways, night = w.night
        from wanted w where p.id = w.id and (p.silenced, p.unwanted_ways, p.night)
          is distinct from (w.silenced, w.unwanted_ways, w.night) returning p.id)`,
      auditFoundPart(
        'audited',
        {
          ids: [deps.ids.next()],
          now,
          actor: `profile:${principal.profileId}`,
          action: 'account.choose-reminders',
        },
        sql`select 'profile:' || id from changed`,
      ),
    ],
    demands: [{ holds: sql`exists (select 1 from open)`, code: 'account.session-ended' }],
    answer: keptJson('wanted'),
  })
}
