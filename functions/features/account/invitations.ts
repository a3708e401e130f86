import { sql } from 'drizzle-orm'
import type { InvitationCreated } from '#shared/contract/account'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import type { Brake } from '../../platform/http/brake'
import type { Complete, Intent } from '../../platform/http/idempotency'
import { hashToken, type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

export const INVITED_DAYS = 7

/** One is enough; whoever loses it is sent another, and the one before opens nothing from then on. */
const INVITATIONS_A_DAY = 10

/** Of a member of staff, by whichever administrator. */
export const brakeInvitations = (
  { brake, clock }: Pick<AccountDeps, 'clock'> & { readonly brake: Brake },
  staffId: string,
) =>
  brake.limit('invitations', staffId, INVITATIONS_A_DAY, dayIn(clock.now()), {
    title: '今天给这个人的邀请太多了',
    detail: `今天给这个人发了 ${INVITATIONS_A_DAY} 次邀请，明天才能再发；最后发的那个 ${INVITED_DAYS} 天里还能用`,
  })

type InvitationDeps = Pick<AccountDeps, 'database' | 'ids' | 'clock' | 'cipher'>

interface Inviter {
  readonly principal: Principal
  readonly intent: Intent
}

const tokenOf = ({ cipher }: Pick<AccountDeps, 'cipher'>, id: string) =>
  cipher.deriveSecret(`invitations.${id}.token`)

/** What is kept of the answer to an invitation: all but the token and what is made of it. */
export interface KeptInvitation {
  readonly id: string
  readonly expiresAt: string
}

/** The answer to an invitation, with the token that its row gives again. */
function describeInvitation(
  deps: Pick<AccountDeps, 'cipher'>,
  { id, expiresAt }: KeptInvitation,
): InvitationCreated {
  const token = tokenOf(deps, id)
  return { token, expiresAt, page: `staff/account/bind?token=${token}`, link: null }
}

/** The same with the address by which it is sent. */
export async function linkedInvitation(
  deps: Pick<AccountDeps, 'cipher' | 'wechat'>,
  kept: KeptInvitation,
): Promise<InvitationCreated> {
  const invitation = describeInvitation(deps, kept)
  return { ...invitation, link: (await deps.wechat.linkTo(invitation.page, INVITED_DAYS)) ?? null }
}

export const createCompleteInvitation =
  (deps: Pick<AccountDeps, 'cipher' | 'wechat'>): Complete =>
  async (kept) =>
    JSON.stringify(await linkedInvitation(deps, JSON.parse(kept)))

/**
 * Invites a member of staff to bind their WeChat account: one use, seven days, the last one alone. The operator's command
 * invites the first administrator. Answers a `KeptInvitation`; 404 when there is no such member of staff.
 */
export function inviteStaff(deps: InvitationDeps, staffId: string, inviter: Inviter | 'system') {
  const now = deps.clock.now()
  const id = deps.ids.next()
  const expiresAt = new Date(Date.parse(now) + INVITED_DAYS * 86_400_000).toISOString()
  const kept: KeptInvitation = { id, expiresAt }
  const invitedBy = inviter === 'system' ? null : inviter.principal.staffId
  return commit(deps.database, {
    now,
    ...(inviter === 'system'
      ? ({ by: 'system', intent: null } as const)
      : { by: profilePrincipal(inviter.principal.profileId), intent: inviter.intent }),
    status: 201,
    parts: [
      sql`voided as (update invitations set expires_at = ${now}::timestamptz
        where staff_id = ${staffId} and redeemed_at is null and expires_at > ${now}::timestamptz returning 1)`,
      sql`invited as (
        insert into invitations (id, token_hash, staff_id, created_at, expires_at, created_by)
        select ${id}::uuid, ${hashToken(tokenOf(deps, id))}, id, ${now}::timestamptz, ${expiresAt}::timestamptz,
          ${invitedBy} from staff where id = ${staffId} and (active or awaited) returning staff_id)`,
      auditFoundPart(
        'audited',
        {
          ids: [deps.ids.next()],
          now,
          actor: invitedBy === null ? 'system:command' : `staff:${invitedBy}`,
          action: 'account.invite-staff',
        },
        sql`select 'staff:' || staff_id from invited`,
      ),
    ],
    demands: [{ holds: sql`exists(select 1 from invited)`, code: 'account.invitation-invalid' }],
    answer: sql`${JSON.stringify(kept)}::json`,
  })
}

/** The operator's invitation of an administrator; undefined when there is no such member of staff. */
export async function inviteByOperator(
  deps: InvitationDeps,
  staffId: string,
): Promise<InvitationCreated | undefined> {
  try {
    const committed = await inviteStaff(deps, staffId, 'system')
    return committed.kind === 'done'
      ? describeInvitation(deps, committed.answer as KeptInvitation)
      : undefined
  } catch (cause) {
    if (cause instanceof ProblemError && cause.code === 'account.invitation-invalid') return undefined
    throw cause
  }
}
