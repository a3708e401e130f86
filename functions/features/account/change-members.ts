import { type SQL, sql } from 'drizzle-orm'
import type { EndWork, WorkEnded } from '#shared/contract/account'
import type { ProblemCode } from '#shared/contract/problems'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { commit, STALE_REFERENCE, type StaleReference, triedAnew } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import { listOf, remindersPart } from '../../platform/db/parts/reminders'
import { countedUp, revisionOf } from '../../platform/db/parts/revision'
import { profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'
import type { AccountRequest } from './change-profile'
import { comersTo, workColumn, workInHand } from './closing/holdings'
import { awaitedPart, endedParts } from './end-work'
import { ADMIN_IDS, toldAdmins, toldOfWorkIdentity } from './work-identity'

interface Member {
  readonly name: string
  /** At work, or let back and not come yet. */
  readonly counts: boolean
  readonly profileId: string | null
  readonly inHand: { readonly count: number; readonly some: readonly string[] }
  readonly adminIds: readonly string[]
  /** Cases that are assigned to them and come back to a pool of each, of whom can take them. */
  readonly takers: readonly { readonly id: string; readonly count: number; readonly caseNumber: string }[]
  readonly registry: number
}

async function findMember({ database, clock }: AccountDeps, staffId: string): Promise<Member> {
  const today = dayIn(clock.now())
  const { there, come } = comersTo(staffId, today)
  const [member] =
    await database.rows<Member>(sql`select s.name, s.active or s.awaited as counts, p.id as "profileId",
      ${workColumn(staffId, today)} as "inHand", ${ADMIN_IDS} as "adminIds", ${revisionOf('registry')} as registry,
      (with ${there} select coalesce(json_agg(k order by k.id), '[]'::json) from (select o.staff_id as id,
          count(distinct t.case_id)::int as count, min(c.case_number) as "caseNumber"
        from case_tasks t join cases c on c.id = t.case_id
          join there o on ${come}
        where t.assignee_id = s.id group by 1) k) as takers
    from staff s left join profiles p on p.staff_id = s.id and p.closed_at is null
    where s.id = ${staffId} and s.listing <> 'left'`)
  if (!member) throw new ProblemError('account.member-unknown')
  return member
}

interface Written {
  readonly staffId: string
  readonly registry: number
  readonly action: string
  readonly reasonDigest: string | null
  readonly parts: readonly SQL[]
  /** Beside that the registry is what was read. */
  readonly demands: readonly { readonly holds: SQL; readonly code: ProblemCode | StaleReference }[]
  readonly answer: SQL
}

/** By an administrator who is one still: two who end each other's work at once are one after the other. */
async function written(
  deps: AccountDeps,
  { principal, intent }: AccountRequest,
  { staffId, registry, action, reasonDigest, parts, demands, answer }: Written,
) {
  const now = deps.clock.now()
  const by = principal.staffId
  const committed = await commit(deps.database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`revised as (update reference_data set ${countedUp(['registry'])} where registry = ${registry}::int returning 1)`,
      sql`actor as (select ${`staff:${by}`}::text as actor)`,
      ...parts,
      auditPart([{ id: deps.ids.next(), action, subject: `staff:${staffId}`, reasonDigest }], now),
    ],
    demands: [
      { holds: sql`exists(select 1 from revised)`, code: STALE_REFERENCE },
      {
        holds: sql`exists(select 1 from staff where id = ${by} and active)`,
        code: 'account.role-needed',
      },
      ...demands,
    ],
    answer,
  })
  return committed.kind === 'done' ? committed.answer : JSON.parse(committed.prior.answer)
}

const namedWork = ({ count, some }: Member['inHand']) =>
  `${count} 件：${some.slice(0, 3).join('、')}${count > 3 ? ' 等' : ''}`

/** Who does it knows of it. */
const others = (adminIds: readonly string[], staffId: string, { principal }: AccountRequest) =>
  adminIds.filter((id) => id !== staffId && id !== principal.staffId)

/** The part `told_takers` tells each of what comes back to their pool; none of somebody who has left meanwhile. */
function toldTakers(deps: AccountDeps, { name, takers }: Pick<Member, 'name' | 'takers'>, happened: SQL) {
  const now = deps.clock.now()
  const eventId = deps.ids.next()
  const rows = takers.map(({ id: staffId, ...left }) => {
    const id = deps.ids.next()
    const sealed = deps.sealWorkLeft(id, { name, ...left })
    return { id, eventId, caseId: null, recipient: `staff:${staffId}`, availableAt: now, ...sealed }
  })
  return remindersPart('told_takers', { from: listOf(rows), where: happened }, now)
}

/**
 * An administrator ends a colleague's work, for a reason that the colleague is told. What they have in hand and nobody else
 * would come to is 409 until it is handed over with it: to the pool, and where nobody is there as ADR 0034 says.
 */
export const createEndMember =
  (deps: AccountDeps) =>
  async (
    request: AccountRequest,
    staffId: string,
    { reason, handOver = false }: EndWork,
  ): Promise<WorkEnded> => {
    // Who leaves has 注销; a slip must not shut out whoever could mend it.
    if (staffId === request.principal.staffId) throw new ProblemError('account.own-work')
    const ended = await triedAnew(async () => {
      const { name, counts, profileId, inHand, adminIds, takers, registry } = await findMember(deps, staffId)
      if (!counts) throw new ProblemError('account.member-unknown')
      if (inHand.count > 0 && !handOver)
        throw new ProblemError('account.member-work-in-hand', { detail: namedWork(inHand) })
      const ids = others(adminIds, staffId, request)
      const line = `${name}的工作身份停用了，原因：${reason}`
      const happened = sql`exists(select 1 from ended)`
      return written(deps, request, {
        staffId,
        registry,
        action: 'staff.end-work',
        reasonDigest: deps.cipher.digest(`staff:${staffId}\n${reason}`),
        parts: [
          ...endedParts(staffId, deps.clock.now()),
          toldTakers(deps, { name, takers }, happened),
          profileId === null
            ? toldAdmins(
                deps,
                { kind: 'work-identity-moved', ids, title: '有工作身份停用了', line },
                happened,
              )
            : toldOfWorkIdentity(
                deps,
                {
                  profileId,
                  title: '你的工作身份停用了',
                  line: `原因：${reason}。不对的，告诉管理员。自己的办件照样看得到`,
                },
                { ids, title: '有工作身份停用了', line },
                happened,
              ),
        ],
        demands: [
          { holds: happened, code: 'account.member-unknown' },
          // More may have come since it was counted.
          {
            holds: sql`${handOver}::boolean or not exists(${workInHand(staffId, dayIn(deps.clock.now()))})`,
            code: STALE_REFERENCE,
          },
        ],
        answer: sql`json_build_object('released', (select count(distinct case_id)::int from tasks where theirs),
          'unstaffed', (select count(distinct case_id)::int from tasks where emptied))`,
      })
    })
    deps.memberLeft()
    return ended
  }

const BACK = { title: '你可以回到岗位了', line: '管理员会再发一个邀请，本人点了就能办岗位上的件' }

/** They work here again, are told, and need an invitation: whoever held the work identity before may be somebody else by now. */
export const createReturnMember =
  (deps: AccountDeps) =>
  (request: AccountRequest, staffId: string): Promise<null> =>
    triedAnew(async () => {
      const { name, counts, profileId, adminIds, registry } = await findMember(deps, staffId)
      if (counts) throw new ProblemError('account.member-unknown')
      const happened = sql`exists(select 1 from awaited)`
      const admins = {
        ids: others(adminIds, staffId, request),
        title: '有同事可以回到岗位了',
        line: `${name}可以回到岗位，要用邀请进来`,
      }
      return written(deps, request, {
        staffId,
        registry,
        action: 'staff.return-to-work',
        reasonDigest: null,
        parts: [
          awaitedPart(staffId),
          profileId === null
            ? toldAdmins(deps, { kind: 'work-identity-moved', ...admins }, happened)
            : toldOfWorkIdentity(deps, { profileId, ...BACK }, admins, happened),
        ],
        demands: [{ holds: happened, code: 'account.member-unknown' }],
        answer: sql`'null'::json`,
      })
    })
