import { type SQL, sql } from 'drizzle-orm'
import type { ProblemCode } from '#shared/contract/problems'
import type { GivenConsent } from '#shared/domain/account/consents'
import { guardianUntil, isUnderFourteen } from '#shared/domain/account/guardian'
import { birthOfIdNumber, isIdNumber } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { violatedConstraint } from '../../platform/db/commit'
import { type ProblemDetails, ProblemError } from '../../platform/http/problem'
import { identityIndexOf } from '../../platform/ports/cipher'
import type { IdentityVerdict } from '../../platform/ports/identity'
import type { AccountDeps } from './accounts'
import { type AccountRequest, changeProfile } from './change-profile'
import { bothConsents, givenConsents } from './consents'
import { joinAccounts } from './join-accounts'

/** A one-time code of WeChat's. */
interface CodeGiven {
  readonly code: string
  readonly consents?: readonly GivenConsent[] | undefined
}

interface IdentityGiven {
  readonly name: string
  readonly idNumber: string
  readonly consents?: readonly GivenConsent[] | undefined
}

/** Level 1: the phone number that WeChat vouches for. */
export const createSetPhone = (deps: AccountDeps) => async (change: AccountRequest, given: CodeGiven) => {
  const exchange = await deps.wechat.exchangePhone(given.code)
  if (exchange.kind === 'code-invalid') throw new ProblemError('account.phone-code-invalid')
  if (exchange.kind === 'unavailable')
    throw new ProblemError('server.unavailable', { detail: '微信没有回应，手机号还没登记，再点一次' })
  const { profileId } = change.principal
  return changeProfile(deps, change, 'account.set-phone', [
    sql`changed as (update profiles set phone_sealed = ${deps.cipher.encrypt(exchange.phone, `profiles.${profileId}.phone`)},
      phone_index = ${deps.cipher.blindIndex('phone', exchange.phone)},
      consents = ${bothConsents(sql`consents`, givenConsents(given.consents, deps.clock.now()))},
      real_name_level = greatest(real_name_level, 1) where id = ${profileId}::uuid returning id, real_name_level)`,
  ])
}

/**
 * Level 2: a typed name and number. They prove nothing about the typist, open nothing that belongs to the number's
 * owner, and no answer tells whether the number is known: the same checks run and the same row is written either way.
 */
export const createTypeIdentity =
  (deps: AccountDeps) => async (change: AccountRequest, typed: IdentityGiven) => {
    const now = deps.clock.now()
    const idNumber = typed.idNumber.toUpperCase()
    const birth = birthOfIdNumber(idNumber)
    if (!isIdNumber(idNumber) || birth === undefined || birth > dayIn(now)) {
      throw new ProblemError('request.invalid', {
        errors: [
          { pointer: '/idNumber', code: 'field.wrong-check-digit', message: '身份证号不对，再对一遍' },
        ],
      })
    }
    const { profileId } = change.principal
    return changeProfile(deps, change, 'account.type-identity', [
      sql`changed as (update profiles set name_sealed = ${deps.cipher.encrypt(typed.name.trim(), `profiles.${profileId}.name`)},
        id_number_sealed = ${deps.cipher.encrypt(idNumber, `profiles.${profileId}.idNumber`)},
        id_number_index = ${deps.cipher.blindIndex('id-number', idNumber)},
        identity_index = ${identityIndexOf(deps.cipher, typed.name, idNumber)},
        -- A child does not grow up by typing another number.
        guardian_until = greatest(guardian_until, ${guardianUntil(birth, dayIn(now))}::date),
        consents = ${bothConsents(sql`consents`, givenConsents(typed.consents, now))},
        real_name_level = 2 where id = ${profileId}::uuid and real_name_level < 3 returning id, real_name_level)`,
    ])
  }

interface Typed {
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
  readonly idNumberIndex: string | null
  readonly realNameLevel: number
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
    const [typed] = await deps.database.rows<Typed>(sql`select name_sealed as "nameSealed",
    id_number_sealed as "idNumberSealed", id_number_index as "idNumberIndex", real_name_level as "realNameLevel"
    from profiles where id = ${principal.profileId}::uuid`)
    if (!typed?.nameSealed || !typed.idNumberSealed || !typed.idNumberIndex)
      throw new ProblemError('account.real-name-needed')
    const idNumber = deps.cipher.decrypt(typed.idNumberSealed, `profiles.${principal.profileId}.idNumber`)
    const birth = birthOfIdNumber(idNumber)
    if (birth !== undefined && isUnderFourteen(birth, dayIn(deps.clock.now())))
      throw new ProblemError('account.guardian-needed')
    if (typed.realNameLevel === 3) return { id: principal.profileId, realNameLevel: 3 }
    const verdict = await deps.identity.confirm({
      openid: principal.openid,
      name: deps.cipher.decrypt(typed.nameSealed, `profiles.${principal.profileId}.name`),
      idNumber,
      code: given.code,
    })
    const refusal = REFUSALS[verdict]
    if (refusal) throw new ProblemError(refusal.code, refusal.details)
    return confirmOrJoin(deps, change, typed.idNumberIndex, givenConsents(given.consents, deps.clock.now()))
  }

async function confirmOrJoin(
  deps: AccountDeps,
  change: AccountRequest,
  idNumberIndex: string,
  consents: SQL,
) {
  const { profileId } = change.principal
  const news = await deps.tellNewOwner({ numberIndex: idNumberIndex, profileIds: [profileId] })
  try {
    return await changeProfile(deps, change, 'account.confirm-identity', [
      ...news,
      sql`changed as (update profiles set real_name_level = 3, confirmed_at = ${deps.clock.now()}::timestamptz,
        guardian_until = null,
        consents = ${bothConsents(sql`consents`, consents)} where id = ${profileId}::uuid
        and id_number_index = ${idNumberIndex} returning id, real_name_level)`,
    ])
  } catch (cause) {
    if (violatedConstraint(cause) !== 'profiles_confirmed_id_number') throw cause
    return joinAccounts(deps, change, idNumberIndex, consents)
  }
}

/** Village and elder mode: what the person may change at any time. */
export const createChangeAccount =
  (deps: AccountDeps) =>
  async (
    change: AccountRequest,
    wanted: { readonly villageCode?: string | null | undefined; readonly elderMode?: boolean | undefined },
  ) => {
    const { profileId } = change.principal
    const parts = [
      sql`changed as (update profiles set
        village_code = case when ${wanted.villageCode !== undefined}::boolean then ${wanted.villageCode ?? null}::text else village_code end,
        elder_mode = coalesce(${wanted.elderMode ?? null}::boolean, elder_mode) where id = ${profileId}::uuid
        and (${wanted.villageCode ?? null}::text is null or exists (select 1 from units u
          where u.id = ${wanted.villageCode ?? null}::text and u.kind = 'village')) returning id, real_name_level)`,
    ]
    return changeProfile(deps, change, 'account.change', parts, 'account.village-unknown')
  }
