import { addDays, dayIn, laterOf, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem, SuspendableClock } from '../service-item/item'
import type { CaseEvent } from './events'
import { changePart, pause } from './parts'
import { isPartAlone } from './route'
import type { CaseState } from './state'

/** 特别程序: of one of several units its own days stand still, and those of the law where it decides for itself; what was promised of the whole runs on. */
export function suspend(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'clock-suspended' }) {
  const parallel = isPartAlone(item, event)
  const law: readonly SuspendableClock[] = parallel && !event.stopsLaw ? [] : ['statutory']
  const clocks = [...(parallel ? [] : (['promised'] as const)), ...law, 'step' as const]
  const on = dayIn(event.at)
  const marked = changePart(state, event, () => ({ suspendedAt: event.at }))
  const stopped = pause(marked, clocks, {
    because: 'special-procedure',
    stepKey: event.stepKey,
    unitId: event.unitId,
    on,
    basis: event.basis,
    expectedOn: addDays(on, event.expectedDays),
  })
  return parallel ? stopped : { ...stopped, status: 'suspended' as const }
}

export function resume(state: CaseState, event: CaseEvent & { type: 'clock-resumed' }): CaseState {
  const on = dayIn(event.at)
  const going: CaseState = {
    ...changePart(state, event, () => ({ suspendedAt: null })),
    pauses: state.pauses.map((each) =>
      each.until === null && each.because === 'special-procedure' && each.unitId === event.unitId
        ? { ...each, until: on }
        : each,
    ),
  }
  return going.status === 'suspended' ? { ...going, status: 'examining' } : going
}

/**
 * As if the stops of departments had ended on a day: whatever day is asked for or promised while the law's days stand still keeps
 * within them however soon they go on.
 */
export const asIfResumed = (state: CaseState, on: PlainDate): CaseState => ({
  ...state,
  pauses: state.pauses.map((each) =>
    each.until === null && each.because === 'special-procedure' && each.clock === 'statutory'
      ? { ...each, until: laterOf(each.from, on) }
      : each,
  ),
})
