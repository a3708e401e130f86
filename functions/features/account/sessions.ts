import { sql } from 'drizzle-orm'
import type { SessionList } from '#shared/contract/account'
import { instantText } from '../../platform/db/parts/instant'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

type SessionDeps = Pick<AccountDeps, 'database' | 'clock'>

export async function listSessions(
  { database, clock }: SessionDeps,
  principal: Principal,
): Promise<SessionList> {
  const sessions = await database.rows<SessionList['sessions'][number]>(sql`select id, device,
      ${instantText('created_at')} as "createdAt",
      ${instantText('last_seen_at')} as "lastSeenAt",
      id = ${principal.sessionId}::uuid as current
    from sessions where profile_id = ${principal.profileId}::uuid and revoked_at is null
      and expires_at > ${clock.now()}::timestamptz order by last_seen_at desc limit 50`)
  return { sessions: [...sessions] }
}

/** Ends one of the person's own sessions at once; 404 for anybody else's. */
export async function endSession({ database, clock }: SessionDeps, principal: Principal, sessionId: string) {
  const rows = await database.rows(sql`update sessions set revoked_at = ${clock.now()}::timestamptz
    where id = ${sessionId}::uuid and profile_id = ${principal.profileId}::uuid and revoked_at is null returning id`)
  if (rows.length === 0) throw new ProblemError('request.not-found')
}
