import type { CaseActor } from '../context'
import type { DecidedShare } from '../parallel/share-decisions'
import type { CaseState } from '../state'

type Signed = Pick<DecidedShare, 'staffId'> | undefined

/** Who signed it, of one of several organs or of the whole; undefined where it was not kept. */
export const signerOf = ({ decision }: Pick<CaseState, 'decision'>, own: Signed) =>
  own ? own.staffId : decision?.staffId

/** Whether the actor signed the decision themselves. `own`: that of one of several organs. */
export const isOwnDecision = (state: Pick<CaseState, 'decision'>, own: Signed, actor: CaseActor): boolean => {
  const signer = signerOf(state, own)
  return actor.kind === 'staff' && signer !== undefined && actor.staffId === signer
}
