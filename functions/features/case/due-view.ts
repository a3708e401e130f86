import type { DueBecause, DueExplanation } from '#shared/contract/primitives'
import type { LightBasis } from '#shared/domain/case/clock/case-light'
import { type CaseDue, correctionDue } from '#shared/domain/case/clock/clocks'
import { apartOf } from '#shared/domain/case/clock/due-words'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { SPECIAL_PROCEDURES } from '#shared/domain/case/step/special-procedures'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { type ClockDue, dueOf, explainDays, type LegalClock } from '#shared/domain/time-limit/clock'

/** What stands in the place of a date, in the shape of the contract. */
export function dueBecauseOf(due: CaseDue, item: ServiceItem): DueBecause | null {
  if (due.kind === 'on') return null
  if (due.kind === 'calendar-missing') return due
  const { key, name } = stepOf(item, due.stepKey)
  const { because, basis, until, unpublished, lawOn } = due
  return {
    kind: 'waits-for',
    step: key,
    stepName: plainStepName(name),
    because,
    ...(basis ? { procedure: SPECIAL_PROCEDURES[basis] } : {}),
    until,
    ...(unpublished ? { unpublished: { ...unpublished } } : {}),
    ...(lawOn === undefined ? {} : { lawOn }),
  }
}

/**
 * What is waited for and was to be done by now has no day any more; a stop that lasts longer says so by its day, and so does
 * a notice that was not hung.
 */
export const dueBecauseOn = (because: DueBecause | null, today: PlainDate): DueBecause | null =>
  because?.kind === 'waits-for' &&
  because.because !== 'special-procedure' &&
  !because.unpublished &&
  because.until &&
  because.until < today
    ? { ...because, until: null }
    : because

const byLaw = (due: CaseDue) =>
  due.kind === 'on' && due.clock === 'statutory' ? ({ dueByLaw: true } as const) : {}

/** The date of a case, or what stands in its place; nothing is due of one that has ended. */
export const dueView = (item: ServiceItem, state: Pick<CaseState, 'endedAt' | 'steps'>, due: CaseDue) =>
  state.endedAt === null
    ? {
        dueOn: due.kind === 'on' ? due.on : null,
        newDueOn: due.kind === 'on' ? (due.anew ?? null) : null,
        ...byLaw(due),
        dueBecause: dueBecauseOf(due, item),
        apart: apartOf(item, state, due),
      }
    : { dueOn: null, newDueOn: null, dueBecause: null, apart: null }

export const clockBecause = (
  due: ClockDue | { kind: 'calendar-missing'; year: number },
): DueBecause | null =>
  due.kind === 'calendar-missing' ? { kind: 'calendar-missing', year: due.year } : null

/** Where the limit of the law stands; the law of the item itself often sets none. */
export const statutoryBasis = ({ statutoryNote, legalBasis }: ServiceItem) =>
  statutoryNote ?? legalBasis[0]?.law ?? ''

/** What the law's clock goes by; of silence the day of the receipt, from which it counts as accepted (行政许可法 第32条). */
export function lawStartedBy(
  { statutory }: Pick<ServiceItem, 'statutory'>,
  { accepted }: Pick<CaseState, 'accepted'>,
): DueExplanation['startedBy'] {
  if (statutory?.from !== 'acceptance') return 'received'
  return accepted?.bySilence ? 'silence' : 'accepted'
}

/** A clock told day by day. */
export function explanationOf(
  clock: LegalClock,
  calendar: WorkingCalendar,
  { basis, startedBy }: Pick<DueExplanation, 'basis' | 'startedBy'>,
): DueExplanation | null {
  const due = dueOf(clock, calendar)
  if (due.kind !== 'on') return null
  return {
    startedOn: dayIn(clock.startedAt),
    startedBy,
    days: clock.days,
    unit: clock.unit,
    basis,
    counted: explainDays(clock, calendar, due.on),
  }
}

/** Until when the applicant may answer an open notice; null while none is open. */
export function correctionBasis(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const correction = openCorrection(state)
  if (!correction) return null
  const due = correctionDue(item, state, correction, calendar)
  const basis: LightBasis = { due, days: correction.rule.limitDays, judgedOn: null }
  return { dueOn: due.kind === 'on' ? due.on : null, dueBecause: clockBecause(due), basis }
}
