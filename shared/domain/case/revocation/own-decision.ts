import type { CaseContext, CaseError, Pool } from '../context'
import { decidedShareAt } from '../parallel/own-share'
import type { StepTarget } from '../state'
import type { CaseOf } from './after-decision-who'
import { adviceToDecline, openRevocation } from './revocation'
import type { Advice } from './revocation-state'
import { settleDue, settlingsOf } from './settling'
import { signerOf } from './signer'

/** By which somebody says that a decision stands. */
export type Stands = 'decline-advice' | 'keep-decision'

interface Doubt {
  readonly of?: StepTarget | undefined
  readonly pools: readonly Pool[]
  readonly proposedBy?: string | undefined
  readonly advisedBy?: string | undefined
}

type Asked = Pick<CaseContext, 'calendar' | 'handlersOf'>
type Asking = Asked & Pick<CaseContext, 'actor'>

function doubtOf(
  { state }: CaseOf,
  action: Stands,
  { actor }: Asking,
  unitId: string | undefined,
): Doubt | undefined {
  if (action === 'decline-advice') {
    const advice = adviceToDecline(state, actor, unitId)
    return advice && { of: advice.of, pools: advice.answerers, advisedBy: advice.advisedBy }
  }
  const open = openRevocation(state)
  const organ = open?.of?.unitId ?? state.organUnitId
  return (
    open && {
      of: open.of,
      proposedBy: open.proposedBy,
      pools: open.deciders.filter((pool) => pool.unitId === organ),
    }
  )
}

/** Whoever of the pools may handle the case and is there by the day to settle it. */
function handlersAt(
  { state }: CaseOf,
  action: Stands,
  { of, pools }: Doubt,
  { calendar, handlersOf }: Asked,
) {
  const settling = settlingsOf(state).find(
    (each) =>
      each.of !== 'unheard' &&
      (each.of === 'revocation') === (action === 'keep-decision') &&
      (!of || each.unitId === of.unitId),
  )
  const due = settling && settleDue(state, settling, calendar)
  return handlersOf(pools, due?.kind === 'on' ? due.on : null)
}

/** What the actor is to what they say stands, and whether somebody else may say it. */
export interface AnswersForOwn {
  readonly as: 'signer' | 'adviser'
  /** Nobody else is there. */
  readonly isAlone: boolean
}

const BY_ITSELF = {
  signer: '单位里没有别人能答复，是当初签这个决定的人答复的',
  adviser: '单位里没有别人能答复，是提出重新审查的人自己答复的',
} as const satisfies Record<AnswersForOwn['as'], string>

/** What whoever holds the decision for wrong reads of an answer; null where somebody else has answered. */
export function answeredAlone(event: { readonly bySigner?: true; readonly byAdviser?: true }): string | null {
  if (event.bySigner) return BY_ITSELF.signer
  return event.byAdviser ? BY_ITSELF.adviser : null
}

/**
 * Of whoever signed a decision, and of whoever has asked for it to be looked at again: whether somebody else may say that it stands.
 * Beside nobody but the signer who has asked answers before the signer. Null of everybody else. 行政许可法 第60条
 */
function standingOf(
  of: CaseOf,
  action: Stands,
  doubt: Doubt,
  staffId: string,
  context: Asked,
): AnswersForOwn | null {
  const { item, state } = of
  const signer = signerOf(state, doubt.of && decidedShareAt(item, state, doubt.of))
  const isSigner = staffId === signer
  if (!isSigner && staffId !== doubt.advisedBy) return null
  const others = handlersAt(of, action, doubt, context).filter(
    (id) => id !== staffId && id !== doubt.proposedBy && (isSigner || id !== signer),
  )
  return { as: isSigner ? 'signer' : 'adviser', isAlone: others.length === 0 }
}

/** Of whoever acts. */
export function answersForOwn(
  of: CaseOf,
  action: Stands,
  context: Asking,
  unitId?: string,
): AnswersForOwn | null {
  const doubt = doubtOf(of, action, context, unitId)
  const staffId = context.actor.kind === 'staff' ? (context.actor.staffId ?? undefined) : undefined
  return doubt && staffId !== undefined ? standingOf(of, action, doubt, staffId, context) : null
}

/** As what somebody whom it is asked of leaves it to another; null where they may answer. */
export function leavesAdviceAs(
  of: CaseOf,
  { of: share, answerers: pools, advisedBy }: Pick<Advice, 'of' | 'answerers' | 'advisedBy'>,
  staffId: string,
  context: Asked,
): AnswersForOwn['as'] | null {
  const own = standingOf(of, 'decline-advice', { of: share, pools, advisedBy }, staffId, context)
  return own === null || own.isAlone ? null : own.as
}

const OWN_CODES = { signer: 'case.own-decision', adviser: 'case.own-advice' } as const

/** Nobody says of what they signed themselves, or have asked for from above, that it stands, as long as another may. */
export function isAnothers(of: CaseOf, action: Stands, context: Asking, unitId?: string): CaseError | null {
  const own = answersForOwn(of, action, context, unitId)
  return own === null || own.isAlone ? null : { code: OWN_CODES[own.as] }
}
