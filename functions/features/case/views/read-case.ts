import type { CaseView } from '#shared/contract/case'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { createSessionMemory } from '../../../platform/http/session-memory'
import type { CaseDeps } from '../deps'
import { readCase } from '../queries'
import { viewerNow } from '../settlers'
import { itemOf, referenceAt } from '../standing'
import { viewCase } from './case-view'
import { viewFormer } from './former-view'
import { viewForObjection } from './objection-view'

/** Reads for a member of staff what staff need, for others a statement that is half as long. */
function createRead({ database }: CaseDeps) {
  const staff = createSessionMemory<true>()
  return async (tokenHash: string, caseId: string, now: Instant) => {
    const isKnown = staff.get(tokenHash) === true
    const read = await readCase(database, tokenHash, caseId, isKnown ? 'staff' : 'resident', now)
    if (isKnown || !read?.principal?.staffId) return read
    staff.set(tokenHash, true)
    return readCase(database, tokenHash, caseId, 'staff', now)
  }
}

/** A case with what who asks is to it; 404 for who must not know of it. */
export const createFindCase = (deps: CaseDeps) => {
  const readAsWhatTheyAre = createRead(deps)
  return async (tokenHash: string, caseId: string) => {
    const now = deps.clock.now()
    const read = await readAsWhatTheyAre(tokenHash, caseId, now)
    if (!read?.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal } = read
    if (!caseRow) throw new ProblemError('case.not-found')
    const reference = await referenceAt(deps, read.revision)
    const viewer = viewerNow({ ...read, caseRow }, principal, reference, now)
    if (viewer === null) throw new ProblemError('case.not-found')
    const { cipher, documents, ownAddress } = deps
    const context = { reference, cipher, documents, ownAddress, now }
    return { read, caseRow, principal, viewer, context }
  }
}

/** One case as the viewer may see it; 404 for everybody else. */
export const createReadCase = (deps: CaseDeps) => {
  const findCase = createFindCase(deps)
  return async (tokenHash: string, caseId: string): Promise<CaseView> => {
    const { read, caseRow, principal, viewer, context } = await findCase(tokenHash, caseId)
    const { reference } = context
    const item = itemOf(reference, caseRow)
    if (viewer === 'former') return viewFormer(caseRow, item, reference)
    if (viewer === 'objection')
      return viewForObjection(viewCase(read, caseRow, principal, 'staff', context), caseRow, item)
    return viewCase(read, caseRow, principal, viewer, context)
  }
}
