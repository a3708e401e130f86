import type { CaseDeps } from './deps'
import { type CaseRequest, runVerb, type Standing } from './verb'

/** How the owner is known to be who the case names: by number, and by the name beside it. */
function confirmedAs({ caseRow, principal }: Standing) {
  const { applicant } = caseRow.state
  if (applicant?.kind === 'firm') return 'power'
  const named = applicant?.identityIndex ?? null
  return named === null || named === principal.identityIndex ? 'wechat' : null
}

/** The owner takes their case over from whoever filed it, and from then on it is theirs alone. */
export const createTakeOverCase =
  (deps: CaseDeps) => (request: CaseRequest, body: { readonly version: number }) =>
    runVerb(deps, request, body.version, (standing) => ({
      command: { type: 'take-over', confirmedBy: confirmedAs(standing) },
      texts: [],
      newOwnerId: standing.principal.profileId,
      reasonDigest: null,
    }))
