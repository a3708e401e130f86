import { type SQL, sql } from 'drizzle-orm'
import type { AnswerDesk, AskingDesk } from '#shared/contract/desk-session'
import { COLLECTED_WITHIN_SECONDS, deskEnd, pinFault } from '#shared/domain/account/desk-session'
import { commit } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { instantText } from '../../../platform/db/parts/instant'
import { hashToken, type Principal, profilePrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { ADMIN_IDS, toldAdmins } from '../work-identity'
import { type DeskDeps, secondsAfter } from './codes'
import { pinDigestOf } from './lock'

/**
 * The phone's side: without an answer it looks at the computer that asks; with one it lets it in or refuses it. A code that
 * was used, refused, is over or was never shown is one and the same 404. From the phone alone: a desk lets in no other.
 */
export async function answerCode(
  deps: DeskDeps,
  principal: Principal,
  { code, answer, pin }: AnswerDesk,
): Promise<AskingDesk> {
  if (principal.sessionKind !== 'phone') throw new ProblemError('account.phone-needed')
  if (pin !== undefined && pinFault(pin) !== undefined) {
    throw new ProblemError('account.pin-guessed', {
      errors: [{ pointer: '/pin', code: 'field.guessed', message: '连着的、重复的数太好猜，换一个' }],
    })
  }
  const asking = await findAsking(deps, principal, code)
  if (asking === undefined) throw new ProblemError('account.desk-code-invalid')
  const { idHash, adminIds, ...desk } = asking
  if (answer === 'confirmed') await letIn(deps, principal, { idHash, pin: pin ?? '' })
  if (answer === 'refused') await refuse(deps, principal, { idHash, adminIds, desk })
  return desk
}

interface Asking extends AskingDesk {
  readonly idHash: string
  readonly adminIds: readonly string[]
}

/** Looking at a code that waits is noted: its browser says that it was scanned. */
async function findAsking(
  { database, clock }: DeskDeps,
  { profileId }: Principal,
  code: string,
): Promise<Asking | undefined> {
  const now = clock.now()
  const hash = hashToken(code)
  const [row] = await database.rows<Omit<Asking, 'until'>>(sql`with asking as (
      update desk_logins set scanned_at = coalesce(scanned_at, ${now}::timestamptz)
      where (code_hash = ${hash} or digits_hash = ${hash}) and status = 'waiting' and expires_at > ${now}::timestamptz
      returning id_hash, device, address, expires_at)
    select id_hash as "idHash", device as browser, address, ${instantText('expires_at')} as "expiresAt",
      (select ${instantText('max(s.created_at)')} from sessions s where s.profile_id = ${profileId}::uuid
        and s.kind = 'desk' and s.device = asking.device and s.address = asking.address) as "lastAt",
      ${ADMIN_IDS} as "adminIds" from asking`)
  return row && { ...row, until: deskEnd(now) }
}

/** Of whoever answers first; a second answer finds nothing. */
const decide = (
  { idHash }: Pick<Asking, 'idHash'>,
  set: SQL,
  now: string,
) => sql`decided as (update desk_logins set ${set}, place = null
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
  { idHash, pin }: Pick<Asking, 'idHash'> & { readonly pin: string },
) {
  const now = deps.clock.now()
  const { profileId, sessionId } = principal
  const set = sql`status = 'confirmed', profile_id = ${profileId}::uuid,
    identity_id = (select identity_id from sessions where id = ${sessionId}::uuid),
    pin_digest = ${pinDigestOf(deps, profileId, pin)}, expires_at = ${secondsAfter(now, COLLECTED_WITHIN_SECONDS)}::timestamptz`
  await written(deps, principal, [
    decide({ idHash }, set, now),
    audited(deps, principal, 'account.let-in-desk'),
  ])
}

/** Whoever refuses a computer was sent somebody else's code: the administrators hear of it. */
async function refuse(
  deps: DeskDeps,
  principal: Principal,
  { idHash, adminIds, desk }: Pick<Asking, 'idHash' | 'adminIds'> & { readonly desk: AskingDesk },
) {
  const now = deps.clock.now()
  await written(deps, principal, [
    decide({ idHash }, sql`status = 'refused'`, now),
    audited(deps, principal, 'account.refuse-desk'),
    toldAdmins(
      deps,
      {
        ids: adminIds,
        kind: 'desk-refused',
        title: '有人用工作身份的码登录，被拒绝了',
        line: `${desk.browser}，网络 ${desk.address}。问问是谁发的码`,
      },
      sql`exists(select 1 from decided)`,
    ),
  ])
}
