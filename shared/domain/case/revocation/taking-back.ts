import { laterOf, type PlainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { Pool } from '../context'
import type { OutcomeKey } from '../outcome/outcome-words'
import type { CaseState, StepTarget } from '../state'
import { type Settling, settleDue, settlingsOf } from './settling'

/** What was revoked unheard, each at the organ that has to take it back. */
const takingsBack = (state: CaseState): readonly Settling[] =>
  settlingsOf(state).filter(({ of }) => of === 'unheard')

/** The last day to take it back, of several organs the last of all; null in a year without a calendar, undefined where nothing waits. */
export function takingBackBy(
  state: CaseState,
  calendar: WorkingCalendar,
  unitId?: string,
): PlainDate | null | undefined {
  return takingsBack(state)
    .filter((each) => unitId === undefined || each.unitId === unitId)
    .map((each) => settleDue(state, each, calendar))
    .map((due) => (due.kind === 'on' ? due.on : null))
    .reduce<PlainDate | null | undefined>(
      (last, on) => (last === undefined ? on : last === null || on === null ? null : laterOf(last, on)),
      undefined,
    )
}

const TELLS: readonly OutcomeKey[] = ['taking-back', 'revoked', 'granted']

/** The same where the outcome tells of it. */
export const takingBackTold = (state: CaseState, key: OutcomeKey, calendar: WorkingCalendar) =>
  TELLS.includes(key) ? takingBackBy(state, calendar) : undefined

/** Whose it is to take it back: of that organ alone, since its paper bears its name. */
export const owedTakingsBack = (
  state: CaseState,
): readonly (StepTarget & { readonly takers: readonly Pool[] })[] =>
  takingsBack(state).map(({ stepKey, unitId, pools }) => ({
    stepKey,
    unitId,
    takers: pools.filter((pool) => pool.unitId === organOf(state, unitId)),
  }))

const organOf = ({ revocations = [], organUnitId }: CaseState, unitId: string) =>
  revocations.some(({ of }) => of?.unitId === unitId) ? unitId : organUnitId
