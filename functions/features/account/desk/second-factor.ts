import { sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { EnrolledFactor } from '#shared/contract/desk-session'
import { commit, commitBySystem } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import type { Brake } from '../../../platform/http/brake'
import { type Principal, profilePrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { DeskDeps } from './codes'

const ISSUER = '印象办事'
const SECONDS = 30
/** Clocks of phones differ by this many steps. */
const WINDOW = 1
const WRONG_IN_A_ROW = 5
const WRONG_SECONDS = 600
const SECRET_BYTES = 20

export interface FactorDeps extends DeskDeps {
  readonly brake: Brake
}

const totpOf = (secret: string) =>
  new TOTP({
    issuer: ISSUER,
    label: '办件台',
    algorithm: 'SHA1',
    digits: 6,
    period: SECONDS,
    secret: Secret.fromBase32(secret),
  })

const onPhone = ({ sessionKind }: Principal) => {
  if (sessionKind !== 'phone') throw new ProblemError('account.phone-needed')
}

/** Gives the authenticator its secret, on the phone; it counts once a code of it was shown. 409 where one counts already. */
export async function enrolFactor(deps: FactorDeps, principal: Principal): Promise<EnrolledFactor> {
  onPhone(principal)
  const { profileId } = principal
  const secret = new Secret({ size: SECRET_BYTES }).base32
  await commit(deps.database, {
    now: deps.clock.now(),
    by: profilePrincipal(profileId),
    intent: null,
    status: 201,
    parts: [
      sql`enrolled as (insert into second_factors (profile_id, secret_sealed)
        values (${profileId}::uuid, ${deps.cipher.encrypt(secret, sealedIn.secondFactor(profileId))})
        on conflict (profile_id) do update set secret_sealed = excluded.secret_sealed, last_step = 0
          where second_factors.confirmed_at is null returning 1)`,
    ],
    demands: [{ holds: sql`exists(select 1 from enrolled)`, code: 'account.second-factor-fixed' }],
    answer: sql`'null'::json`,
  })
  return { secret, uri: totpOf(secret).toString() }
}

interface Factor {
  readonly secretSealed: string
  readonly lastStep: number
  readonly isConfirmed: boolean
}

/** The step of a code that is right and was not taken before; else 422, and 429 after five. */
async function stepOf(deps: FactorDeps, { profileId }: Principal, factor: Factor, code: string) {
  const now = Date.parse(deps.clock.now())
  const delta = totpOf(deps.cipher.decrypt(factor.secretSealed, sealedIn.secondFactor(profileId))).validate({
    token: code,
    window: WINDOW,
    timestamp: now,
  })
  const step = delta === null ? null : Math.floor(now / 1000 / SECONDS) + delta
  if (step !== null && step > factor.lastStep) return step
  await deps.brake.limit('wrong-factor-codes', profileId, WRONG_IN_A_ROW, WRONG_SECONDS)
  throw new ProblemError('account.second-factor-wrong')
}

async function findFactor({ database }: FactorDeps, { profileId }: Principal): Promise<Factor> {
  const [factor] =
    await database.rows<Factor>(sql`select secret_sealed as "secretSealed", last_step as "lastStep",
    confirmed_at is not null as "isConfirmed" from second_factors where profile_id = ${profileId}::uuid`)
  if (!factor) throw new ProblemError('account.second-factor-missing')
  return factor
}

/** Takes a code: `more` follows the part `taken`, which is empty where the same code was taken meanwhile. */
async function take(
  deps: FactorDeps,
  principal: Principal,
  {
    step,
    action,
    set,
    more = [],
  }: { step: number; action: string; set: ReturnType<typeof sql>; more?: readonly ReturnType<typeof sql>[] },
) {
  const now = deps.clock.now()
  await commit(deps.database, {
    now,
    by: profilePrincipal(principal.profileId),
    intent: null,
    status: 200,
    parts: [
      sql`taken as (update second_factors set last_step = ${step}::int ${set}
        where profile_id = ${principal.profileId}::uuid and last_step < ${step}::int returning profile_id)`,
      ...more,
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now, actor: `profile:${principal.profileId}`, action },
        sql`select 'profile:' || profile_id from taken`,
      ),
    ],
    demands: [{ holds: sql`exists(select 1 from taken)`, code: 'account.second-factor-wrong' }],
    answer: sql`'null'::json`,
  })
}

/** A first code proves that the authenticator has the secret: from now on it is asked for. */
export async function confirmFactor(deps: FactorDeps, principal: Principal, code: string) {
  onPhone(principal)
  const factor = await findFactor(deps, principal)
  if (factor.isConfirmed) throw new ProblemError('account.second-factor-fixed')
  const step = await stepOf(deps, principal, factor, code)
  await take(deps, principal, {
    step,
    action: 'account.enrol-factor',
    set: sql`, confirmed_at = ${deps.clock.now()}::timestamptz`,
  })
}

/** Shown at this desk: for ten minutes nothing asks for it. */
export async function showFactor(deps: FactorDeps, principal: Principal, code: string) {
  if (principal.sessionKind !== 'desk') throw new ProblemError('account.second-factor-missing')
  const factor = await findFactor(deps, principal)
  if (!factor.isConfirmed) throw new ProblemError('account.second-factor-missing')
  const step = await stepOf(deps, principal, factor, code)
  await take(deps, principal, {
    step,
    action: 'account.show-factor',
    set: sql``,
    more: [
      sql`shown as (update sessions set factor_shown_at = ${deps.clock.now()}::timestamptz from taken
        where id = ${principal.sessionId}::uuid)`,
    ],
  })
}

/** Lets go of the authenticator, with a code of it. Whoever has lost it asks the operator. */
export async function dropFactor(deps: FactorDeps, principal: Principal, code: string) {
  onPhone(principal)
  const factor = await findFactor(deps, principal)
  if (!factor.isConfirmed) throw new ProblemError('account.second-factor-missing')
  const step = await stepOf(deps, principal, factor, code)
  const now = deps.clock.now()
  await commit(deps.database, {
    now,
    by: profilePrincipal(principal.profileId),
    intent: null,
    status: 200,
    parts: [
      sql`dropped as (delete from second_factors where profile_id = ${principal.profileId}::uuid
        and last_step < ${step}::int returning profile_id)`,
      auditFoundPart(
        'audited',
        {
          ids: [deps.ids.next()],
          now,
          actor: `profile:${principal.profileId}`,
          action: 'account.drop-factor',
        },
        sql`select 'profile:' || profile_id from dropped`,
      ),
    ],
    demands: [{ holds: sql`exists(select 1 from dropped)`, code: 'account.second-factor-wrong' }],
    answer: sql`'null'::json`,
  })
}

/** The operator's command, for whoever has lost the authenticator; false where that member has none. */
export async function dropFactorOf(
  { database, clock, ids }: Pick<FactorDeps, 'database' | 'clock' | 'ids'>,
  staffId: string,
): Promise<boolean> {
  const now = clock.now()
  return commitBySystem<boolean>(database, {
    now,
    parts: [
      sql`dropped as (delete from second_factors f using profiles p
        where p.id = f.profile_id and p.staff_id = ${staffId} returning p.staff_id)`,
      auditFoundPart(
        'audited',
        { ids: [ids.next()], now, actor: 'system:command', action: 'account.drop-factor' },
        sql`select 'staff:' || staff_id from dropped`,
      ),
    ],
    answer: sql`(select to_json(exists(select 1 from dropped)))`,
  })
}
