import { dayIn, type PlainDate } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import { type CaseState, openParts, type StepTarget } from '../state'
import { isWithdrawable } from '../whose/applicant-acts'
import { isDisowned, isUnnamed } from '../whose/identity'
import { handsOver } from './counter'
import { servingShare } from './delivery-clock'

/** What staff may write down of the death of whom a decision was made for. */
export const DEATH_ACTS = ['record', 'withdraw'] as const
export type DeathAct = (typeof DEATH_ACTS)[number]

/** Texts are sealed elsewhere; here stand their digests. */
export type DeathCommand =
  | { readonly type: 'record-death'; readonly diedOn: PlainDate; readonly proofDigest: string }
  | { readonly type: 'withdraw-death-record'; readonly reasonDigest: string }

const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError

/** At the share that hands the papers over, by whoever does, or holds a step that is open yet. */
function whereOf(item: ServiceItem, state: CaseState, context: CaseContext): StepTarget | CaseError {
  const { actor, poolsOf } = context
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  const open = openParts(state).find(({ step: { key }, part }) => {
    const step = stepOf(item, key)
    return poolsOf(step, part.unitId).some(({ role, unitId }) =>
      actor.pools.some((own) => own.role === role && own.unitId === unitId),
    )
  })
  if (open) return { stepKey: open.step.key, unitId: open.part.unitId }
  const share = servingShare(item, state, state.decision === null ? 'decline' : 'result')
  return share && handsOver(item, state, context) ? share : { code: 'case.not-your-task' }
}

/** Until the decision a death ends the case (`terminate`). Nobody has died of what names nobody, and a firm does not. */
const isPossible = (item: ServiceItem, state: CaseState) =>
  !isWithdrawable(state) &&
  state.status !== 'withdrawn' &&
  state.applicant?.kind !== 'firm' &&
  !isDisowned(state) &&
  !isUnnamed(item, state)

/** Why an act is refused, null when it is allowed. Buttons and checks both ask here. */
export function whyNotDeath(
  item: ServiceItem,
  state: CaseState,
  act: DeathAct,
  context: CaseContext,
): CaseError | null {
  const where = whereOf(item, state, context)
  if ('code' in where) return where
  const isOpen = act === 'record' ? state.isDeceased !== true && isPossible(item, state) : state.death
  return isOpen ? null : REFUSED
}

export function decideDeath(
  item: ServiceItem,
  state: CaseState,
  command: DeathCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const act = command.type === 'record-death' ? 'record' : 'withdraw'
  const refusal = whyNotDeath(item, state, act, context)
  if (refusal) return fail(refusal)
  const where = whereOf(item, state, context)
  if ('code' in where) return fail(where)
  const base = { at: context.now, ...where }
  if (command.type === 'withdraw-death-record')
    return ok([{ ...base, type: 'death-record-withdrawn', reasonDigest: command.reasonDigest }])
  const { diedOn, proofDigest } = command
  if (diedOn > dayIn(context.now)) return fail({ code: 'case.target-unknown', field: 'diedOn' })
  return ok([{ ...base, type: 'applicant-death-recorded', diedOn, proofDigest }])
}
