import { type SQL, sql } from 'drizzle-orm'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { STAND_IN_ROLES } from '#shared/domain/organization/pools'
import { commit, violatedConstraint } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { countedUp } from '../../platform/db/parts/revision'
import type { Intent } from '../../platform/http/idempotency'
import { hashToken, type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { AccountDeps } from './accounts'
import { noteTried } from './noted'
import { ADMIN_IDS, isMember, type Registered, toldOfWorkIdentity } from './work-identity'

interface Redeeming {
  readonly principal: Principal
  readonly intent: Intent
}

/** Whom an open invitation is for, who has that work identity now, and who redeems. */
interface Invited extends Registered {
  readonly staffId: string
  readonly formerId: string | null
  readonly nameSealed: string | null
  readonly typedIndex: string | null
  readonly adminIds: readonly string[]
}

const findInvited = async ({ database, clock }: AccountDeps, { profileId }: Principal, token: string) => {
  const [row] =
    await database.rows<Invited>(sql`select s.id as "staffId", s.name as "staffName", s.id_number_index as "numberIndex",
      (select f.id from profiles f where f.staff_id = s.id) as "formerId", p.name_sealed as "nameSealed",
      p.id_number_index as "typedIndex", ${ADMIN_IDS} as "adminIds"
    from invitations i join staff s on s.id = i.staff_id, profiles p
    where i.token_hash = ${hashToken(token)} and i.redeemed_at is null
      and i.expires_at > ${clock.now()}::timestamptz and p.id = ${profileId}::uuid`)
  return row
}

/** A link goes to a wrong chat: whoever is not the member is told so, and it stands in the audit. */
const noteRefused = (deps: AccountDeps, principal: Principal, { staffId }: Invited) =>
  noteTried(deps, principal, { action: 'account.refuse-invitation', subject: `staff:${staffId}` })

/**
 * Who opens it decides over people's matters at once, so it is known who they are: the confirmed member, by the registry's
 * number or else by name. Whoever has typed somebody else's number is told before; for anybody else the invitation waits.
 */
async function checkPerson(deps: AccountDeps, principal: Principal, invited: Invited) {
  const { nameSealed, typedIndex, numberIndex } = invited
  const isConfirmed = principal.realNameLevel === 3
  const name =
    nameSealed === null
      ? null
      : deps.cipher.decrypt(nameSealed, sealedIn.profile(principal.profileId, 'name'))
  const isSaid = isConfirmed || (typedIndex !== null && numberIndex !== null)
  if (isSaid && !isMember(invited, { name, numberIndex: typedIndex })) {
    await noteRefused(deps, principal, invited)
    throw new ProblemError('account.not-the-member')
  }
  if (!isConfirmed) throw new ProblemError('account.confirm-first')
}

/** A work identity that leaves an account is told to who had it and to the administrators, by the part `released`. */
function toldPart(deps: AccountDeps, { formerId, staffName, adminIds }: Invited, profileId: string): SQL[] {
  if (formerId === null || formerId === profileId) return []
  return [
    toldOfWorkIdentity(
      deps,
      {
        profileId: formerId,
        title: '你的工作身份换到另一个微信了',
        line: '不是你换的，马上告诉管理员',
      },
      { ids: adminIds, title: '有工作身份换了微信', line: `${staffName}的工作身份换了微信` },
      sql`exists(select 1 from released where id = ${formerId}::uuid)`,
    ),
  ]
}

/** Binds the member of staff to the WeChat account that redeems the invitation; a second try finds nothing. */
export const createRedeemInvitation =
  (deps: AccountDeps) =>
  async ({ principal, intent }: Redeeming, token: string) => {
    if (principal.staffId !== null) throw new ProblemError('account.already-staff')
    const now = deps.clock.now()
    const invited = await findInvited(deps, principal, token)
    if (invited) await checkPerson(deps, principal, invited)
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
            where profiles.staff_id = redeemed.staff_id and profiles.id <> ${principal.profileId}::uuid
            returning profiles.id)`,
          // Whoever it comes back to is let in anew.
          sql`left_desks as (update sessions set revoked_at = ${now}::timestamptz from released
            where sessions.profile_id = released.id and sessions.kind = 'desk' and sessions.revoked_at is null returning 1)`,
          sql`bound as (update profiles set staff_id = redeemed.staff_id from redeemed
            where profiles.id = ${principal.profileId}::uuid and profiles.closed_at is null and not exists (
              select 1 from staff s where s.id = profiles.staff_id and s.active)
              -- Only when the account that held it has let it go.
              and (select count(*) from released) >= 0 returning profiles.staff_id)`,
          sql`came as (update staff s set active = true, awaited = false from bound
            where s.id = bound.staff_id and s.awaited returning 1)`,
          sql`revised as (update reference_data set ${countedUp(['registry'])} where exists(select 1 from came))`,
          // Whoever takes over a post that somebody held until now finds nothing that nobody was there for. Of a share that stands
          // at its own post, and there alone: who stands in for one is not whose it is. What nobody of the organ can settle may take two:
          // whether they are there now is settled with the case (`memberCame`).
          sql`staffed as (update case_tasks t set unstaffed = false from bound join staff_roles r on r.staff_id = bound.staff_id
              join case_tasks o on o.role = r.role and o.unit_id = r.unit_id and o.part_unit_id = o.unit_id
            where t.unstaffed and (t.line::json->'settledBy'->>'nobody') is distinct from 'true'
              and o.case_id = t.case_id and o.step_key = t.step_key and o.part_unit_id = t.part_unit_id
              and o.approval = t.approval and not bound.staff_id = any(o.barred)
              and o.case_id not in (${ownCases(dayIn(now), sql`(select staff_id from bound)`)})
              and (exists (select 1 from came) or not exists (select 1 from released)) and o.role not in (
                select jsonb_array_elements_text(${JSON.stringify(STAND_IN_ROLES)}::jsonb)))`,
          ...(invited ? toldPart(deps, invited, principal.profileId) : []),
          auditFoundPart(
            'audited',
            {
              ids: [deps.ids.next()],
              now,
              actor: `profile:${principal.profileId}`,
              action: 'account.bind-staff',
            },
            sql`select 'staff:' || staff_id from bound`,
          ),
        ],
        demands: [{ holds: sql`exists(select 1 from bound)`, code: 'account.invitation-invalid' }],
        answer: sql`json_build_object('id', ${principal.profileId}::text, 'realNameLevel', ${principal.realNameLevel}::int)`,
      })
      deps.memberCame()
    } catch (cause) {
      if (violatedConstraint(cause) === 'profiles_staff_id') throw new ProblemError('account.already-staff')
      throw cause
    }
    return { id: principal.profileId, realNameLevel: principal.realNameLevel }
  }
