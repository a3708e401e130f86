import { isUnheard, lastTakenBack } from '../revocation/revocation-state'
import type { CaseState } from '../state'
import type { ServedPaper } from './delivery-state'

/** It was handed over to nobody whom it is for, and has to be once more, though the case is closed. */
export const isOwedAgain = ({ owedAgain, status }: Pick<CaseState, 'owedAgain' | 'status'>) =>
  owedAgain !== undefined && status === 'delivered'

/** When the paper of this kind that goes out now was signed; null where none was. */
export function signedAt(
  { decision, status, endedAt, isEndTold, revocations = [] }: CaseState,
  of: ServedPaper,
) {
  switch (of) {
    case 'result':
      return decision?.at ?? null
    case 'decline':
      return status === 'declined' ? endedAt : null
    case 'termination':
      return status === 'terminated' && isEndTold ? endedAt : null
    case 'revocation-notice':
      return revocations.find(({ answeredAt }) => answeredAt === null)?.proposedAt ?? null
    case 'revocation':
      // Of several organs that revoke each its own the next does so once the paper of the last one was served.
      return (
        revocations
          .filter((each) => each.revoked === true && !isUnheard(each) && (each.of || status === 'revoked'))
          .at(-1)?.answeredAt ?? null
      )
    case 'revocation-withdrawn':
      return lastTakenBack({ revocations })?.takenBackAt ?? null
  }
}
