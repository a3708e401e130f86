import { dayIn, type PlainDate } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import { openRevocation, speakUntilOf } from '../revocation/revocation'
import { unheardAt } from '../revocation/unheard'
import { stepOf } from '../route'
import { type CaseState, openParts, type StepTarget } from '../state'
import { isWithdrawable } from '../whose/applicant-acts'
import { isDisowned, isUnnamed } from '../whose/identity'
import { handsOver } from './counter'
import { servingShare } from './delivery-clock'
import { applyDeath, hadBefore, handedOf, hungInVain } from './evolve-death'

/** What staff may write down of the death of whom a decision was made for. */
export const DEATH_ACTS = ['record', 'withdraw'] as const
export type DeathAct = (typeof DEATH_ACTS)[number]

/** Texts are sealed elsewhere; here stand their digests. */
export type DeathCommand =
  | {
      readonly type: 'record-death'
      readonly diedOn: PlainDate
      readonly proofDigest: string
      /** As their number has it; null where nobody knows it. */
      readonly bornOn: PlainDate | null
      /** It was seen that nobody lived who could have applied. */
      readonly isBeforeFiling: boolean
    }
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

/** Nobody dies before they are born, or after today; and who had died before had not applied, which has to be seen. */
const isADayOfDeath = (
  { filedAt }: CaseState,
  { diedOn, bornOn, isBeforeFiling }: Extract<DeathCommand, { type: 'record-death' }>,
  { now }: CaseContext,
) =>
  diedOn <= dayIn(now) &&
  (bornOn === null || diedOn >= bornOn) &&
  (diedOn >= dayIn(filedAt) || isBeforeFiling)

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
  if (command.type === 'withdraw-death-record') {
    const { reasonDigest } = command
    const unheard = state.death ? unheardAt(state, state.death).map(({ proposedAt }) => proposedAt) : []
    const lives = {
      ...base,
      type: 'death-record-withdrawn',
      reasonDigest,
      handed: handedOf(state),
      ...(unheard.length === 0 ? {} : { unheard }),
    } as const
    const alive = applyDeath(state, lives)
    const isTold = openRevocation(alive)?.servedOn === dayIn(context.now)
    return ok([{ ...lives, ...(isTold ? speakUntilOf(alive, context.calendar) : {}) }])
  }
  const { diedOn, proofDigest } = command
  if (!isADayOfDeath(state, command, context)) return fail({ code: 'case.target-unknown', field: 'diedOn' })
  const had = hadBefore(state, diedOn, context.calendar)
  const hung = hungInVain(state, had)
  return ok([{ ...base, type: 'applicant-death-recorded', diedOn, proofDigest, had, hung }])
}
