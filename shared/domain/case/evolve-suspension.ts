import { addDays, dayIn } from '../kernel/plain-date'
import type { ServiceItem, SuspendableClock } from '../service-item/item'
import type { CaseEvent } from './events'
import { changePart, pause } from './parts'
import { isPartAlone } from './route'
import type { CaseState } from './state'

/** 特别程序: of a unit that judges for itself, its own days alone stand still. */
export function suspend(item: ServiceItem, state: CaseState, event: CaseEvent & { type: 'clock-suspended' }) {
  const parallel = isPartAlone(item, event)
  const clocks: (SuspendableClock | 'step')[] = parallel ? ['step'] : ['promised', 'statutory', 'step']
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
