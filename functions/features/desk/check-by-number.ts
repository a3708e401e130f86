import type { IdentityChecks } from '#shared/contract/work'
import { mayConfirmIdentity } from '#shared/domain/case/whose/identity-check'
import { holdsStep } from '#shared/domain/case/whose/visibility'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { Principal } from '../../platform/http/principal'
import { type CaseDeps, currentState, itemOf, referenceAt, staffActor } from '../case'
import { auditLookUp, brakeLooks } from './counted-look'
import { listUnconfirmedOfNumber } from './desk-queries'

/** As many as a counter settles of one person; what was settled makes room for the next. */
const MOST = 20

/**
 * The counter's narrow view: cases under way whose applicant has the number of the card before them and is not confirmed
 * yet, in their own village, town or department; a sensitive one for the holders of its steps alone. The audit row says
 * that somebody asked and how many there were, never the number.
 */
export const createCheckByNumber =
  (deps: CaseDeps) =>
  async (principal: Principal, idNumber: string): Promise<IdentityChecks> => {
    await brakeLooks(deps, 'look-ups', principal)
    const now = deps.clock.now()
    const index = deps.cipher.blindIndex('id-number', idNumber)
    const shown: IdentityChecks['cases'][number][] = []
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof listUnconfirmedOfNumber>> = await listUnconfirmedOfNumber(
        deps.database,
        index,
        { after, size: MOST },
        dayIn(now),
      )
      shown.push(...(await theirsOf(deps, page, principal, now)))
      after = page.at(-1)?.caseRow.id ?? null
      if (page.length < MOST || shown.length >= MOST) break
    }
    const cases = shown.slice(0, MOST)
    await auditLookUp(deps, principal, { action: 'case.check-by-number', subject: `cases:${cases.length}` })
    return { cases }
  }

async function theirsOf(
  deps: CaseDeps,
  page: Awaited<ReturnType<typeof listUnconfirmedOfNumber>>,
  principal: Principal,
  now: Instant,
): Promise<IdentityChecks['cases']> {
  const [first] = page
  if (!first) return []
  const reference = await referenceAt(deps, first.revision)
  return page.flatMap(({ caseRow, tasks }) => {
    const item = itemOf(reference, caseRow)
    const state = currentState(item, caseRow, now)
    const isOpenToThem = !item.confidential || holdsStep({ item, state, tasks }, principal)
    const mayConfirm = mayConfirmIdentity(item, state, staffActor(caseRow, tasks, principal))
    if (!isOpenToThem || !mayConfirm) return []
    const { id, applicantMasked, version } = caseRow
    return [{ id, plainName: item.plainName, applicantMasked, version }]
  })
}
