import type { CaseDocument } from '#shared/contract/case'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import type { PrintedBy } from '../documents/print-document'
import { subjectOf } from './case-view'
import { documentsOf, wholeDocument } from './document-view'
import { givesPapers } from './in-full'
import { createFindCase } from './read-case'

interface Read {
  readonly document: CaseDocument
  readonly printedBy: PrintedBy
}

/**
 * An issued document of a case, to whoever sees the case; 404 for everybody else, and for what is between offices alone. On
 * paper it names in full whom it is for, where who prints it is to give it to them.
 */
export const createReadDocument = (deps: CaseDeps) => {
  const findCase = createFindCase(deps)
  return async (
    tokenHash: string,
    caseId: string,
    documentId: string,
    { onPaper }: { readonly onPaper: boolean },
  ): Promise<Read> => {
    const known = await findCase(tokenHash, caseId)
    const { read, caseRow, principal, viewer, context } = known
    if (viewer === 'former') throw new ProblemError('case.document-not-found')
    const isObjection = viewer === 'objection'
    const inFull = onPaper && givesPapers(known)
    const { subject } = subjectOf(read, caseRow, principal, isObjection ? 'staff' : viewer, {
      ...context,
      inFull,
    })
    const found = documentsOf(subject).find(({ id }) => id === documentId)
    if (!found || (isObjection && found.kind !== 'publicity'))
      throw new ProblemError('case.document-not-found')
    const { remedy: _told, ...document } = wholeDocument(subject, found)
    return {
      document: { ...document, viewer: viewer === 'applicant' ? 'applicant' : 'staff' },
      printedBy: { principal, isStaff: viewer !== 'applicant', inFull },
    }
  }
}
