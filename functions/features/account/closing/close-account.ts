import { type SQL, sql } from 'drizzle-orm'
import { type AccountClosed, type AccountClosing, accountClosed } from '#shared/contract/account-closing'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commit, STALE_REFERENCE, StaleReferenceError, triedAnew } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { countedUp } from '../../../platform/db/parts/revision'
import { foundPrincipal, type Principal } from '../../../platform/http/principal'
import { hasState, ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { AccountDeps } from '../accounts'
import { demandPhone } from '../change-profile'
import { ADMIN_IDS, toldAdmins } from '../work-identity'
import type { CasesOfLeaver, ClosingDeps } from './deps'
import { gone } from './gone'
import { colleaguesPart, IS_HELD, isLastAdmin, workColumn, workInHand } from './holdings'

interface Leaving {
  readonly principal: Principal
  readonly tokenHash: string
}

interface Work {
  readonly inHand: AccountClosing['workInHand']
  readonly lastAdmin: boolean
  readonly staffName: string | null
  readonly adminIds: readonly string[]
  /** How many firms, and accounts that were joined into this one. */
  readonly powers: number
}

const findWork = async (
  { database, clock }: AccountDeps,
  { profileId, staffId }: Principal,
): Promise<Work> => {
  const [row] = await database.rows<Work>(sql`select
      ${workColumn(staffId, dayIn(clock.now()))} as "inHand", ${isLastAdmin(staffId)} as "lastAdmin",
      (select name from staff where id = ${staffId}::text) as "staffName", ${ADMIN_IDS} as "adminIds",
      (select count(*)::int from enterprise_agents a join profiles p on p.id = a.profile_id
        where p.id = ${profileId}::uuid or p.joined_into = ${profileId}::uuid) as powers`)
  if (!row) throw new ProblemError('account.session-ended')
  return row
}

/** Names at most so many: a sentence is read, a list is not. */
const NAMED = 3
const named = (names: readonly string[], count = names.length) =>
  count > NAMED ? `${names.slice(0, NAMED).join('、')}等 ${count} 件` : names.join('、')

const KEY_BYTES = 18

/** Without whose they are, or the hour. */
function reasonParts({ cipher, ids }: AccountDeps, reason: string | undefined, now: Instant): readonly SQL[] {
  if (!reason) return []
  const key = ids.secret(KEY_BYTES)
  return [
    sql`reasoned as (insert into closing_reasons (key, closed_on, words_sealed)
      select ${key}, ${dayIn(now)}::date, ${cipher.encrypt(reason, sealedIn.closingReason(key))} from closed limit 1)`,
  ]
}

/** A session of the person's began meanwhile, which names what goes: with it all goes. */
const REFERRED_TO = ['23503']

/**
 * The person leaves, with every WeChat account of theirs: 409 names the open cases that need them, or what they have in hand
 * as a member of staff. Sent again it is 401: whoever has left is nobody's session. What is kept names nobody. 个人信息保护法 第15、16、47条, ADR 0080
 */
export async function closeAccount(
  deps: ClosingDeps,
  leaving: Leaving,
  reason: string | undefined,
): Promise<AccountClosed> {
  demandPhone(leaving.principal)
  return triedAnew(async () => {
    const cases = await deps.casesOnLeaving(leaving.tokenHash)
    if (cases.open.length > 0)
      throw new ProblemError('account.cases-open', {
        detail: `没办完的：${named(cases.open.map(({ plainName, whose }) => (whose ? `${plainName}（${whose}）` : plainName)))}`,
      })
    const work = await findWork(deps, leaving.principal)
    const { count, some } = work.inHand
    if (count > 0) throw new ProblemError('account.work-in-hand', { detail: `手上的：${named(some, count)}` })
    if (work.lastAdmin) throw new ProblemError('account.last-admin')
    return written(deps, leaving, { cases, work, reason })
  })
}

async function written(
  deps: ClosingDeps,
  { principal: { profileId, staffId }, tokenHash }: Leaving,
  { cases, work, reason }: { cases: CasesOfLeaver; work: Work; reason: string | undefined },
): Promise<AccountClosed> {
  const now = deps.clock.now()
  const audited = (name: string, action: string, subjects: SQL, most = 1) =>
    auditFoundPart(
      name,
      {
        ids: Array.from({ length: most }, () => deps.ids.next()),
        now,
        actor: `profile:${profileId}`,
        action,
      },
      subjects,
    )
  try {
    const committed = await commit(deps.database, {
      now,
      // Nobody is left to whom it could be answered again, and by what is kept for it they would be told apart.
      intent: null,
      status: 200,
      by: foundPrincipal(tokenHash, now),
      parts: [
        colleaguesPart(staffId),
        ...gone(profileId, now),
        ...cases.parts,
        sql`unbound as (update staff s set active = false, awaited = false from whose w, closed
          where s.id = w.staff_id and s.active returning s.id)`,
        sql`revised as (update reference_data set ${countedUp(['registry'])} where exists(select 1 from unbound))`,
        ...reasonParts(deps, reason, now),
        audited(
          'audited',
          'account.close',
          sql`select 'profile:' || id from closed where id = ${profileId}::uuid`,
        ),
        audited('audited_staff', 'account.unbind-staff', sql`select distinct 'staff:' || id from unbound`),
        audited(
          'audited_powers',
          'account.leave-power',
          sql`select distinct 'enterprise:' || enterprise_id from left_powers`,
          work.powers,
        ),
        toldAdmins(
          deps,
          {
            kind: 'work-identity-moved',
            ids: work.adminIds,
            title: '有同事注销了',
            line: `${work.staffName ?? ''}注销了账户，工作身份空出来了`,
          },
          sql`exists(select 1 from unbound)`,
        ),
      ],
      demands: [
        {
          holds: sql`exists(select 1 from closed where id = ${profileId}::uuid)`,
          code: 'account.session-ended',
        },
        { holds: cases.stands, code: STALE_REFERENCE },
        {
          holds: sql`not exists(${workInHand(staffId, dayIn(now), IS_HELD)}) and not ${isLastAdmin(staffId, IS_HELD)}`,
          code: STALE_REFERENCE,
        },
      ],
      answer: sql`json_build_object('closedAt', ${now}::text)`,
    })
    if (committed.kind !== 'done') throw new ProblemError('account.session-ended')
    return accountClosed.parse(committed.answer)
  } catch (cause) {
    if (hasState(cause, REFERRED_TO)) throw new StaleReferenceError()
    throw cause
  }
}
