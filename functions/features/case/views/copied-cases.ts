import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CopiedCases } from '../../account'
import type { CaseDeps } from '../deps'
import { standOf, summaryOf } from '../lists/list-cases'
import { type ListedCase, listCases } from '../lists/list-queries'
import { isReadersOwn, referenceAt } from '../standing'

/** The newest: a copy is read on a phone. */
const MOST = 300
/** So many in one statement. */
const PAGE_SIZE = 50

/** Exactly the cases of the reader's own list, in its words. 401 without a session. */
export const createCopyCases = (deps: CaseDeps): CopiedCases => {
  const pageFrom = async (tokenHash: string, before: string | null, now: Instant) => {
    const page = await listCases(deps.database, tokenHash, { before, size: PAGE_SIZE + 1 }, now)
    const { principal } = page
    if (!principal) throw new ProblemError('account.session-ended')
    const reference = await referenceAt(deps, page.revision)
    const shown = page.cases.slice(0, PAGE_SIZE)
    const told = (row: ListedCase) => {
      const { own } = standOf(row, reference, now)
      // What somebody is called stands in the copy once: their own cases say that they are theirs.
      const summary = summaryOf(row, { principal, name: null }, reference, now)
      return {
        number: row.caseNumber,
        item: summary.plainName,
        whose: isReadersOwn({ ...row, state: own }, principal) ? null : row.applicantMasked,
        byOneself: row.filedBy === principal.profileId && own.enteredBy === null,
        filedOn: dayIn(row.filedAt),
        word: summary.outcome.word,
      }
    }
    return {
      cases: shown.map(told),
      next: page.cases.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
    }
  }
  return async (tokenHash) => {
    const now = deps.clock.now()
    let { cases, next } = await pageFrom(tokenHash, null, now)
    while (next !== null && cases.length < MOST) {
      const page = await pageFrom(tokenHash, next, now)
      cases = [...cases, ...page.cases]
      next = page.next
    }
    return { cases, hasMore: next !== null }
  }
}
