import { type SQL, sql } from 'drizzle-orm'
import type { Agreement } from '#shared/domain/account/agreements'
import {
  type ConsentedAct,
  consentsLacking,
  consentsNeeded,
  consentsOfOtherWords,
  type GivenConsent,
  type KeptConsent,
} from '#shared/domain/account/consents'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { Brake } from '../../platform/http/brake'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { wechatIndexOf } from '../../platform/ports/cipher'
import type { AccountDeps } from './accounts'

export type Given = readonly GivenConsent[] | undefined

/** Consents given now as a `jsonb` expression, in the shape of `profiles.consents`. */
export const givenConsents = (given: Given, way: NonNullable<KeptConsent['way']>, now: Instant): SQL =>
  sql`${JSON.stringify((given ?? []).map((each): KeptConsent => ({ ...each, at: now, way, withdrawnAt: null })))}::jsonb`

/**
 * All of both, oldest first; of one purpose and version that stands the first. Nothing that was ever agreed to or taken back
 * is lost.
 */
export const bothConsents = (held: SQL, others: SQL): SQL => sql`(
  select coalesce(jsonb_agg(kept.consent order by kept.consent->>'at', kept.consent->>'purpose'), '[]'::jsonb)
  from (select distinct on (each->>'purpose', each->>'version', each->>'withdrawnAt') each as consent
    from jsonb_array_elements(${held} || ${others}) each
    order by each->>'purpose', each->>'version', each->>'withdrawnAt', each->>'at') kept)`

export interface Asked {
  readonly needed: readonly GivenConsent[]
  /** As a problem names it. */
  readonly refused: () => ProblemError
}

/** What an act needs today; refused at once where a tick stood beside other words. */
export async function consentsAsked(
  { agreements, clock }: Pick<AccountDeps, 'agreements' | 'clock'>,
  act: ConsentedAct,
  given: Given,
): Promise<Asked> {
  const today = dayIn(clock.now())
  const laid = await agreements()
  const needed = consentsNeeded(act, laid, today)
  refuseOtherWords(laid, given, today)
  return { needed, refused: () => new ProblemError('account.consent-needed', { consents: needed }) }
}

export function refuseOtherWords(
  laid: readonly Agreement[],
  given: Given,
  today: ReturnType<typeof dayIn>,
): void {
  const consents = consentsOfOtherWords(given ?? [], laid, today)
  if (consents.length > 0) throw new ProblemError('account.consent-needed', { consents })
}

export const findConsents = async ({ database }: Pick<AccountDeps, 'database'>, profileId: string) => {
  const [row] = await database.rows<{ consents: readonly KeptConsent[] }>(
    sql`select consents from profiles where id = ${profileId}::uuid`,
  )
  return row?.consents ?? []
}

/**
 * Before anything is asked of WeChat or written: 409, naming what is neither agreed to already nor ticked with the request.
 * 个人信息保护法 第14条
 */
export async function demandConsents(
  deps: AccountDeps,
  profileId: string,
  act: ConsentedAct,
  given: Given,
): Promise<void> {
  const { needed } = await consentsAsked(deps, act, given)
  if (consentsLacking(needed, [], given).length === 0) return
  const consents = consentsLacking(needed, await findConsents(deps, profileId), given)
  if (consents.length > 0) throw new ProblemError('account.consent-needed', { consents })
}

/** Somebody takes back and gives again once or twice; each time is kept for years. */
const AGREED_A_DAY = 10

/**
 * What stands already is not counted, as it is not written again. Taking back is never braked: it must be as easy as
 * giving. 个人信息保护法 第15条
 */
export async function brakeAgreeing(
  deps: Pick<AccountDeps, 'cipher' | 'database' | 'clock'> & { readonly brake: Brake },
  principal: Principal,
  given: Given = [],
): Promise<void> {
  if (consentsLacking(given, await findConsents(deps, principal.profileId)).length === 0) return
  await deps.brake.limit(
    'given-consents',
    wechatIndexOf(deps.cipher, principal),
    AGREED_A_DAY,
    dayIn(deps.clock.now()),
    {
      title: '今天不能再点同意',
      detail: `今天同意了 ${AGREED_A_DAY} 次，明天才能再点；收回随时可以`,
    },
  )
}
