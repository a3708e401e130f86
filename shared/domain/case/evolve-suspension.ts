import { addDays, dayIn, laterOf, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem, SuspendableClock } from '../service-item/item'
import type { CaseEvent } from './events'
import { changePart, pause } from './parts'
import { isPartAlone } from './route'
import type { CaseState, ClockPause } from './state'

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

/** What of a department's, or of the whole's, procedures stops the law's days. */
export const lawStops = ({ pauses }: Pick<CaseState, 'pauses'>): readonly ClockPause[] =>
  pauses.filter(
    (each) => each.until === null && each.because === 'special-procedure' && each.clock === 'statutory',
  )

/** As it was before a department stopped the law. */
export const withoutStop = (state: CaseState, { unitId }: Pick<ClockPause, 'unitId'>): CaseState => {
  const stops = lawStops(state)
  return {
    ...state,
    pauses: state.pauses.filter((each) => each.unitId !== unitId || !stops.includes(each)),
  }
}

export const extend = (
  state: CaseState,
  { at, days, undated }: CaseEvent & { type: 'limit-extended' },
): CaseState => ({
  ...state,
  extension: {
    days,
    on: dayIn(at),
    ...(undated || lawStops(state).length > 0 ? { undated: true as const } : {}),
  },
})

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
  const told = withLawTold(going, event)
  return told.status === 'suspended' ? { ...told, status: 'examining' } : told
}

/** The day until which the law was prolonged is told with it. */
export const withLawTold = (state: CaseState, { lawOn }: { readonly lawOn?: PlainDate }): CaseState =>
  lawOn === undefined ? state : { ...state, extension: dated(state) }

/** Where it was prolonged a changed calendar has told another day. */
export const withLawMoved = (state: CaseState, { lawOn }: { readonly lawOn?: PlainDate }): CaseState =>
  lawOn === undefined || state.extension === null
    ? state
    : { ...state, extension: { ...state.extension, movedTo: lawOn } }

const dated = ({ extension }: CaseState) => extension && { days: extension.days, on: extension.on }

/**
 * As if the stops of departments had ended on a day: whatever day is asked for or promised while the law's days stand still keeps
 * within them however soon they go on.
 */
export const asIfResumed = (state: CaseState, on: PlainDate): CaseState => {
  const stops = lawStops(state)
  return {
    ...state,
    pauses: state.pauses.map((each) =>
      stops.includes(each) ? { ...each, until: laterOf(each.from, on) } : each,
    ),
  }
}
