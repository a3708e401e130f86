import type { CaseDocument } from '#shared/contract/case'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { subjectOf } from './case-view'
import { documentsOf, wholeDocument } from './document-view'
import { createFindCase } from './read-case'

/** An issued document of a case, to whoever sees the case; 404 for everybody else, and for what is between offices alone. */
export const createReadDocument = (deps: CaseDeps) => {
  const findCase = createFindCase(deps)
  return async (tokenHash: string, caseId: string, documentId: string): Promise<CaseDocument> => {
    const { read, caseRow, principal, viewer, context } = await findCase(tokenHash, caseId)
    if (viewer === 'former') throw new ProblemError('case.document-not-found')
    const isObjection = viewer === 'objection'
    const { subject } = subjectOf(read, caseRow, principal, isObjection ? 'staff' : viewer, context)
    const found = documentsOf(subject).find(({ id }) => id === documentId)
    if (!found || (isObjection && found.kind !== 'publicity'))
      throw new ProblemError('case.document-not-found')
    const { remedy: _told, ...document } = wholeDocument(subject, found)
    return document
  }
}
