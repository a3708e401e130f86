import { OPENING_MINUTE } from '../../kernel/office-hours'
import { addDays, dayIn, minuteOfDayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { Due, WorkingCalendar } from '../../time-limit/calendar'
import { type ClockDue, dueOf, isLate } from '../../time-limit/clock'
import { breaksOn } from '../clock/broken-promise'
import { acceptanceClock, correctionDue, runningLaw } from '../clock/clocks'
import { awaitsItsDay } from '../clock/extended'
import { overrunsOn } from '../clock/overrun'
import type { CaseContext } from '../context'
import { answerByTold } from '../correction/correcting'
import { isServedInApp, servedByHand } from '../delivery/delivery-choice'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import { type CaseState, type Correction, openCorrection } from '../state'
import { namesNobody } from '../whose/identity'
import { openApprovals } from './approvals'

/**
 * What the passing of time brings about by itself: acceptance by silence (行政许可法 第32条; for other items the
 * county's published rule), the one reminder of a correction on the last day of its period, its end, the end of a request
 * to prolong what has run out. Nothing happens while a date is unknown.
 */
export const decideOnTime = (item: ServiceItem, state: CaseState, context: CaseContext): CaseEvent[] =>
  state.endedAt === null
    ? [...approvalsOnTime(item, state, context), ...applicationOnTime(item, state, context)]
    : []

/**
 * The first day on which it brings something about, while nothing else happens to the case; null where there is none, or
 * where its calendar is missing.
 */
export function nextOnTime(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): PlainDate | null {
  if (state.endedAt !== null) return null
  const correction = openCorrection(state)
  const law = openApprovals(state).some((asked) => asked.for === 'extend') ? runningLaw(item, state) : null
  const acceptance = correction ? null : acceptanceClock(item, state)
  const days = [
    dayAfter(law && dueOf(law, calendar)),
    dayAfter(acceptance && dueOf(acceptance, calendar)),
    correction ? correctionTurnsOn(correction, correctionDue(item, state, correction, calendar)) : null,
    breaksOn(item, state, calendar),
    overrunsOn(state, calendar),
    awaitsItsDay(state) ? (state.extension?.on ?? null) : null,
  ]
  return days.reduce((first, day) => (first === null || (day !== null && day < first) ? day : first), null)
}

const dayAfter = (due: Due | ClockDue | null) => (due?.kind === 'on' ? addDays(due.on, 1) : null)

/** On its last day the one reminder falls due, after it the end. */
const correctionTurnsOn = ({ remindedAt }: Correction, due: Due) =>
  remindedAt === null && due.kind === 'on' ? due.on : dayAfter(due)

/** Nobody prolongs a limit that has run out, whoever was asked to. */
function approvalsOnTime(item: ServiceItem, state: CaseState, { now, calendar }: CaseContext): CaseEvent[] {
  const law = runningLaw(item, state)
  if (law === null || !isLate(dueOf(law, calendar), dayIn(now))) return []
  return openApprovals(state)
    .filter((asked) => asked.for === 'extend')
    .map(({ stepKey, unitId }) => ({ type: 'approval-lapsed', at: now, stepKey, unitId, for: 'extend' }))
}

function applicationOnTime(item: ServiceItem, state: CaseState, context: CaseContext): CaseEvent[] {
  const today = dayIn(context.now)
  const correction = openCorrection(state)
  if (correction) return correctionOnTime(item, state, correction, context)
  const clock = acceptanceClock(item, state)
  // Nothing is accepted for nobody: it is, from its receipt, as soon as somebody is named.
  if (!clock || namesNobody(item, state) || !isLate(dueOf(clock, context.calendar), today)) return []
  const open = state.steps.find((run) => run.status === 'open' && stepOf(item, run.key).kind === 'accept')
  const unitId = open?.parts[0]?.unitId
  if (!open || unitId === undefined) return []
  return [{ type: 'accepted', at: context.now, stepKey: open.key, unitId, bySilence: true }]
}

/**
 * Reminded of once the offices are open on the last day; what was accepted goes on after it, what was not is ended. A day that was
 * not known when it was asked or reminded of ends nothing before it has been told.
 */
function correctionOnTime(
  item: ServiceItem,
  state: CaseState,
  correction: Correction,
  context: CaseContext,
): CaseEvent[] {
  const { now, calendar } = context
  const due = correctionDue(item, state, correction, calendar)
  const today = dayIn(now)
  if (due.kind !== 'on' || today < due.on) return []
  const isOver = today > due.on && answerByTold(correction) !== undefined
  if (isOver && !correction.beforeAcceptance) return [{ type: 'correction-lapsed', at: now }]
  if (correction.remindedAt === null)
    return minuteOfDayIn(now) >= OPENING_MINUTE ? [reminded(item, state, correction, { now, calendar })] : []
  if (!isOver) return []
  const served = servedByHand(!isServedInApp(state, context))
  return [
    {
      type: 'terminated',
      at: now,
      toldBy: correction.unitId,
      stepKey: null,
      unitId: null,
      cause: null,
      ...served,
    },
  ]
}

/** With the last day that the reminder tells. */
function reminded(
  item: ServiceItem,
  state: CaseState,
  { answerBy: _former, ...asked }: Correction,
  { now, calendar }: Pick<CaseContext, 'now' | 'calendar'>,
): CaseEvent {
  const due = correctionDue(item, state, { ...asked, remindedAt: now }, calendar)
  return { type: 'correction-reminded', at: now, ...(due.kind === 'on' ? { answerBy: due.on } : {}) }
}
