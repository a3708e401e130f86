import { sql } from 'drizzle-orm'
import { commit, violatedConstraint } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import { hashToken, type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

const TOKEN_BYTES = 24
const VALID_DAYS = 7

type InvitationDeps = Pick<AccountDeps, 'database' | 'ids' | 'clock'>

/**
 * Invites a member of staff to bind their WeChat account: one use, seven days. `invitedBy` is null for the first
 * administrator, whom the operator invites from the command line. Undefined when there is no such member of staff.
 */
export async function inviteStaff(deps: InvitationDeps, staffId: string, invitedBy: string | null) {
  const now = deps.clock.now()
  const token = deps.ids.secret(TOKEN_BYTES)
  const expiresAt = new Date(Date.parse(now) + VALID_DAYS * 86_400_000).toISOString()
  const [row] = await deps.database.rows<{ id: string }>(sql`with invited as (
      insert into invitations (id, token_hash, staff_id, created_at, expires_at, created_by)
      select ${deps.ids.next()}::uuid, ${hashToken(token)}, id, ${now}::timestamptz, ${expiresAt}::timestamptz,
        ${invitedBy} from staff where id = ${staffId} and active returning id, staff_id
    ), audited as (insert into audit_entries (id, at, actor, action, subject)
      select ${deps.ids.next()}::uuid, ${now}::timestamptz, ${invitedBy === null ? 'system:command' : `staff:${invitedBy}`},
        'account.invite-staff', 'staff:' || staff_id from invited)
    select id from invited`)
  return row && { token, expiresAt, page: `staff/account/bind?token=${token}` }
}

/** Binds the member of staff to the WeChat account that redeems the invitation; a second try finds nothing. */
export const createRedeemInvitation =
  (deps: AccountDeps) =>
  async (
    { principal, intent }: { readonly principal: Principal; readonly intent: Intent },
    token: string,
  ) => {
    if (principal.staffId !== null) throw new ProblemError('account.already-staff')
    const now = deps.clock.now()
    try {
      await commit(deps.database, {
        now,
        intent,
        status: 200,
        by: profilePrincipal(principal.profileId),
        parts: [
          sql`redeemed as (update invitations set redeemed_at = ${now}::timestamptz
            where token_hash = ${hashToken(token)} and redeemed_at is null and expires_at > ${now}::timestamptz
            returning staff_id)`,
          sql`released as (update profiles set staff_id = null from redeemed
            where profiles.staff_id = redeemed.staff_id and profiles.id <> ${principal.profileId}::uuid returning 1)`,
          sql`bound as (update profiles set staff_id = redeemed.staff_id from redeemed
            where profiles.id = ${principal.profileId}::uuid and profiles.staff_id is null
              -- Only when the account that held it has let it go.
              and (select count(*) from released) >= 0 returning profiles.staff_id)`,
          sql`audited as (insert into audit_entries (id, at, actor, action, subject)
            select ${deps.ids.next()}::uuid, ${now}::timestamptz, ${`profile:${principal.profileId}`},
              'account.bind-staff', 'staff:' || staff_id from bound)`,
        ],
        demands: [{ holds: sql`exists(select 1 from bound)`, code: 'account.invitation-invalid' }],
        answer: sql`json_build_object('id', ${principal.profileId}::text, 'realNameLevel', ${principal.realNameLevel}::int)`,
      })
    } catch (cause) {
      if (violatedConstraint(cause) === 'profiles_staff_id') throw new ProblemError('account.already-staff')
      throw cause
    }
    return { id: principal.profileId, realNameLevel: principal.realNameLevel }
  }
