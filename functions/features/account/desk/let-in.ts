import { type SQL, sql } from 'drizzle-orm'
import type { AnswerDesk, AskingDesk } from '#shared/contract/desk-session'
import {
  COLLECTED_WITHIN_SECONDS,
  deskEnd,
  PIN_GUESSED,
  pinFault,
  REFUSALS_TOLD,
} from '#shared/domain/account/desk-session'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { commit } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { instantText } from '../../../platform/db/parts/instant'
import type { Brake } from '../../../platform/http/brake'
import { hashToken, type Principal, profilePrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { wechatIndexOf } from '../../../platform/ports/cipher'
import { demandPhone } from '../change-profile'
import { ADMIN_IDS, toldAdmins } from '../work-identity'
import { type DeskDeps, digitsHashOf, secondsAfter } from './codes'
import { pinDigestOf } from './lock'

export interface LettingInDeps extends DeskDeps {
  readonly brake: Brake
}

/**
 * The phone's side: without an answer it looks at the computer that asks; with one it lets it in or refuses it. The first
 * answer counts; the same once more is answered as before. A code that was used by somebody else, is over or was never
 * shown is one and the same 404. From the phone alone: a desk lets in no other.
 */
export async function answerCode(
  deps: LettingInDeps,
  principal: Principal,
  { code, answer, pin }: AnswerDesk,
): Promise<AskingDesk> {
  demandPhone(principal)
  if (pin !== undefined && pinFault(pin) !== undefined) {
    throw new ProblemError('account.pin-guessed', {
      errors: [{ pointer: '/pin', code: 'field.guessed', message: PIN_GUESSED }],
    })
  }
  const asking = await findAsking(deps, principal, code)
  if (asking === undefined) throw new ProblemError('account.desk-code-invalid')
  const { idHash, adminIds, status, isSamePin, desk } = read(deps, principal, asking, pin)
  if (status !== 'waiting') {
    if (answer === undefined || !isRepeated(status, answer, isSamePin)) {
      throw new ProblemError('account.desk-code-invalid')
    }
    return desk
  }
  if (answer === 'confirmed') await letIn(deps, principal, { idHash, pin: pin ?? '', until: desk.until })
  if (answer === 'refused') await refuse(deps, principal, { idHash, adminIds, desk })
  return desk
}

type Status = 'waiting' | 'confirmed' | 'collected' | 'refused'

/** Its first answer was lost on the way. */
const isRepeated = (status: Status, answer: AnswerDesk['answer'], isSamePin: boolean) =>
  answer === 'refused' ? status === 'refused' : status !== 'refused' && isSamePin

interface Asking extends Omit<AskingDesk, 'until'> {
  readonly idHash: string
  readonly status: Status
  readonly pinDigest: string | null
  readonly until: string | null
  readonly adminIds: readonly string[]
}

function read(deps: DeskDeps, { profileId }: Principal, asking: Asking, pin: string | undefined) {
  const { idHash, adminIds, status, pinDigest, until, ...shown } = asking
  return {
    idHash,
    adminIds,
    status,
    isSamePin: pin !== undefined && pinDigest === pinDigestOf(deps, profileId, pin),
    desk: { ...shown, until: until ?? deskEnd(deps.clock.now()) },
  }
}

/** Looking at a code that waits is noted: its browser says that it was scanned. Of those answered one's own alone are found. */
async function findAsking(
  deps: DeskDeps,
  { profileId }: Principal,
  code: string,
): Promise<Asking | undefined> {
  const now = deps.clock.now()
  const [row] = await deps.database.rows<Asking>(sql`with asking as (
      update desk_logins set scanned_at = coalesce(scanned_at, ${now}::timestamptz)
      where (code_hash = ${hashToken(code)} or digits_hash = ${digitsHashOf(deps, code)})
        and expires_at > ${now}::timestamptz and (status = 'waiting' or profile_id = ${profileId}::uuid)
      returning id_hash, status, device, address, network_digest, expires_at, pin_digest, desk_until)
    select id_hash as "idHash", status, device as browser, address, pin_digest as "pinDigest",
      ${instantText('expires_at')} as "expiresAt", ${instantText('desk_until')} as until,
      (select ${instantText('max(s.created_at)')} from sessions s where s.profile_id = ${profileId}::uuid
        and s.kind = 'desk' and s.device = asking.device and s.network_digest = asking.network_digest) as "lastAt",
      ${ADMIN_IDS} as "adminIds" from asking`)
  return row
}

/** Of whoever answers first; a second answer finds nothing. */
const decide = (
  { idHash }: Pick<Asking, 'idHash'>,
  { profileId, sessionId }: Principal,
  set: SQL,
  now: string,
) => sql`decided as (update desk_logins set ${set}, place = null, profile_id = ${profileId}::uuid,
    session_id = ${sessionId}::uuid
  where id_hash = ${idHash} and status = 'waiting' and expires_at > ${now}::timestamptz returning 1)`

const audited = ({ clock, ids }: DeskDeps, { profileId }: Principal, action: string) =>
  auditFoundPart(
    'audited',
    { ids: [ids.next()], now: clock.now(), actor: `profile:${profileId}`, action },
    sql`select ${`profile:${profileId}`} from decided`,
  )

const written = (deps: DeskDeps, { profileId }: Principal, parts: readonly SQL[]) =>
  commit(deps.database, {
    now: deps.clock.now(),
    by: profilePrincipal(profileId),
    intent: null,
    status: 200,
    parts,
    demands: [{ holds: sql`exists(select 1 from decided)`, code: 'account.desk-code-invalid' }],
    answer: sql`'null'::json`,
  })

async function letIn(
  deps: DeskDeps,
  principal: Principal,
  { idHash, pin, until }: { readonly idHash: string; readonly pin: string; readonly until: string },
) {
  const now = deps.clock.now()
  const set = sql`status = 'confirmed', pin_digest = ${pinDigestOf(deps, principal.profileId, pin)},
    desk_until = ${until}::timestamptz, expires_at = ${secondsAfter(now, COLLECTED_WITHIN_SECONDS)}::timestamptz`
  await written(deps, principal, [
    decide({ idHash }, principal, set, now),
    audited(deps, principal, 'account.let-in-desk'),
  ])
}

/** Whoever refuses a computer was sent somebody else's code: the administrators hear of it. */
async function refuse(
  deps: LettingInDeps,
  principal: Principal,
  { idHash, adminIds, desk }: Pick<Asking, 'idHash' | 'adminIds'> & { readonly desk: AskingDesk },
) {
  const now = deps.clock.now()
  const isTold = await deps.brake.passes(
    'refused-desks',
    wechatIndexOf(deps.cipher, principal),
    REFUSALS_TOLD,
    dayIn(now),
  )
  const told = toldAdmins(
    deps,
    {
      ids: adminIds,
      kind: 'desk-refused',
      title: '有人用工作身份的码登录，被拒绝了',
      line: `${desk.browser}，网络 ${desk.address}。问问是谁发的码`,
    },
    sql`exists(select 1 from decided)`,
  )
  await written(deps, principal, [
    decide({ idHash }, principal, sql`status = 'refused'`, now),
    audited(deps, principal, 'account.refuse-desk'),
    ...(isTold ? [told] : []),
  ])
}
