import { ownAmongStaff } from '#shared/domain/case/whose/barred'
import { type CaseRequest, runVerb } from '../acts/verb'
import type { CaseDeps } from '../deps'

/**
 * Whoever has the number that somebody else typed says that they have not applied, before the decision or after it; 409
 * where they filed it, have acted on it or were confirmed for it. The case names nobody from then on.
 */
export const createDisownCase =
  (deps: CaseDeps) => (request: CaseRequest, body: { readonly version: number }) =>
    runVerb(deps, request, body.version, ({ caseRow }) => ({
      command: { type: 'disown', staffIds: ownAmongStaff(caseRow) },
      texts: [],
      reasonDigest: null,
      applicant: {
        applicantIndex: null,
        identityIndex: null,
        duplicateIndex: null,
        keyIndex: null,
        applicantMasked: caseRow.applicantMasked,
        nameParts: [],
      },
    }))
