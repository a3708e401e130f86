import { type SQL, sql } from 'drizzle-orm'
import { type AccountChanged, accountChanged } from '#shared/contract/account'
import type { ProblemCode } from '#shared/contract/problems'
import { birthOfIdNumber, isIdNumber } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { commit, violatedConstraint } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { identityIndexOf } from '../../platform/ports/cipher'
import type { AccountDeps } from './accounts'

interface Change {
  readonly principal: Principal
  readonly intent: Intent
}

/** What is answered, and kept for a replay: no personal data. */
const CHANGED = sql`(select json_build_object('id', id, 'realNameLevel', real_name_level) from changed)`

/** Writes one change of a profile with its audit row; the part `changed` gives the profile as it is then. */
async function changeProfile(
  deps: AccountDeps,
  { principal, intent }: Change,
  action: string,
  parts: readonly SQL[],
  refusal: ProblemCode = 'account.identity-fixed',
): Promise<AccountChanged> {
  const now = deps.clock.now()
  const committed = await commit(deps.database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      ...parts,
      sql`audited as (insert into audit_entries (id, at, actor, action, subject)
        select ${deps.ids.next()}::uuid, ${now}::timestamptz, 'profile:' || profile_id, ${action},
          'profile:' || profile_id from principal)`,
    ],
    demands: [{ holds: sql`exists(select 1 from changed)`, code: refusal }],
    answer: CHANGED,
  })
  const answer = committed.kind === 'done' ? committed.answer : JSON.parse(committed.prior.answer)
  return accountChanged.parse(answer)
}

/** Level 1: the phone number that WeChat vouches for. */
export const createSetPhone = (deps: AccountDeps) => async (change: Change, code: string) => {
  const exchange = await deps.wechat.exchangePhone(code)
  if (exchange.kind === 'code-invalid') throw new ProblemError('account.phone-code-invalid')
  if (exchange.kind === 'unavailable') throw new ProblemError('server.unavailable')
  const { profileId } = change.principal
  return changeProfile(deps, change, 'account.set-phone', [
    sql`changed as (update profiles set phone_sealed = ${deps.cipher.encrypt(exchange.phone, `profiles.${profileId}.phone`)},
      phone_index = ${deps.cipher.blindIndex('phone', exchange.phone)},
      real_name_level = greatest(real_name_level, 1) where id = ${profileId}::uuid returning id, real_name_level)`,
  ])
}

/**
 * Level 2: a typed name and number. They prove nothing about the typist, open nothing that belongs to the number's
 * owner, and no answer tells whether the number is known: the same checks run and the same row is written either way.
 */
export const createTypeIdentity =
  (deps: AccountDeps) =>
  async (change: Change, typed: { readonly name: string; readonly idNumber: string }) => {
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
        real_name_level = 2 where id = ${profileId}::uuid and real_name_level < 3 returning id, real_name_level)`,
    ])
  }

interface Typed {
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
  readonly idNumberIndex: string | null
  readonly realNameLevel: number
}

/** Level 3: WeChat's real-name check says that the typed name and number are those of the person before it. */
export const createConfirmIdentity = (deps: AccountDeps) => async (change: Change, code: string) => {
  const { principal } = change
  const [typed] = await deps.database.rows<Typed>(sql`select name_sealed as "nameSealed",
    id_number_sealed as "idNumberSealed", id_number_index as "idNumberIndex", real_name_level as "realNameLevel"
    from profiles where id = ${principal.profileId}::uuid`)
  if (!typed?.nameSealed || !typed.idNumberSealed || !typed.idNumberIndex)
    throw new ProblemError('account.real-name-needed')
  if (typed.realNameLevel === 3) return { id: principal.profileId, realNameLevel: 3 }
  const verdict = await deps.identity.confirm({
    openid: principal.openid,
    name: deps.cipher.decrypt(typed.nameSealed, `profiles.${principal.profileId}.name`),
    idNumber: deps.cipher.decrypt(typed.idNumberSealed, `profiles.${principal.profileId}.idNumber`),
    code,
  })
  if (verdict === 'code-invalid') throw new ProblemError('account.identity-code-invalid')
  if (verdict === 'mismatch') throw new ProblemError('account.identity-mismatch')
  if (verdict === 'not-registered') throw new ProblemError('account.identity-unavailable')
  return confirmOrJoin(deps, change, typed.idNumberIndex)
}

async function confirmOrJoin(deps: AccountDeps, change: Change, idNumberIndex: string) {
  const { profileId } = change.principal
  try {
    return await changeProfile(deps, change, 'account.confirm-identity', [
      sql`changed as (update profiles set real_name_level = 3 where id = ${profileId}::uuid
        and id_number_index = ${idNumberIndex} returning id, real_name_level)`,
    ])
  } catch (cause) {
    if (violatedConstraint(cause) !== 'profiles_confirmed_id_number') throw cause
    return join(deps, change, idNumberIndex)
  }
}

/** The same confirmed person through another WeChat account: one profile, both accounts' sessions. */
async function join(deps: AccountDeps, change: Change, idNumberIndex: string) {
  const { profileId } = change.principal
  const found = await deps.database.rows<{ id: string }>(sql`select id from profiles
    where id_number_index = ${idNumberIndex} and real_name_level = 3 and joined_into is null`)
  const owner = found[0]?.id
  if (owner === undefined) throw new ProblemError('request.still-running')
  return changeProfile(deps, change, 'account.join', [
    sql`owner as (select ${owner}::uuid as id)`,
    sql`joined as (update profiles set joined_into = owner.id from owner where profiles.id = ${profileId}::uuid)`,
    sql`changed as (select id, 3 as real_name_level from owner)`,
    sql`moved_identities as (update wechat_identities set profile_id = owner.id from owner where profile_id = ${profileId}::uuid)`,
    sql`moved_sessions as (update sessions set profile_id = owner.id from owner where profile_id = ${profileId}::uuid)`,
    sql`moved_cases as (update cases set filed_by = owner.id from owner where filed_by = ${profileId}::uuid)`,
    sql`moved_uploads as (update uploads set owner_id = owner.id from owner where owner_id = ${profileId}::uuid)`,
    sql`moved_reminders as (update reminders set recipient = 'profile:' || owner.id from owner
      where recipient = ${`profile:${profileId}`})`,
  ])
}

/** Village and elder mode: what the person may change at any time. */
export const createChangeAccount =
  (deps: AccountDeps) =>
  async (
    change: Change,
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
