import { sql } from 'drizzle-orm'
import { LOOK_UPS_AN_HOUR } from '#shared/domain/case/whose/identity-check'
import { commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import { authenticate } from '../../platform/http/authenticate'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { createSessionMemory } from '../../platform/http/session-memory'
import { actorPart, type CaseDeps } from '../case'

/** Who looks for what is not their work may do so this often, each way for itself; 429 beyond. */
export const brakeLooks = (
  { brake }: Pick<CaseDeps, 'brake'>,
  way: 'look-ups' | 'case-numbers' | 'looks',
  { staffId, profileId }: Pick<Principal, 'staffId' | 'profileId'>,
) => brake.limit(way, staffId ?? profileId, LOOK_UPS_AN_HOUR, 3600)

/** More than anybody reads; what finds little goes through many cases. */
const SEARCHES_A_MINUTE = 120

/** Of a member, by however many sessions, and before any case is gone through; a token that nobody has counts nothing. */
export function createSearchBrake({
  brake,
  clock,
  database,
}: Pick<CaseDeps, 'brake' | 'clock' | 'database'>) {
  const members = createSessionMemory<string>()
  const memberOf = async (tokenHash: string) => {
    const known = members.get(tokenHash)
    if (known !== undefined) return known
    const { staffId, profileId } = working(
      (await authenticate(database, tokenHash, clock.now(), null)).principal,
    )
    members.set(tokenHash, staffId ?? profileId)
    return staffId ?? profileId
  }
  return {
    count: async (tokenHash: string) =>
      brake.limit('searches', await memberOf(tokenHash), SEARCHES_A_MINUTE, 60, {
        title: '找得太快了',
        detail: `一分钟最多找 ${SEARCHES_A_MINUTE} 次，等一分钟再找；写上完整的姓名或者编号，一次就找到`,
      }),
    /** The session has ended: from now on it is nobody's. */
    forget: members.forget,
  }
}

/** Whoever asks works here. */
export function working(principal: Principal | null): Principal {
  if (!principal) throw new ProblemError('account.session-ended')
  if (principal.pools.length === 0) throw new ProblemError('account.role-needed')
  return principal
}

/** A look-up leaves its trace, never the number that was asked for. */
export const auditLookUp = (
  { database, clock, ids }: CaseDeps,
  { staffId, profileId }: Pick<Principal, 'staffId' | 'profileId'>,
  trace: { readonly action: string; readonly subject: string },
) => {
  const now = clock.now()
  return commit(database, {
    now,
    intent: null,
    status: 200,
    by: profilePrincipal(profileId),
    parts: [actorPart(`staff:${staffId}`), auditPart([{ id: ids.next(), ...trace }], now)],
    demands: [],
    answer: sql`'null'::json`,
  })
}
