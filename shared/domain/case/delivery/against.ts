import type { CaseState } from '../state'
import type { ServedPaper } from './delivery-state'

type Decided = Pick<CaseState, 'decision' | 'steps' | 'revocations'>

const signedParts = ({ steps }: Pick<CaseState, 'steps'>) =>
  steps.flatMap(({ parts }) => parts.filter(({ isDecision }) => isDecision))

/** An organ has signed its own decision: nobody takes back what is decided, whatever the others have still to say. */
export const isDecidedInPart = (state: Pick<CaseState, 'steps'>) => signedParts(state).length > 0

/** One of several organs has refused its own part. */
export const isRefusedInPart = (state: Pick<CaseState, 'steps'>) =>
  signedParts(state).some(({ outcome }) => outcome === 'failed')

/** The decision, or one of those that are handed over together, gives less than was applied for. */
export const hasRefusal = (state: Decided) =>
  state.decision?.kind === 'refused' || (state.decision !== null && isRefusedInPart(state))

/** What somebody gains is kept for them; what is against them takes effect whether they take it or not. */
export function isAgainst(state: Decided, of: ServedPaper) {
  if (of === 'result') return hasRefusal(state)
  if (of === 'revocation-withdrawn') return false
  // That a refusal fell is what they wanted.
  return of !== 'revocation' || revoked(state)?.decided !== 'refused'
}

const revoked = ({ revocations = [] }: Decided) => revocations.filter((each) => each.revoked === true).at(-1)
