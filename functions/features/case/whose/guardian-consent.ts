import { sql } from 'drizzle-orm'
import {
  consentsLacking,
  consentsNeeded,
  type GivenConsent,
  type KeptConsent,
} from '#shared/domain/account/consents'
import type { Answers } from '#shared/domain/application/answers'
import { childrenIn } from '#shared/domain/application/item-answers'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { principalPart } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { Database } from '../../../platform/ports/database'
import type { CaseAtHand } from '../acts/verb'

/** What stands already is not asked again. */
export async function lackingOf(
  database: Database,
  tokenHash: string,
  needed: readonly GivenConsent[],
  now: Instant,
) {
  const [row] = await database.rows<{ consents: readonly KeptConsent[] }>(
    sql`with ${principalPart(tokenHash, now)} select consents from principal`,
  )
  return consentsLacking(needed, row?.consents ?? [])
}

/** Nobody brings a child into a case that did not name it without what filing for one needs. 个人信息保护法 第31条 */
export async function checkGuardianAgreed(
  database: Database,
  tokenHash: string,
  { item, reference, now }: Pick<CaseAtHand, 'item' | 'reference' | 'now'>,
  { before, after }: { readonly before: Answers; readonly after: Answers },
): Promise<void> {
  const today = dayIn(now)
  const known = childrenIn(item, before, today)
  if (childrenIn(item, after, today).every((each) => known.includes(each))) return
  const needed = consentsNeeded('apply-for-child', reference.fact('agreements', []), today)
  const consents = await lackingOf(database, tokenHash, needed, now)
  if (consents.length > 0) throw new ProblemError('account.consent-needed', { consents })
}
