import type { CaseActor, CaseContext, Pool } from '../context'
import { decidedShareAt } from '../parallel/own-share'
import type { DecidedShare } from '../parallel/share-decisions'
import type { CaseState, StepTarget } from '../state'
import type { CaseOf } from './after-decision-who'
import { adviceFor, openRevocation } from './revocation'

type Signed = Pick<DecidedShare, 'staffId'> | undefined

/** Who signed it, of one of several organs or of the whole; undefined where it was not kept. */
export const signerOf = ({ decision }: Pick<CaseState, 'decision'>, own: Signed) =>
  own ? own.staffId : decision?.staffId

/** Whether the actor signed the decision themselves. `own`: that of one of several organs. */
export const isOwnDecision = (state: Pick<CaseState, 'decision'>, own: Signed, actor: CaseActor): boolean => {
  const signer = signerOf(state, own)
  return actor.kind === 'staff' && signer !== undefined && actor.staffId === signer
}

/** By which somebody says that a decision stands, whatever is held against it. */
export type Stands = 'decline-advice' | 'keep-decision'

interface Doubt {
  readonly of?: StepTarget | undefined
  readonly pools: readonly Pool[]
  readonly proposedBy?: string | undefined
}

function doubtOf({ state }: CaseOf, action: Stands, actor: CaseActor, unitId?: string): Doubt | undefined {
  if (action === 'decline-advice') {
    const advice = adviceFor(state, actor, unitId)
    return advice && { of: advice.of, pools: advice.answerers }
  }
  const open = openRevocation(state)
  const organ = open?.of?.unitId ?? state.organUnitId
  return open && { ...open, pools: open.deciders.filter((pool) => pool.unitId === organ) }
}

/** Staff beside the signer whose it is to say that a decision stands, and who have not proposed that it falls. */
const othersThan = (
  signer: string | undefined,
  { pools, proposedBy }: Doubt,
  { handlersOf }: Pick<CaseContext, 'handlersOf'>,
) => handlersOf(pools).some((id) => id !== signer && id !== proposedBy)

/**
 * Before who signed a decision, whose it is to say that it stands: `others` as long as there is somebody else who may, `own` where
 * there is nobody, since an organ of two stands still by nobody's word. Null of who has not signed it. 行政许可法 第60条
 */
export function answersForOwn(
  of: CaseOf,
  action: Stands,
  context: Pick<CaseContext, 'actor' | 'handlersOf'>,
  unitId?: string,
): 'others' | 'own' | null {
  const { item, state } = of
  const doubt = doubtOf(of, action, context.actor, unitId)
  const own = doubt?.of && decidedShareAt(item, state, doubt.of)
  if (!doubt || !isOwnDecision(state, own, context.actor)) return null
  return othersThan(signerOf(state, own), doubt, context) ? 'others' : 'own'
}
