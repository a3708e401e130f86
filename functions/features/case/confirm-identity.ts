import { mayConfirmIdentity } from '#shared/domain/case/identity-check'
import type { CaseDeps } from './deps'
import { currentState, staffActor } from './standing'
import { sealText } from './texts'
import { type CaseRequest, runVerb } from './verb'

/**
 * Counter or village agent has the person and the card before them; how they checked is kept as the reason. They need not
 * see the case for it, and see no more of it afterwards.
 */
export const createConfirmIdentity =
  (deps: CaseDeps) => (request: CaseRequest, body: { version: number; reason: string }) =>
    runVerb(
      deps,
      request,
      body.version,
      ({ caseRow }) => {
        const reason = sealText(deps.cipher, caseRow.id, 'reason', body.reason)
        const open = caseRow.state.steps.find((step) => step.status === 'open')
        return {
          command: { type: 'confirm-identity', stepKey: open?.key ?? '' },
          texts: [reason],
          reasonDigest: reason.digest,
        }
      },
      ({ item, caseRow, tasks, principal, now }) =>
        !item.confidential &&
        mayConfirmIdentity(item, currentState(item, caseRow, now), staffActor(caseRow, tasks, principal)),
    )
