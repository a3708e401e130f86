import type { GivenConsents } from '#shared/contract/account'
import { consentsOutdated, consentsToday, isWithdrawable } from '#shared/domain/account/consents'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { AccountDeps } from './accounts'
import { findConsents } from './consents'

/** What the person agreed to, and what of it reads otherwise by now. */
export async function listConsents(deps: AccountDeps, profileId: string): Promise<GivenConsents> {
  const kept = await findConsents(deps, profileId)
  const laid = await deps.agreements()
  const today = dayIn(deps.clock.now())
  const now = consentsToday(laid, today)
  return {
    consents: kept
      .map(({ purpose, version, at, withdrawnAt = null }) => ({
        purpose,
        version,
        at,
        withdrawnAt,
        current:
          withdrawnAt === null && now.some((each) => each.purpose === purpose && each.version === version),
        withdrawable: withdrawnAt === null && isWithdrawable(purpose),
      }))
      .reverse(),
    outdated: [...consentsOutdated(kept, laid, today)],
  }
}
