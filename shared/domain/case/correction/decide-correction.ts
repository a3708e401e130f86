import type { Instant } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { ServiceItem } from '../../service-item/item'
import { answerByOf } from '../clock/clocks'
import type { CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import type { CaseState, CorrectionItem, StepTarget } from '../state'
import type { CommandOf } from '../step/step-command'
import { fixedIdentityKeys } from './brought'
import { askForCorrection } from './correcting'
import { askedBy, noticeLookedAt } from './draft-step'
import { joinedNotice } from './joined-notice'
import { isAskedAgain } from './notices-given'

const asksFixed = (item: ServiceItem, state: CaseState, items: readonly CorrectionItem[]) => {
  const fixed = fixedIdentityKeys(item, state)
  return items.some(({ kind, name }) => kind === 'field' && fixed.includes(name))
}

/** 一次性告知: of what came to the notice a department says no more than whether it is what it had asked for. */
function asksMore(state: CaseState, unitId: string, items: readonly CorrectionItem[]) {
  const notice = noticeLookedAt(state)
  const asked = notice && askedBy(notice, unitId)
  return (
    asked !== undefined &&
    items.some(({ kind, name }) => !asked.some((each) => each.kind === kind && each.name === name))
  )
}

/** What one department says is missing, and that nothing is. */
export const drafted = (
  item: ServiceItem,
  state: CaseState,
  base: StepTarget & { readonly at: Instant },
  items: readonly CorrectionItem[],
): Result<CaseEvent[], CaseError> =>
  asksFixed(item, state, items)
    ? fail({ code: 'case.identity-fixed' })
    : asksMore(state, base.unitId, items)
      ? fail({ code: 'case.look-unasked' })
      : ok([{ ...base, type: 'correction-drafted', items }])

/** The notice, with its last day as it is told. */
export function correctionRequested(
  item: ServiceItem,
  state: CaseState,
  { items: named, stepKey, unitId, reasonDigest }: CommandOf<'request-correction'>,
  { now, calendar, correctionRule: rule }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (asksFixed(item, state, named)) return fail({ code: 'case.identity-fixed' })
  const items = joinedNotice(item, state, named)
  if (items === null) return fail({ code: 'case.draft-left-out' })
  const second = isAskedAgain(state)
  const asked = {
    type: 'correction-requested',
    at: now,
    stepKey,
    unitId,
    reasonDigest,
    items,
    second,
    ...(second ? { toldReason: true as const } : {}),
    rule,
  } as const
  return ok([{ ...asked, ...answerByOf(item, askForCorrection(state, asked), calendar) }])
}
