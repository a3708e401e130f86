import { sql } from 'drizzle-orm'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import {
  browserWords,
  CODE_SECONDS,
  CODES_OF_NETWORK,
  deskEnd,
  maskAddress,
} from '#shared/domain/account/desk-session'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem, violatedConstraint } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { networkOf } from '../../../platform/http/client-address'
import { hashToken } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { AccountDeps } from '../accounts'

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

/** Whoever asks for a code. */
interface Browser {
  readonly userAgent: string
  readonly address: string
}

/**
 * A code for a browser to show: good for two minutes, once. Five wait on one network at most; 429 beyond, with the seconds
 * until one of them is over.
 */
export async function showCode(deps: DeskDeps, browser: Browser): Promise<DeskCode> {
  const now = deps.clock.now()
  const [id, code] = [deps.ids.secret(SECRET_BYTES), deps.ids.secret(CODE_BYTES)]
  const shown = { id, code, digits: digitsOf(code), expiresAt: secondsAfter(now, CODE_SECONDS) }
  for (let attempt = 1; attempt <= CODES_OF_NETWORK; attempt += 1) {
    const placed = await place(deps, browser, shown)
    if (placed.isPlaced) return shown
    if (placed.firstOverAt !== null) {
      const retryAfterSeconds = Math.max(
        1,
        Math.ceil((Date.parse(placed.firstOverAt) - Date.parse(now)) / 1000),
      )
      throw new ProblemError('account.desk-codes-many', {
        detail: `${retryAfterSeconds} 秒后再换`,
        retryAfterSeconds,
      })
    }
  }
  throw new ProblemError('account.desk-codes-many', { retryAfterSeconds: 1 })
}

interface Placed {
  readonly isPlaced: boolean
  /** Of the codes that wait there, the end of the first; null where none but another request's was in the way. */
  readonly firstOverAt: string | null
}

async function place(deps: DeskDeps, browser: Browser, shown: DeskCode): Promise<Placed> {
  const now = deps.clock.now()
  const network = deps.cipher.digest(`desk-network:${networkOf(browser.address)}`)
  const isOver = sql`l.expires_at <= ${now}::timestamptz`
  try {
    return await commitBySystem<Placed>(deps.database, {
      now,
      parts: [
        sql`over as (update desk_logins l set place = null
          where l.network_digest = ${network} and l.place is not null and ${isOver} returning 1)`,
        sql`taken as (select l.place, l.expires_at from desk_logins l
          where l.network_digest = ${network} and l.place is not null and not ${isOver})`,
        sql`placed as (insert into desk_logins
            (id_hash, code_hash, digits_hash, status, device, address, network_digest, place, created_at, expires_at)
          select ${hashToken(shown.id)}, ${hashToken(shown.code)}, ${hashToken(shown.digits)}, 'waiting',
            ${browserWords(browser.userAgent)}, ${maskAddress(browser.address)}, ${network}, free.place,
            ${now}::timestamptz, ${shown.expiresAt}::timestamptz
          from (select min(n)::smallint as place from generate_series(1, ${CODES_OF_NETWORK}::int) n
            where n not in (select taken.place from taken)) free
          where free.place is not null and (select count(*) from over) >= 0
            and not exists (select 1 from desk_logins d where d.digits_hash = ${hashToken(shown.digits)}
              and d.expires_at > ${now}::timestamptz)
          returning 1)`,
      ],
      answer: sql`(select json_build_object('isPlaced', exists(select 1 from placed),
        'firstOverAt', (select to_char(min(expires_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from taken
          having count(*) >= ${CODES_OF_NETWORK}::int)))`,
    })
  } catch (cause) {
    if (violatedConstraint(cause) !== 'desk_logins_place') throw cause
    return { isPlaced: false, firstOverAt: null }
  }
}

/**
 * What became of a browser's code; the first answer after it was confirmed opens the session and bears its token. 404 for
 * an id that nobody was given.
 */
export async function pollDesk(deps: DeskDeps, id: string): Promise<DeskLogin> {
  const now = deps.clock.now()
  const token = deps.ids.secret(SECRET_BYTES)
  const until = deskEnd(now)
  const sessionId = deps.ids.next()
  const told = await commitBySystem<(DeskLogin & { readonly opened: boolean }) | null>(deps.database, {
    now,
    parts: [
      sql`login as (select * from desk_logins where id_hash = ${hashToken(id)})`,
      sql`collected as (update desk_logins l set status = 'collected' from login
        where l.id_hash = login.id_hash and l.status = 'confirmed' and l.expires_at > ${now}::timestamptz
        returning l.profile_id, l.identity_id, l.device, l.address, l.pin_digest)`,
      sql`opened as (insert into sessions (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at,
          expires_at, kind, address, pin_digest)
        select ${sessionId}::uuid, ${hashToken(token)}, c.profile_id, c.identity_id, c.device, ${now}::timestamptz,
          ${now}::timestamptz, ${until}::timestamptz, 'desk', c.address, c.pin_digest from collected c
        returning profile_id)`,
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
        when login.expires_at <= ${now}::timestamptz then 'expired'
        else login.status end,
      'scanned', login.status = 'waiting' and login.scanned_at is not null,
      'opened', exists(select 1 from opened)) from login)`,
  })
  if (told === null) throw new ProblemError('request.not-found')
  const { status, scanned, opened } = told
  if (opened) return { status, token, expiresAt: until }
  return status === 'waiting' ? { status, scanned } : { status }
}
