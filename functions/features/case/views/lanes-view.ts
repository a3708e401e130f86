import type { CaseView } from '#shared/contract/case'
import { caseLight } from '#shared/domain/case/case-light'
import { promisedClock, statutoryClock } from '#shared/domain/case/clocks'
import { laneNote, laneWords, lateLanes } from '#shared/domain/case/lane-words'
import { type Lane, laneRun, lanesOf } from '#shared/domain/case/lanes'
import { remedyDays } from '#shared/domain/case/remedy-days'
import { stepOf } from '#shared/domain/case/route'
import { remedyFrom } from '#shared/domain/case/served-on'
import { dayIn, earlierOf, type PlainDate } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { dueOf, explainDays } from '#shared/domain/time-limit/clock'
import { type ListedDocument, wholeDocument } from './document-view'
import { reasonIn, type Subject, textOf } from './subject'

type Lanes = NonNullable<CaseView['lanes']>

/** The one clock of the whole: the promise, counted until today or the day on which it was kept. */
function clockOf({ item, state, reference, now }: Subject): Lanes['clock'] {
  const { calendar } = reference
  const clock = promisedClock(item, state)
  const due = clock && dueOf(clock, calendar)
  if (!clock || !due || due.kind === 'paused') return null
  const today = dayIn(state.promiseKeptAt ?? state.endedAt ?? now)
  const dueOn = due.kind === 'on' ? due.on : null
  const counted = explainDays(clock, calendar, dueOn === null ? today : earlierOf(today, dueOn))
  return {
    usedDays: counted.filter(({ because }) => because === 'counted').length,
    days: clock.days,
    dueOn,
    light: caseLight(item, state, dayIn(now), calendar),
  }
}

function lawOf({ item, state, reference }: Subject): Lanes['law'] {
  const clock = statutoryClock(item, state)
  if (!clock || !item.statutory) return null
  const due = dueOf(clock, reference.calendar)
  const unit = clock.unit === 'working' ? '个工作日' : '天'
  const extended = state.extension ? `，延长了 ${state.extension.days} ${unit}` : ''
  return {
    words: `法定 ${item.statutory.days} ${unit}${extended}`,
    dueOn: due.kind === 'on' ? due.on : null,
  }
}

function untilOf(servedOn: PlainDate, calendar: WorkingCalendar) {
  const { reviewUntil: review, suitUntil: suit } = remedyDays(servedOn, calendar)
  return { servedOn, review, suit }
}

/** By its own paper, whatever the county has changed since. */
function decisionOf(
  subject: Subject,
  { unitId, state: standing }: Lane,
  papers: readonly ListedDocument[],
): Lanes['units'][number]['decision'] {
  const { reference, read, state } = subject
  const event = read.events.findLast(
    (each) => each.type === 'examined' && each.isDecision && each.unitId === unitId,
  )
  const listed = event && papers.find(({ id }) => id === event.id)
  if (!event || !listed || (standing !== 'passed' && standing !== 'failed')) return null
  const { title, documentNumber, remedy } = wholeDocument(subject, listed)
  const servedOn = remedy === null ? null : remedyFrom(state, 'refused')
  return {
    granted: standing === 'passed',
    documentId: listed.id,
    documentTitle: title,
    documentNumber: documentNumber ?? '',
    reason: standing === 'failed' ? textOf(subject, reasonIn(event)) : null,
    remedy,
    until: servedOn === null ? null : untilOf(servedOn, reference.calendar),
  }
}

/** Several units at work on one case; null where one works after the other. */
export function caseLanes(subject: Subject, papers: readonly ListedDocument[]): Lanes | null {
  const { item, state, reference, now } = subject
  const run = laneRun(item, state)
  if (!run) return null
  const today = dayIn(now)
  const lanes = lanesOf(item, state, today, reference.calendar)
  const nameOf = (unitId: string) => organName(reference, unitId)
  return {
    title: plainStepName(stepOf(item, run.key).name),
    late: state.endedAt === null ? lateLanes(lanes, nameOf) : null,
    clock: clockOf(subject),
    law: lawOf(subject),
    units: lanes.map((lane) => ({
      unitId: lane.unitId,
      unitName: unitName(reference, lane.unitId),
      shortName: nameOf(lane.unitId),
      state: lane.state,
      words: laneWords(lane, today),
      note: laneNote(lane, nameOf),
      late: lane.late,
      light: lane.light,
      openedOn: lane.openedOn,
      doneOn: lane.doneOn,
      dueOn: lane.dueOn,
      stops: lane.stops.map((stop) => ({ ...stop })),
      decides: lane.decides,
      decision: decisionOf(subject, lane, papers),
    })),
  }
}
