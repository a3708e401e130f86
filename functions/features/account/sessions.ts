import { and, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { SessionList } from '#shared/contract/account'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../platform/db/parts/instant'
import { sessions } from '../../platform/db/schema/account'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

/** Of an account: as many as are listed, so that whoever looks sees each that is open and may end it. */
const LIVE_SESSIONS = 50

/** Of one person: somebody sits at one, and forgets one here and there. */
const LIVE_DESKS = 5

/** One more is opened for the person of the part `whose`: of as many the one that was used the longest ago ends. */
const endedBeyond = (whose: SQL, now: Instant, most: number, which: SQL): SQL =>
  sql`ended as (update sessions set revoked_at = ${now}::timestamptz where id in (
    select s.id from sessions s join ${whose} w on w.profile_id = s.profile_id
    where s.revoked_at is null and s.expires_at > ${now}::timestamptz and ${which}
    order by s.last_seen_at desc, s.id desc offset ${most - 1}::int))`

export const endedByLogIn = (whose: SQL, now: Instant) => endedBeyond(whose, now, LIVE_SESSIONS, sql`true`)
/** Of desks alone: it never ends the phone that let it in. */
export const endedByDesk = (whose: SQL, now: Instant) =>
  endedBeyond(whose, now, LIVE_DESKS, sql`s.kind = 'desk'`)

type SessionDeps = Pick<AccountDeps, 'database' | 'clock'>

export async function listSessions(
  { database, clock }: SessionDeps,
  principal: Principal,
): Promise<SessionList> {
  const listed = await database.db
    .select({
      id: sessions.id,
      kind: sessions.kind,
      device: sessions.device,
      address: sessions.address,
      createdAt: instantText('created_at'),
      lastSeenAt: instantText('last_seen_at'),
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.profileId, principal.profileId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, clock.now()),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(LIVE_SESSIONS)
  return { sessions: listed.map((each) => ({ ...each, current: each.id === principal.sessionId })) }
}

/** Ends one of the person's own sessions at once; 404 for anybody else's. A desk ends no phone: 403. */
export async function endSession({ database, clock }: SessionDeps, principal: Principal, sessionId: string) {
  if (principal.sessionKind === 'desk') {
    const { sessions: own } = await listSessions({ database, clock }, principal)
    if (own.some(({ id, kind }) => id === sessionId && kind === 'phone'))
      throw new ProblemError('account.phone-needed')
  }
  const ended = await database.db
    .update(sessions)
    .set({ revokedAt: clock.now() })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.profileId, principal.profileId),
        isNull(sessions.revokedAt),
      ),
    )
    .returning({ id: sessions.id })
  if (ended.length === 0) throw new ProblemError('request.not-found')
}
