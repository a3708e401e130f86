import type { IdentityChecks } from '#shared/contract/work'
import { mayConfirmIdentity } from '#shared/domain/case/identity-check'
import { holdsStep } from '#shared/domain/case/visibility'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { Principal } from '../../platform/http/principal'
import { auditLookUp, brakeLooks } from './counted-look'
import type { CaseDeps } from './deps'
import { listCasesOfNumber } from './list-queries'
import { currentState, itemOf, referenceAt, staffActor } from './standing'

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
    const found = await listCasesOfNumber(deps.database, index, dayIn(now))
    const [first] = found
    const reference = await (first ? referenceAt(deps, first.revision) : deps.reference.cached())
    const shown = found.flatMap(({ caseRow, tasks }) => {
      const item = itemOf(reference, caseRow)
      const state = currentState(item, caseRow, now)
      const isOpenToThem = !item.confidential || holdsStep({ item, state, tasks }, principal.pools)
      const mayConfirm = mayConfirmIdentity(item, state, staffActor(caseRow, tasks, principal))
      if (!isOpenToThem || !mayConfirm) return []
      const { id, applicantMasked, version } = caseRow
      return [{ id, plainName: item.plainName, applicantMasked, version }]
    })
    await auditLookUp(deps, principal, { action: 'case.check-by-number', subject: `cases:${shown.length}` })
    return { cases: shown }
  }
