import { sql } from 'drizzle-orm'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import {
  browserWords,
  CODE_SECONDS,
  CODES_OF_NETWORK,
  maskAddress,
} from '#shared/domain/account/desk-session'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem, violatedConstraint } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { instantText } from '../../../platform/db/parts/instant'
import { networkOf } from '../../../platform/http/client-address'
import { DESK_TOKEN, hashToken } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { AccountDeps } from '../accounts'
import { endedByDesk } from '../sessions'

export type DeskDeps = Pick<AccountDeps, 'database' | 'clock' | 'ids' | 'cipher' | 'sealMessage'>

const SECRET_BYTES = 32
const CODE_BYTES = 18
const DIGITS = 8

/** `seconds` after an instant. */
export const secondsAfter = (now: Instant, seconds: number) =>
  new Date(Date.parse(now) + seconds * 1000).toISOString() as Instant

/** Eight digits of a secret: 64 bits of it make none likelier than another by more than 1 in 10^11. */
const digitsOf = (secret: string) =>
  String(BigInt(`0x${hashToken(secret).slice(0, 16)}`) % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0')

/** Keyed: eight digits are tried out in a minute by whoever has the table alone. */
export const digitsHashOf = ({ cipher }: Pick<DeskDeps, 'cipher'>, digits: string) =>
  cipher.digest(`desk-digits:${digits}`)

/** Whoever asks for a code; `former`: the secret of the one that it showed before, whose place it gives back. */
interface Browser {
  readonly userAgent: string
  readonly address: string
  readonly former: string | undefined
}

interface Placed {
  /** `digits`: those of another code that is good; `raced`: another request took the place. */
  readonly how: 'placed' | 'full' | 'digits' | 'raced'
  /** Of the codes that wait there, the end of the first. */
  readonly firstOverAt: string | null
}

/**
 * A code for a browser to show: good for two minutes, once. Five wait on one network at most; 429 beyond, with the seconds
 * until one of them is over.
 */
export async function showCode(deps: DeskDeps, browser: Browser): Promise<DeskCode> {
  for (;;) {
    const now = deps.clock.now()
    const [id, code] = [deps.ids.secret(SECRET_BYTES), deps.ids.secret(CODE_BYTES)]
    const shown = { id, code, digits: digitsOf(code), expiresAt: secondsAfter(now, CODE_SECONDS) }
    const { how, firstOverAt } = await place(deps, browser, shown, now)
    if (how === 'placed') return shown
    if (how === 'full') {
      const wait = firstOverAt === null ? 1 : (Date.parse(firstOverAt) - Date.parse(now)) / 1000
      const retryAfterSeconds = Math.max(1, Math.ceil(wait))
      throw new ProblemError('account.desk-codes-many', {
        detail: `${retryAfterSeconds} 秒后再换`,
        retryAfterSeconds,
      })
    }
  }
}

async function place(deps: DeskDeps, browser: Browser, shown: DeskCode, now: Instant): Promise<Placed> {
  const network = networkDigestOf(deps, browser.address)
  const digits = digitsHashOf(deps, shown.digits)
  const isOver = sql`l.expires_at <= ${now}::timestamptz`
  try {
    return await commitBySystem<Placed>(deps.database, {
      now,
      parts: [
        sql`over as (update desk_logins l set place = null
          where l.network_digest = ${network} and l.place is not null and ${isOver} returning 1)`,
        sql`given as (update desk_logins l set place = null, expires_at = ${now}::timestamptz
          where l.id_hash = ${hashToken(browser.former ?? '')} and l.status = 'waiting' and not ${isOver} returning l.id_hash)`,
        sql`taken as (select l.place, l.expires_at from desk_logins l
          where l.network_digest = ${network} and l.place is not null and not ${isOver}
            and l.id_hash not in (select id_hash from given))`,
        sql`free as (select min(n)::smallint as place from generate_series(1, ${CODES_OF_NETWORK}::int) n
          where n not in (select taken.place from taken))`,
        sql`alike as (select 1 from desk_logins d
          where d.digits_hash = ${digits} and d.expires_at > ${now}::timestamptz limit 1)`,
        sql`placed as (insert into desk_logins
            (id_hash, code_hash, digits_hash, status, device, address, network_digest, place, created_at, expires_at)
          select ${hashToken(shown.id)}, ${hashToken(shown.code)}, ${digits}, 'waiting',
            ${browserWords(browser.userAgent)}, ${maskAddress(browser.address)}, ${network}, free.place,
            ${now}::timestamptz, ${shown.expiresAt}::timestamptz
          from free where free.place is not null and (select count(*) from over) >= 0
            and not exists (select 1 from alike)
          returning 1)`,
      ],
      answer: sql`(select json_build_object('how', case when exists(select 1 from placed) then 'placed'
          when (select place from free) is null then 'full' else 'digits' end,
        'firstOverAt', (select ${instantText('min(expires_at)')} from taken)))`,
    })
  } catch (cause) {
    if (violatedConstraint(cause) !== 'desk_logins_place') throw cause
    return { how: 'raced', firstOverAt: null }
  }
}

/** Of an address as brakes and places count it. */
export const networkDigestOf = ({ cipher }: Pick<DeskDeps, 'cipher'>, address: string) =>
  cipher.digest(`desk-network:${networkOf(address)}`)

/**
 * What became of a browser's code; the first answer after it was confirmed opens the session and bears its token. A yes
 * counts as long as the phone that gave it is logged in and its person works here: else it is over. 404 for an id that
 * nobody was given.
 */
export async function pollDesk(deps: DeskDeps, id: string): Promise<DeskLogin> {
  const now = deps.clock.now()
  const token = `${DESK_TOKEN}${deps.ids.secret(SECRET_BYTES)}`
  const sessionId = deps.ids.next()
  const told = await commitBySystem<(DeskLogin & { readonly until: string | null }) | null>(deps.database, {
    now,
    parts: [
      sql`login as (select * from desk_logins where id_hash = ${hashToken(id)})`,
      sql`phone as (select s.identity_id, p.id as profile_id from login
        join sessions s on s.id = login.session_id and s.revoked_at is null and s.expires_at > ${now}::timestamptz
        join profiles p on p.id = s.profile_id join staff t on t.id = p.staff_id and t.active)`,
      sql`collected as (update desk_logins l set status = 'collected' from login, phone
        where l.id_hash = login.id_hash and l.status = 'confirmed' and l.expires_at > ${now}::timestamptz
          and l.desk_until > ${now}::timestamptz
        returning phone.profile_id, phone.identity_id, l.device, l.address, l.network_digest, l.pin_digest, l.desk_until)`,
      sql`opened as (insert into sessions (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at,
          expires_at, kind, address, network_digest, pin_digest, desk_until)
        select ${sessionId}::uuid, ${hashToken(token)}, c.profile_id, c.identity_id, c.device, ${now}::timestamptz,
          ${now}::timestamptz, c.desk_until, 'desk', c.address, c.network_digest, c.pin_digest, c.desk_until
        from collected c returning profile_id, desk_until)`,
      endedByDesk(sql`opened`, now),
      sql`noted_day as (insert into activity_days (day, profile_id)
        select ${dayIn(now)}::date, profile_id from opened on conflict do nothing)`,
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now, actor: 'system:desk', action: 'account.open-desk' },
        sql`select 'profile:' || profile_id from opened`,
      ),
    ],
    answer: sql`(select json_build_object('status', case
        when exists(select 1 from opened) or login.status = 'collected' then 'confirmed'
        when login.status = 'refused' then 'refused'
        when least(login.expires_at, login.desk_until) <= ${now}::timestamptz then 'expired'
        -- Another poll is opening it at this moment, or nobody may any more.
        when login.status = 'confirmed' then case when exists(select 1 from phone) then 'confirmed' else 'expired' end
        else 'waiting' end,
      'scanned', login.scanned_at is not null,
      'until', (select ${instantText('desk_until')} from opened)) from login)`,
  })
  if (told === null) throw new ProblemError('request.not-found')
  const { status, scanned, until } = told
  if (until !== null) return { status, token, expiresAt: until }
  return status === 'confirmed' || status === 'refused' ? { status } : { status, scanned }
}
