import { sql } from 'drizzle-orm'
import type { IdentityChecks } from '#shared/contract/work'
import { LOOK_UPS_AN_HOUR, mayConfirmIdentity } from '#shared/domain/case/identity-check'
import { holdsStep } from '#shared/domain/case/visibility'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import type { CaseDeps } from './deps'
import { listCasesOfNumber } from './list-queries'
import { auditPart } from './repository'
import { currentState, itemOf, referenceAt, staffActor } from './standing'

/**
 * The counter's narrow view: cases under way whose applicant has the number of the card before them and is not confirmed
 * yet, in their own village, town or department; a sensitive one for the holders of its steps alone. The audit row says
 * that somebody asked and how many there were, never the number.
 */
export const createCheckByNumber =
  (deps: CaseDeps) =>
  async (principal: Principal, idNumber: string): Promise<IdentityChecks> => {
    await deps.brake.limit('look-ups', principal.staffId ?? principal.profileId, LOOK_UPS_AN_HOUR, 3600)
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
    await commit(deps.database, {
      now,
      intent: null,
      status: 200,
      by: profilePrincipal(principal.profileId),
      parts: [
        sql`actor as (select ${`staff:${principal.staffId}`}::text as actor)`,
        auditPart({
          id: deps.ids.next(),
          at: now,
          action: 'case.check-by-number',
          subject: `cases:${shown.length}`,
          reasonDigest: null,
        }),
      ],
      demands: [],
      answer: sql`'null'::json`,
    })
    return { cases: shown }
  }
