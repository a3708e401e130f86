import { sql } from 'drizzle-orm'
import type { AccountChanged } from '#shared/contract/account'
import type { GivenConsent, Withdrawable } from '#shared/domain/account/consents'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { AccountDeps } from './accounts'
import { type AccountRequest, changeProfile } from './change-profile'
import { bothConsents, givenConsents, refuseOtherWords } from './consents'

/** Agreed to by itself: asked again in other words, or what was taken back before. */
export const createAgree =
  (deps: AccountDeps) =>
  async (change: AccountRequest, given: readonly GivenConsent[]): Promise<AccountChanged> => {
    const now = deps.clock.now()
    refuseOtherWords(await deps.agreements(), given, dayIn(now))
    const consents = bothConsents(sql`consents`, givenConsents(given, 'agree', now))
    const parts = [
      sql`changed as (update profiles set consents = ${consents}
        where id in (select id from open) and consents <> ${consents} returning id)`,
    ]
    return changeProfile(deps, change, 'account.agree', parts, { stands: sql`open` })
  }

/** What goes with it. What the law has kept, and what was done before, stays. 个人信息保护法 第15条、第47条 */
const GOES = {
  phone: sql`, phone_sealed = null, phone_index = null,
    real_name_level = case when real_name_level = 1 then 0 else real_name_level end`,
  // The papers on file are closed by the consent itself: `functions/platform/http/principal.ts`.
  sensitive: sql``,
  // What was filed for the child is the office's file; the next application for one asks anew.
  guardian: sql``,
} as const satisfies Record<Withdrawable, ReturnType<typeof sql>>

/** Takes back what can be taken back by itself; a second time changes nothing. */
export const createWithdrawConsent =
  (deps: AccountDeps) =>
  (change: AccountRequest, purpose: Withdrawable): Promise<AccountChanged> => {
    const now = deps.clock.now()
    const isStanding = sql`each->>'purpose' = ${purpose}::text and each->>'withdrawnAt' is null`
    const parts = [
      sql`changed as (update profiles set consents = (
          select jsonb_agg(case when ${isStanding} then each || jsonb_build_object('withdrawnAt', ${now}::text) else each end
            order by at) from jsonb_array_elements(consents) with ordinality listed(each, at))
          ${GOES[purpose]}
        where id in (select id from open)
          and exists (select 1 from jsonb_array_elements(consents) each where ${isStanding})
        returning id, real_name_level)`,
      sql`standing as (select id, real_name_level from changed
        union all select p.id, p.real_name_level from profiles p join open on open.id = p.id
          where not exists (select 1 from changed))`,
    ]
    return changeProfile(deps, change, 'account.withdraw-consent', parts, { stands: sql`standing` })
  }
