import type { CaseFound } from '#shared/contract/work'
import { isBarred } from '#shared/domain/case/whose/barred'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from '../case'
import { auditLookUp, brakeLooks } from './counted-look'
import { findCaseOfNumber } from './desk-queries'

/**
 * The way in for a supervisor, who holds no step: the id of the case with just this number, for which they then write
 * down why they look at it. One that they must not see is none.
 */
export const createFindByNumber =
  (deps: CaseDeps) =>
  async (principal: Principal, caseNumber: string): Promise<CaseFound> => {
    await brakeLooks(deps, 'case-numbers', principal)
    const now = deps.clock.now()
    const found = await findCaseOfNumber(deps.database, caseNumber, now)
    const isTheirs = found !== undefined && !isBarred(found, principal.staffId)
    const subject = isTheirs ? `case:${found.id}` : 'cases:0'
    await auditLookUp(deps, principal, { action: 'case.find-by-number', subject })
    if (!isTheirs) throw new ProblemError('case.not-found')
    return { id: found.id }
  }
