import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem, Step } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import type { CaseState } from '../state'
import { REFUSED, type Verdict, when } from '../step/position'
import type { CommandOf } from '../step/step-command'
import { draftRun, isDrafting } from './draft-step'
import { isSettled } from './joined-notice'

/** Departments whose draft asks for something still, and is not being written anew already. */
export function returnableDrafts(item: ServiceItem, state: CaseState): readonly string[] {
  const run = isDrafting(item, state) ? draftRun(item, state) : undefined
  return (run?.parts ?? [])
    .filter(
      ({ unitId, outcome }) =>
        outcome === 'drafted' &&
        state.drafts?.some(
          (draft) =>
            draft.unitId === unitId && draft.items.some((asked) => !isSettled(item, state, draft, asked)),
        ),
    )
    .map(({ unitId }) => unitId)
}

/**
 * 行政许可法 第32条: who sends the one notice answers for it, so what a department asks is given back to it where it is not clear, on
 * file or not of the item; nobody strikes it out in its place.
 */
export const whyNotReturn = (
  item: ServiceItem,
  state: CaseState,
  { kind, actions }: Pick<Step, 'kind' | 'actions'>,
): Verdict =>
  kind !== 'accept' || !actions.includes('request-correction') || !isDrafting(item, state)
    ? REFUSED
    : when(returnableDrafts(item, state).length > 0, { code: 'case.draft-unreturnable' })

export function draftReturned(
  item: ServiceItem,
  state: CaseState,
  { stepKey, unitId, toUnitId, reasonDigest }: CommandOf<'return-draft'>,
  { now: at }: Pick<CaseContext, 'now'>,
): Result<CaseEvent[], CaseError> {
  if (!draftRun(item, state)?.parts.some((part) => part.unitId === toUnitId))
    return fail({ code: 'case.target-unknown', field: 'toUnitId' })
  if (!returnableDrafts(item, state).includes(toUnitId)) return fail({ code: 'case.draft-unreturnable' })
  return ok([{ type: 'draft-returned', at, stepKey, unitId, toUnitId, reasonDigest }])
}
