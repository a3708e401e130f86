import { type SQL, sql } from 'drizzle-orm'
import { type AccountChanged, accountChanged } from '#shared/contract/account'
import type { ProblemCode } from '#shared/contract/problems'
import { type Change, type Committed, commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

export interface AccountRequest {
  readonly principal: Principal
  readonly intent: Intent
}

/** 403 at a desk: a phone has let it in, and others sit before it. What a person says for themselves they say on the phone. */
export function demandPhone({ sessionKind }: Principal): void {
  if (sessionKind !== 'phone') throw new ProblemError('account.phone-needed')
}

/** The answer to a change, now or before. */
export const changedOf = (committed: Committed): AccountChanged =>
  accountChanged.parse(committed.kind === 'done' ? committed.answer : JSON.parse(committed.prior.answer))

/** What is answered, and kept for a replay: no personal data. */
const answered = (stands: SQL) =>
  sql`(select json_build_object('id', id, 'realNameLevel', real_name_level) from ${stands})`

/**
 * Writes one change of a profile with its audit row; the part `changed` gives the profile as it is then. `stands` is the part
 * that gives it also where nothing changes, which then is written nowhere. By the part `open`, which every change goes through:
 * the profile as it is when its turn comes, or nothing, and 401, where its person has closed it meanwhile.
 */
export async function changeProfile(
  deps: AccountDeps,
  { principal, intent }: AccountRequest,
  action: string,
  parts: readonly SQL[],
  {
    refusal = 'account.identity-fixed',
    stands = sql`changed`,
    answer = answered(stands),
    demands = [],
  }: { refusal?: ProblemCode; stands?: SQL; answer?: SQL; demands?: Change['demands'] } = {},
): Promise<AccountChanged> {
  const now = deps.clock.now()
  const committed = await commit(deps.database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`open as (select id, real_name_level from profiles
        where id = ${principal.profileId}::uuid and closed_at is null for update)`,
      ...parts,
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now, actor: `profile:${principal.profileId}`, action },
        sql`select 'profile:' || id from changed`,
      ),
    ],
    demands: [
      { holds: sql`exists(select 1 from open)`, code: 'account.session-ended' },
      { holds: sql`exists(select 1 from ${stands})`, code: refusal },
      ...demands,
    ],
    answer,
  })
  return changedOf(committed)
}
