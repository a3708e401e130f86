import type { CaseDeps } from './deps'
import { sealText } from './texts'
import { type CaseRequest, runVerb } from './verb'

/** Counter or village agent has the person and the card before them; how they checked is kept as the reason. */
export const createConfirmIdentity =
  (deps: CaseDeps) => (request: CaseRequest, body: { version: number; reason: string }) =>
    runVerb(deps, request, body.version, ({ caseRow }) => {
      const reason = sealText(deps.cipher, caseRow.id, 'reason', body.reason)
      const open = caseRow.state.steps.find((step) => step.status === 'open')
      return {
        command: {
          type: 'confirm-identity',
          stepKey: open?.key ?? '',
          unitId: open?.parts[0]?.unitId ?? caseRow.state.organUnitId,
        },
        texts: [reason],
        reasonDigest: reason.digest,
      }
    })
