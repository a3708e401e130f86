import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { FACTOR_MINUTES, IDLE_MINUTES, NOTED_MINUTES } from '#shared/domain/account/desk-session'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import { isPowerHeld, opensPapers } from '../db/parts/held'
import type { Database, FoundRow } from '../ports/database'

/** Sessions live this long after they were last used. */
export const SESSION_DAYS = 30

/** Who is asking, as one statement finds it. */
export interface Principal {
  readonly sessionId: string
  /** Of the phone, or of a browser that the phone has let in. */
  readonly sessionKind: 'phone' | 'desk'
  /** Whether a second factor is enrolled and was shown at this desk lately; a phone is one itself. */
  readonly secondFactor: 'none' | 'asked' | 'shown'
  readonly profileId: string
  readonly openid: string
  readonly appid: string
  /** 0 visitor, 1 phone, 2 name and number typed, 3 confirmed */
  readonly realNameLevel: number
  /** Keyed digest of the ID number, typed or confirmed. */
  readonly idNumberIndex: string | null
  /** Of name and number together. */
  readonly identityIndex: string | null
  /** For which firms, by the digest of their credit code, and in which items; null: in all. */
  readonly powers: readonly { readonly firmIndex: string; readonly itemIds: readonly string[] | null }[]
  readonly villageCode: string | null
  /** Null for who has left. */
  readonly staffId: string | null
  /** That the session is in use was last noted some time ago. */
  readonly isStale: boolean
  readonly pools: readonly { readonly role: StaffRole; readonly unitId: string }[]
}

/**
 * How the token of a desk begins. It is hashed apart: a server of the version before, which knows no lock, finds no session
 * by it.
 */
export const DESK_TOKEN = 'desk_'

export const hashToken = (token: string) =>
  createHash('sha256')
    .update(token.startsWith(DESK_TOKEN) ? `desk:${token}` : token)
    .digest('hex')

/** The bearer token's hash, null without a token. */
export function findTokenHash(authorization: string | undefined): string | null {
  const match = /^Bearer +([\w-]{20,200})$/i.exec(authorization ?? '')
  return match?.[1] ? hashToken(match[1]) : null
}

/** Named parts of a statement that find who asks. */
export interface PrincipalParts {
  /** `principal`: one row with `profile_id`, or none. Reads only. */
  readonly principal: SQL
  /** What being there writes. */
  readonly touched: readonly SQL[]
  /** 401 where it does not hold: they have closed their account since they were found. */
  readonly isThere?: SQL
}

/** Of a row `s` of `sessions` it is to be noted that it is in use. */
const isStale = (now: Instant): SQL => sql`(s.last_seen_at < ${now}::timestamptz
    - case when s.kind = 'desk' then make_interval(mins => ${NOTED_MINUTES}::int) else interval '1 hour' end)`

/** The row `s` of `sessions` is a desk that asks for its PIN: locked by hand, or touched by nobody for a while. */
export const isLocked = (now: Instant): SQL => sql`(s.kind = 'desk' and (s.locked_at is not null
    or s.last_seen_at <= ${now}::timestamptz - make_interval(mins => ${IDLE_MINUTES + NOTED_MINUTES}::int)))`

/** A row `s` of `sessions` that has neither ended nor been ended. */
export const isOpenSession = (tokenHash: string, now: Instant): SQL =>
  sql`(s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > ${now}::timestamptz
    and (s.desk_until is null or s.desk_until > ${now}::timestamptz))`

const secondFactor = (now: Instant): SQL => sql`case when s.kind = 'phone' then 'none'
    else coalesce((select case when s.factor_shown_at >= f.confirmed_at
        and s.factor_shown_at > ${now}::timestamptz - make_interval(mins => ${FACTOR_MINUTES}::int) then 'shown' else 'asked' end
      from second_factors f where f.profile_id = p.id and f.confirmed_at is not null), 'none') end`

/**
 * Who holds the token of a session: the part `principal`. A locked desk ends the statement, whichever it is; at one whose
 * member has left there is nobody.
 */
export const principalPart = (tokenHash: string, now: Instant): SQL => sql`principal as (
    select s.id as session_id, s.kind as session_kind, ${secondFactor(now)} as second_factor, p.id as profile_id, w.openid, w.appid, p.real_name_level, p.id_number_index,
      p.identity_index, p.village_code, p.consents, ${opensPapers} as opens_papers, t.id as staff_id,
      ${isStale(now)} as is_stale,
      (select coalesce(json_agg(json_build_object('firmIndex', e.credit_code_index, 'itemIds', a.item_ids)), '[]'::json)
        from enterprise_agents a join enterprises e on e.id = a.enterprise_id
        where p.real_name_level = 3 and a.profile_id = p.id and e.credit_code_index is not null
          and ${isPowerHeld(dayIn(now))}) as powers,
      (select coalesce(json_agg(json_build_object('role', r.role, 'unitId', r.unit_id)), '[]'::json)
        from staff_roles r where r.staff_id = t.id) as pools
    from sessions s join profiles p on p.id = s.profile_id and p.closed_at is null join wechat_identities w on w.id = s.identity_id
      left join staff t on t.id = p.staff_id and t.active
    where ${isOpenSession(tokenHash, now)} and (s.kind = 'phone' or t.id is not null)
      and case when ${isOpenSession(tokenHash, now)} and ${isLocked(now)}
        then demand(false, 'account.session-locked') = 1 else true end
  )`

/** Moves a phone's end on, at most once an hour, or the minute in which a desk was last used, and notes the day for it. */
const touchedParts = (tokenHash: string, now: Instant): readonly SQL[] => [
  sql`touched as (
    update sessions s set last_seen_at = ${now}::timestamptz, expires_at = case when s.kind = 'desk' then s.expires_at
      else ${now}::timestamptz + make_interval(days => ${SESSION_DAYS}) end
    where ${isOpenSession(tokenHash, now)} and not ${isLocked(now)} and ${isStale(now)} returning s.profile_id
  )`,
  sql`noted_day as (
    insert into activity_days (day, profile_id) select ${dayIn(now)}::date, profile_id from touched on conflict do nothing
  )`,
]

/** Who writes by their session, which is noted to be in use with what is written. */
export const sessionPrincipal = (tokenHash: string, now: Instant): PrincipalParts => ({
  principal: principalPart(tokenHash, now),
  touched: touchedParts(tokenHash, now),
})

/** The same after a statement that has found them with `findFor`. */
export const foundPrincipal = (tokenHash: string, now: Instant): PrincipalParts => ({
  principal: principalPart(tokenHash, now),
  touched: [],
})

/** A profile that the guard of the route has found already. */
export const profilePrincipal = (profileId: string): PrincipalParts => ({
  principal: sql`principal as (select id as profile_id from profiles where id = ${profileId}::uuid and closed_at is null)`,
  touched: [],
  isThere: sql`exists(select 1 from principal)`,
})

/** The principal of the CTE as one JSON value, null when the session is gone. */
const principalJson = sql`(select json_build_object('sessionId', session_id, 'sessionKind', session_kind,
  'secondFactor', second_factor, 'profileId', profile_id,
  'openid', openid, 'appid', appid, 'realNameLevel', real_name_level, 'idNumberIndex', id_number_index,
  'identityIndex', identity_index, 'powers', powers,
  'villageCode', village_code, 'staffId', staff_id, 'isStale', is_stale, 'pools', pools) from principal)`

/**
 * What a statement answers to who asks, whose first column is `principal`: one round trip, and once an hour another that
 * notes that they are there. `rest` follows the part `principal`: more parts, or at once the columns.
 */
export async function findFor<Found extends FoundRow>(
  { rows }: Pick<Database, 'rows'>,
  { tokenHash, now }: { readonly tokenHash: string; readonly now: Instant },
  { parts = [], select }: { readonly parts?: readonly SQL[]; readonly select: SQL },
): Promise<(Found & { readonly principal: Principal | null }) | undefined> {
  const [row] = await rows<Found & { readonly principal: Principal | null }>(
    sql`with ${sql.join([principalPart(tokenHash, now), ...parts], sql`, `)} select ${principalJson} as principal, ${select}`,
  )
  if (row?.principal?.isStale)
    await rows(sql`with ${sql.join([...touchedParts(tokenHash, now)], sql`, `)} select 1`)
  return row
}
