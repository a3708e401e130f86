import { and, eq, isNull, sql } from 'drizzle-orm'
import type { SessionList } from '#shared/contract/account'
import { instantText } from '../../platform/db/parts/instant'
import { sessions } from '../../platform/db/schema/account'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

type SessionDeps = Pick<AccountDeps, 'database' | 'clock'>

export async function listSessions(
  { database, clock }: SessionDeps,
  principal: Principal,
): Promise<SessionList> {
  const listed = await database.rows<SessionList['sessions'][number]>(sql`select id, device,
      ${instantText('created_at')} as "createdAt",
      ${instantText('last_seen_at')} as "lastSeenAt",
      id = ${principal.sessionId}::uuid as current
    from sessions where profile_id = ${principal.profileId}::uuid and revoked_at is null
      and expires_at > ${clock.now()}::timestamptz order by last_seen_at desc limit 50`)
  return { sessions: [...listed] }
}

/** Ends one of the person's own sessions at once; 404 for anybody else's. */
export async function endSession({ database, clock }: SessionDeps, principal: Principal, sessionId: string) {
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
