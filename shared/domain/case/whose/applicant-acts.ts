import type { CaseActor } from '../context'
import { isDecidedInPart } from '../delivery/against'
import { type CaseState, hasOwnerTakenPart } from '../state'

/** Until it is decided an application may be taken back, taken over and added to. */
export const isWithdrawable = (state: CaseState) => state.endedAt === null && state.decision === null

/** By the owner, or by whoever filed it while no owner is known (`mayWithdraw` of the actor). */
export const mayWithdraw = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' && actor.mayWithdraw && isWithdrawable(state) && !isDecidedInPart(state)

/** The owner has it alone from then on. */
export const mayTakeOver = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' && actor.mayTakeOver && isWithdrawable(state)

/** A number that somebody else typed binds nobody, before the decision or after it: until its owner has acted on it. */
export const mayDisown = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  actor.mayDisown &&
  !state.identityConfirmed &&
  // A power that has ended since does not undo what was filed by it.
  state.confirmedBy === null &&
  !hasOwnerTakenPart(state)
