import { type SQL, sql } from 'drizzle-orm'
import type { ProblemCode } from '#shared/contract/problems'
import { guardianUntil, isUnderFourteen } from '#shared/domain/account/guardian'
import { birthOfIdNumber, isIdNumberOn } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { triedAnew, violatedConstraint } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import type { Brake } from '../../platform/http/brake'
import { type ProblemDetails, ProblemError } from '../../platform/http/problem'
import { identityIndexOf, wechatIndexOf } from '../../platform/ports/cipher'
import type { IdentityVerdict } from '../../platform/ports/identity'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { AccountDeps } from './accounts'
import { type AccountRequest, changeProfile } from './change-profile'
import { bothConsents, brakeAgreeing, demandConsents, type Given, givenConsents } from './consents'
import { letGoParts } from './end-work'
import { joinAccounts } from './join-accounts'
import { ADMIN_IDS, isMember, type Registered, toldOfWorkIdentity } from './work-identity'

/** A one-time code of WeChat's. */
interface CodeGiven {
  readonly code: string
  readonly consents?: Given
}

interface IdentityGiven {
  readonly name: string
  readonly idNumber: string
  readonly consents?: Given
}

interface BrakedDeps extends AccountDeps {
  readonly brake: Brake
}

/** Level 1: the phone number that WeChat vouches for. */
export const createSetPhone = (deps: BrakedDeps) => async (change: AccountRequest, given: CodeGiven) => {
  await demandConsents(deps, change.principal.profileId, 'set-phone', given.consents)
  const exchange = await deps.wechat.exchangePhone(given.code)
  if (exchange.kind === 'code-invalid') throw new ProblemError('account.phone-code-invalid')
  if (exchange.kind === 'unavailable')
    throw new ProblemError('server.unavailable', { detail: '微信没有回应，手机号还没登记，再点一次' })
  const { profileId } = change.principal
  // Of a wrong code nothing is written, nor counted as agreed to.
  await brakeAgreeing(deps, change.principal, given.consents)
  return changeProfile(deps, change, 'account.set-phone', [
    sql`changed as (update profiles set phone_sealed = ${deps.cipher.encrypt(exchange.phone, sealedIn.profile(profileId, 'phone'))},
      phone_index = ${deps.cipher.blindIndex('phone', exchange.phone)},
      consents = ${bothConsents(sql`consents`, givenConsents(given.consents, 'set-phone', deps.clock.now()))},
      real_name_level = greatest(real_name_level, 1) where id in (select id from open) returning id, real_name_level)`,
  ])
}

/** Somebody mistypes once or twice; who types more is trying numbers out. */
const CHANGED_NUMBERS_A_DAY = 10

/** Another number than the one that stands there is counted, unless it is the first: of several at once one is. */
async function brakeChange(
  { brake, cipher, clock }: BrakedDeps,
  { principal }: AccountRequest,
  numberIndex: string,
) {
  const { idNumberIndex } = principal
  if (idNumberIndex === numberIndex) return
  const today = dayIn(clock.now())
  const wechat = wechatIndexOf(cipher, principal)
  if (idNumberIndex === null && (await brake.passes('first-numbers', wechat, 1, today))) return
  await brake.limit('changed-numbers', wechat, CHANGED_NUMBERS_A_DAY, today, {
    title: '今天不能再改身份证号',
    detail: `今天身份证号改了 ${CHANGED_NUMBERS_A_DAY} 次，明天才能再改；现在登记的没有变`,
  })
}

/**
 * Level 2: a typed name and number. They prove nothing about the typist, open nothing that belongs to the number's
 * owner, and no answer tells whether the number is known: the same checks run and the same row is written either way.
 */
export const createTypeIdentity =
  (deps: BrakedDeps) => async (change: AccountRequest, typed: IdentityGiven) => {
    const now = deps.clock.now()
    const idNumber = typed.idNumber.toUpperCase()
    const birth = birthOfIdNumber(idNumber)
    if (birth === undefined || !isIdNumberOn(idNumber, dayIn(now))) {
      throw new ProblemError('request.invalid', {
        errors: [
          { pointer: '/idNumber', code: 'field.wrong-check-digit', message: '身份证号不对，再对一遍' },
        ],
      })
    }
    const { profileId } = change.principal
    const { name } = typed
    // A child's own tick opens nothing: 个人信息保护法 第31条.
    if (isUnderFourteen(birth, dayIn(now)) && !typed.consents?.some(({ purpose }) => purpose === 'guardian'))
      throw new ProblemError('account.guardian-needed')
    await demandConsents(deps, profileId, 'type-identity', typed.consents)
    const numberIndex = deps.cipher.blindIndex('id-number', idNumber)
    await brakeChange(deps, change, numberIndex)
    const identityIndex = identityIndexOf(deps.cipher, name, idNumber)
    const guarded = sql`${guardianUntil(birth, dayIn(now))}::date`
    const consents = bothConsents(sql`consents`, givenConsents(typed.consents, 'type-identity', now))
    const parts = [
      // It may be confirmed at this very moment, and what is confirmed no typing changes.
      sql`typing as (select id, 2 as real_name_level from open where real_name_level < 3)`,
      sql`changed as (update profiles set name_sealed = ${deps.cipher.encrypt(name, sealedIn.profile(profileId, 'name'))},
        id_number_sealed = ${deps.cipher.encrypt(idNumber, sealedIn.profile(profileId, 'idNumber'))},
        id_number_index = ${numberIndex},
        identity_index = ${identityIndex}, guardian_until = ${guarded}, consents = ${consents}, real_name_level = 2
        where id in (select id from typing) and (identity_index is distinct from ${identityIndex}::text
          or guardian_until is distinct from ${guarded} or consents <> ${consents}) returning id)`,
    ]
    return changeProfile(deps, change, 'account.type-identity', parts, { stands: sql`typing` })
  }

interface Typed {
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
  readonly idNumberIndex: string | null
  readonly realNameLevel: number
  /** The member of staff as whom the account works, and whom that is told. */
  readonly member: (Registered & { readonly staffId: string; readonly adminIds: readonly string[] }) | null
}

const findTyped = async ({ database }: AccountDeps, profileId: string) => {
  const [row] = await database.rows<Typed>(sql`select p.name_sealed as "nameSealed",
      p.id_number_sealed as "idNumberSealed", p.id_number_index as "idNumberIndex", p.real_name_level as "realNameLevel",
      (select json_build_object('staffId', s.id, 'staffName', s.name, 'numberIndex', s.id_number_index,
        'adminIds', ${ADMIN_IDS}) from staff s where s.id = p.staff_id) as member
    from profiles p where p.id = ${profileId}::uuid`)
  return row
}

const REFUSALS: Readonly<
  Record<IdentityVerdict, { readonly code: ProblemCode; readonly details?: ProblemDetails } | null>
> = {
  confirmed: null,
  mismatch: { code: 'account.identity-mismatch' },
  'not-registered': { code: 'account.identity-unavailable' },
  'code-invalid': { code: 'account.identity-code-invalid' },
  unavailable: { code: 'server.unavailable', details: { detail: '微信没有回应，还没核上，再点一次' } },
}

/**
 * Level 3: WeChat's real-name check says that the typed name and number are those of the person before it. Who is under
 * fourteen needs a guardian for it. 个人信息保护法 第31条
 */
export const createConfirmIdentity =
  (deps: AccountDeps) => async (change: AccountRequest, given: CodeGiven) => {
    const { principal } = change
    const typed = await findTyped(deps, principal.profileId)
    if (!typed?.nameSealed || !typed.idNumberSealed || !typed.idNumberIndex)
      throw new ProblemError('account.real-name-needed')
    const idNumber = deps.cipher.decrypt(
      typed.idNumberSealed,
      sealedIn.profile(principal.profileId, 'idNumber'),
    )
    const birth = birthOfIdNumber(idNumber)
    if (birth !== undefined && isUnderFourteen(birth, dayIn(deps.clock.now())))
      throw new ProblemError('account.guardian-needed')
    if (typed.realNameLevel === 3) return { id: principal.profileId, realNameLevel: 3 }
    await demandConsents(deps, principal.profileId, 'confirm-identity', given.consents)
    const name = deps.cipher.decrypt(typed.nameSealed, sealedIn.profile(principal.profileId, 'name'))
    const verdict = await deps.identity.confirm({
      openid: principal.openid,
      name,
      idNumber,
      code: given.code,
    })
    const refusal = REFUSALS[verdict]
    if (refusal) throw new ProblemError(refusal.code, refusal.details)
    const consents = givenConsents(given.consents, 'confirm-identity', deps.clock.now())
    const mistaken = mistakenOf(typed.member, { name, numberIndex: typed.idNumberIndex })
    return confirmedAtLast(deps, change, {
      idNumberIndex: typed.idNumberIndex,
      person: { name, idNumber },
      consents,
      mistaken,
    })
  }

/** WeChat's code is good for once: where a case has moved on meanwhile, all but the code is tried again here. */
const confirmedAtLast = (deps: AccountDeps, change: AccountRequest, confirming: Confirming) =>
  triedAnew(() => confirmOrJoin(deps, change, confirming))

/** Whom the account works as though its person is somebody else; null mostly. */
const mistakenOf = (member: Typed['member'], person: Parameters<typeof isMember>[1]) =>
  member !== null && !isMember(member, person) ? member : null

/** The part `told`: an account that was bound as somebody else than its person is no member of staff any more. */
const toldOfMistaken = (
  deps: AccountDeps,
  profileId: string,
  { staffName, adminIds }: NonNullable<Typed['member']>,
) =>
  toldOfWorkIdentity(
    deps,
    { profileId, title: '你的工作身份停了', line: '你核过的身份和名册上的不是一个人，找管理员' },
    { ids: adminIds, title: '有工作身份停了', line: `用着${staffName}工作身份的微信，核出来是另一个人` },
    sql`exists(select 1 from unbound)`,
  )

interface Confirming {
  readonly idNumberIndex: string
  readonly person: { readonly name: string; readonly idNumber: string }
  readonly consents: SQL
  readonly mistaken: Typed['member']
}

async function confirmOrJoin(deps: AccountDeps, change: AccountRequest, confirming: Confirming) {
  const { idNumberIndex, person, consents, mistaken } = confirming
  const mistakenId = mistaken?.staffId ?? null
  const told = mistaken ? [toldOfMistaken(deps, change.principal.profileId, mistaken)] : []
  const { profileId } = change.principal
  const news = await deps.tellNewOwner({ numberIndex: idNumberIndex, profileIds: [profileId] })
  const following = await deps.followFiler({ profileId, person })
  const now = deps.clock.now()
  try {
    const parts = [
      ...news,
      ...following.parts,
      sql`unbound as (select staff_id from profiles where id = ${profileId}::uuid and staff_id = ${mistakenId}::text)`,
      ...letGoParts,
      sql`changed as (update profiles set real_name_level = 3, confirmed_at = ${now}::timestamptz,
        staff_id = case when staff_id = ${mistakenId}::text then null else staff_id end,
        consents = ${bothConsents(sql`consents`, consents)} where id in (select id from open)
        and identity_index = ${identityIndexOf(deps.cipher, person.name, person.idNumber)} returning id, real_name_level)`,
      auditFoundPart(
        'audited_staff',
        { ids: [deps.ids.next()], now, actor: `profile:${profileId}`, action: 'account.unbind-staff' },
        sql`select 'staff:' || staff_id from unbound`,
      ),
      ...told,
    ]
    const answer = sql`(select json_build_object('id', id, 'realNameLevel', real_name_level,
      'unboundStaffId', (select staff_id from unbound)) from changed)`
    const { demands } = following
    const changed = await changeProfile(deps, change, 'account.confirm-identity', parts, { answer, demands })
    following.done()
    return changed
  } catch (cause) {
    if (violatedConstraint(cause) !== 'profiles_confirmed_id_number') throw cause
    return joinAccounts(deps, change, { idNumberIndex, person, consents, mistakenId, told })
  }
}

/** Village and elder mode: what the person may change at any time. */
export const createChangeAccount =
  (deps: AccountDeps) =>
  async (
    change: AccountRequest,
    wanted: { readonly villageCode?: string | null | undefined; readonly elderMode?: boolean | undefined },
  ) => {
    const { villageCode, elderMode } = wanted
    // What is not named is the row's own as it is written, not as it was read: another request may name it at once.
    const village = villageCode === undefined ? sql`p.village_code` : sql`${villageCode}::text`
    const elder = elderMode === undefined ? sql`p.elder_mode` : sql`${elderMode}::boolean`
    const parts = [
      sql`known as (select id, real_name_level from open where ${villageCode ?? null}::text is null
          or exists (select 1 from units u where u.id = ${villageCode ?? null}::text and u.kind = 'village'))`,
      sql`changed as (update profiles p set village_code = ${village}, elder_mode = ${elder} from known
        where p.id = known.id and (p.village_code, p.elder_mode) is distinct from (${village}, ${elder}) returning p.id)`,
    ]
    return changeProfile(deps, change, 'account.change', parts, {
      refusal: 'account.village-unknown',
      stands: sql`known`,
    })
  }
