import { type SQL, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import encodeQR from 'qr'
import type { EnrolledFactor } from '#shared/contract/desk-session'
import { FACTOR_TRIES, FACTOR_TRIES_MINUTES } from '#shared/domain/account/desk-session'
import { commit, commitBySystem } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { instantText } from '../../../platform/db/parts/instant'
import { type Principal, profilePrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import { demandPhone } from '../change-profile'
import { noteTried } from '../noted'
import { ADMIN_IDS, toldAdmins } from '../work-identity'
import type { DeskDeps } from './codes'

const ISSUER = '印象办事'
const SECONDS = 30
/** Clocks of phones differ by this many steps. */
const WINDOW = 1
const SECRET_BYTES = 20

const totpOf = (secret: string) =>
  new TOTP({
    issuer: ISSUER,
    label: '办件台',
    algorithm: 'SHA1',
    digits: 6,
    period: SECONDS,
    secret: Secret.fromBase32(secret),
  })

const written = (
  deps: DeskDeps,
  { profileId }: Principal,
  parts: readonly SQL[],
  demand: { holds: SQL; code: 'account.second-factor-fixed' | 'account.second-factor-wrong' },
) =>
  commit(deps.database, {
    now: deps.clock.now(),
    by: profilePrincipal(profileId),
    intent: null,
    status: 200,
    parts,
    demands: [{ holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' }, demand],
    answer: sql`'null'::json`,
  })

/** Drawn here: WeChat's phones lack what the library draws it with. */
const pictureOf = (uri: string) =>
  `data:image/svg+xml;utf8,${encodeURIComponent(encodeQR(uri, 'svg', { ecc: 'medium', border: 2 }))}`

/** Gives the authenticator its secret, on the phone; it counts once a code of it was shown. 409 where one counts already. */
export async function enrolFactor(deps: DeskDeps, principal: Principal): Promise<EnrolledFactor> {
  demandPhone(principal)
  const { profileId } = principal
  const secret = new Secret({ size: SECRET_BYTES }).base32
  const id = deps.ids.next()
  const sealed = deps.cipher.encrypt(secret, sealedIn.secondFactor(id))
  await written(
    deps,
    principal,
    [
      sql`enrolled as (insert into second_factors (profile_id, id, secret_sealed)
        select p.id, ${id}::uuid, ${sealed} from profiles p
          where p.id = ${profileId}::uuid and p.closed_at is null for share
        on conflict (profile_id) do update set id = excluded.id, secret_sealed = excluded.secret_sealed, last_step = 0
          where second_factors.confirmed_at is null returning 1)`,
    ],
    { holds: sql`exists(select 1 from enrolled)`, code: 'account.second-factor-fixed' },
  )
  const uri = totpOf(secret).toString()
  return { secret, uri, picture: pictureOf(uri) }
}

interface Factor {
  readonly id: string
  readonly secretSealed: string
  readonly lastStep: number
  readonly isConfirmed: boolean
  readonly staffName: string
  readonly adminIds: readonly string[]
}

/**
 * A try is taken before the code is looked at, in the row itself, so that as many at once are five, whatever store is away:
 * 429 for ten minutes after five that were wrong.
 */
async function takeTry({ database, clock }: DeskDeps, { profileId }: Principal): Promise<Factor> {
  const now = clock.now()
  const isOld = sql`(f.tried_from is null
    or f.tried_from <= ${now}::timestamptz - make_interval(mins => ${FACTOR_TRIES_MINUTES}::int))`
  const [factor] = await database.rows<Factor>(sql`update second_factors f set
      tries = case when ${isOld} then 1 else f.tries + 1 end,
      tried_from = case when ${isOld} then ${now}::timestamptz else f.tried_from end
    where f.profile_id = ${profileId}::uuid and (${isOld} or f.tries < ${FACTOR_TRIES}::int)
    returning id, secret_sealed as "secretSealed", last_step as "lastStep", confirmed_at is not null as "isConfirmed",
      (select a.name from profiles p join staff a on a.id = p.staff_id where p.id = f.profile_id) as "staffName",
      ${ADMIN_IDS} as "adminIds"`)
  if (factor) return factor
  const [tried] = await database.rows<{ from: string }>(sql`select ${instantText('tried_from')} as from
    from second_factors where profile_id = ${profileId}::uuid`)
  if (!tried) throw new ProblemError('account.second-factor-missing')
  const over = Date.parse(tried.from) + FACTOR_TRIES_MINUTES * 60_000
  const retryAfterSeconds = Math.max(1, Math.ceil((over - Date.parse(now)) / 1000))
  throw new ProblemError('request.rate-limited', {
    detail: `错了 ${FACTOR_TRIES} 次，${Math.ceil(retryAfterSeconds / 60)} 分钟后再试`,
    retryAfterSeconds,
  })
}

/** A wrong code is told by who showed it and when, and never by itself. */
const noteWrong = (deps: DeskDeps, principal: Principal) =>
  noteTried(deps, principal, { action: 'account.wrong-factor', subject: `profile:${principal.profileId}` })

/** The step of a code that is right and was not taken before; else null. */
function stepOf({ cipher, clock }: DeskDeps, factor: Factor, code: string): number | null {
  const timestamp = Date.parse(clock.now())
  const secret = cipher.decrypt(factor.secretSealed, sealedIn.secondFactor(factor.id))
  const delta = totpOf(secret).validate({ token: code, window: WINDOW, timestamp })
  const step = delta === null ? null : Math.floor(timestamp / 1000 / SECONDS) + delta
  return step === null || step <= factor.lastStep ? null : step
}

interface Taking {
  readonly action: string
  /** What becomes of the factor whose code was taken. */
  readonly taken: (step: number, ofThis: SQL) => SQL
  /** After the part `taken`. */
  readonly more?: (factor: Factor) => readonly SQL[]
}

/** Takes a code of one's factor, confirmed or not yet: each step once, however many show it at the same moment. */
async function take(
  deps: DeskDeps,
  principal: Principal,
  { code, isConfirmed }: { readonly code: string; readonly isConfirmed: boolean },
  { action, taken, more = () => [] }: Taking,
) {
  const factor = await takeTry(deps, principal)
  if (factor.isConfirmed !== isConfirmed) {
    throw new ProblemError(isConfirmed ? 'account.second-factor-missing' : 'account.second-factor-fixed')
  }
  const step = stepOf(deps, factor, code)
  if (step === null) {
    await noteWrong(deps, principal)
    throw new ProblemError('account.second-factor-wrong')
  }
  // Of the secret that was proven, and not of one that was enrolled in its place meanwhile.
  const ofThis = sql`profile_id = ${principal.profileId}::uuid and id = ${factor.id}::uuid and last_step < ${step}::int
    and (confirmed_at is not null) = ${isConfirmed}::boolean`
  await written(
    deps,
    principal,
    [
      sql`taken as (${taken(step, ofThis)} returning profile_id)`,
      ...more(factor),
      auditFoundPart(
        'audited',
        { ids: [deps.ids.next()], now: deps.clock.now(), actor: `profile:${principal.profileId}`, action },
        sql`select 'profile:' || profile_id from taken`,
      ),
    ],
    { holds: sql`exists(select 1 from taken)`, code: 'account.second-factor-wrong' },
  )
}

/** A first code proves that the authenticator has the secret: from now on it is asked for. */
export async function confirmFactor(deps: DeskDeps, principal: Principal, code: string) {
  demandPhone(principal)
  const now = deps.clock.now()
  await take(
    deps,
    principal,
    { code, isConfirmed: false },
    {
      action: 'account.enrol-factor',
      taken: (step, ofThis) =>
        sql`update second_factors set last_step = ${step}::int, tries = 0, confirmed_at = ${now}::timestamptz where ${ofThis}`,
    },
  )
}

/** Shown at this desk: for ten minutes nothing asks for it. */
export async function showFactor(deps: DeskDeps, principal: Principal, code: string) {
  if (principal.sessionKind !== 'desk') throw new ProblemError('account.second-factor-missing')
  const now = deps.clock.now()
  await take(
    deps,
    principal,
    { code, isConfirmed: true },
    {
      action: 'account.show-factor',
      taken: (step, ofThis) =>
        sql`update second_factors set last_step = ${step}::int, tries = 0 where ${ofThis}`,
      more: () => [
        sql`shown as (update sessions set factor_shown_at = ${now}::timestamptz from taken
          where id = ${principal.sessionId}::uuid)`,
      ],
    },
  )
}

/**
 * Lets go of the authenticator, with a code of it; the administrators hear of it. Whoever has lost it asks the operator.
 */
export async function dropFactor(deps: DeskDeps, principal: Principal, code: string) {
  demandPhone(principal)
  await take(
    deps,
    principal,
    { code, isConfirmed: true },
    {
      action: 'account.drop-factor',
      taken: (_step, ofThis) => sql`delete from second_factors where ${ofThis}`,
      more: ({ staffName, adminIds }) => [
        toldAdmins(
          deps,
          {
            ids: adminIds,
            kind: 'second-factor-dropped',
            title: '有管理员解绑了验证器',
            line: `${staffName}在手机上解绑的。不是本人解的，马上停掉这个工作身份`,
          },
          sql`exists(select 1 from taken)`,
        ),
      ],
    },
  )
}

/** The operator's command, for whoever has lost the authenticator; false where that member has none. */
export const dropFactorOf = (
  { database, clock, ids }: Pick<DeskDeps, 'database' | 'clock' | 'ids'>,
  staffId: string,
): Promise<boolean> =>
  commitBySystem<boolean>(database, {
    now: clock.now(),
    parts: [
      sql`dropped as (delete from second_factors f using profiles p
        where p.id = f.profile_id and p.staff_id = ${staffId} returning p.staff_id)`,
      auditFoundPart(
        'audited',
        { ids: [ids.next()], now: clock.now(), actor: 'system:command', action: 'account.drop-factor' },
        sql`select 'staff:' || staff_id from dropped`,
      ),
    ],
    answer: sql`to_json(exists(select 1 from dropped))`,
  })
