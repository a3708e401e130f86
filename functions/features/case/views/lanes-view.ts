import type { CaseView } from '#shared/contract/case'
import { caseLight } from '#shared/domain/case/clock/case-light'
import { promisedClock, runningLaw, statutoryClock } from '#shared/domain/case/clock/clocks'
import { remedyDays } from '#shared/domain/case/delivery/remedy-days'
import { ownRemedyFrom, revocationServedOn } from '#shared/domain/case/delivery/served-on'
import { laneNote, laneWords, lateLanes } from '#shared/domain/case/parallel/lane-words'
import { type Lane, laneRun, lanesOf } from '#shared/domain/case/parallel/lanes'
import { restingOn } from '#shared/domain/case/parallel/share-decisions'
import { isUnheard } from '#shared/domain/case/revocation/revocation-state'
import { isPartAlone, stepOf } from '#shared/domain/case/route'
import type { StepTarget } from '#shared/domain/case/state'
import { dayIn, earlierOf, type PlainDate } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { dueOf, explainDays } from '#shared/domain/time-limit/clock'
import { type ListedDocument, wholeDocument } from './document-view'
import { reasonIn, reasonNow, type Subject, textOf } from './subject'

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
  const standing = due.kind === 'paused' && runningLaw(item, state) ? '，现在停着，日子接着办了再算' : ''
  return {
    words: `法定 ${item.statutory.days} ${unit}${extended}${standing}`,
    dueOn: due.kind === 'on' && state.endedAt === null ? due.on : null,
  }
}

function untilOf(servedOn: PlainDate, calendar: WorkingCalendar) {
  const { reviewUntil: review, suitUntil: suit, ...notBefore } = remedyDays(servedOn, calendar)
  return { servedOn, review, suit, ...notBefore }
}

/** By the paper with which its organ took back what it had granted. */
function revokedOf(
  subject: Subject,
  run: StepTarget,
  papers: readonly ListedDocument[],
): NonNullable<Lanes['units'][number]['decision']>['revoked'] {
  const { read, state, reference } = subject
  const fallen = state.revocations?.find(({ of, revoked }) => revoked === true && of?.unitId === run.unitId)
  const event = read.events.findLast(
    (each) => each.type === 'decision-revoked' && each.at === fallen?.answeredAt,
  )
  const listed = event && papers.find(({ id }) => id === event.id)
  if (!fallen || !event || !listed) return null
  const { title, documentNumber, remedy } = wholeDocument(subject, listed)
  // Nobody objects to what is being taken back.
  const isTakingBack = isUnheard(fallen)
  const servedOn = isTakingBack ? null : revocationServedOn(state, fallen)
  return {
    on: dayIn(event.at),
    documentId: listed.id,
    documentTitle: title,
    documentNumber: documentNumber ?? '',
    reason: textOf(subject, reasonIn(event)),
    remedy: isTakingBack ? null : remedy,
    until: servedOn === null ? null : untilOf(servedOn, reference.calendar),
  }
}

/** By its own paper, whatever the county has changed since. */
function decisionOf(
  subject: Subject,
  { unitId, state: standing }: Lane,
  stepKey: string,
  papers: readonly ListedDocument[],
): Lanes['units'][number]['decision'] {
  const { item, reference, read, state } = subject
  const event = read.events.findLast(
    (each) => each.type === 'examined' && each.isDecision && each.unitId === unitId,
  )
  const listed = event && papers.find(({ id }) => id === event.id)
  if (!event || !listed || !DECIDED.has(standing)) return null
  const isRevoked = standing === 'revoked'
  const { title, documentNumber, remedy } = wholeDocument(subject, listed)
  const servedOn = remedy === null ? null : ownRemedyFrom(state, { stepKey, unitId })
  return {
    granted: standing !== 'failed',
    documentId: listed.id,
    documentTitle: title,
    documentNumber: documentNumber ?? '',
    reason: standing === 'failed' ? reasonNow(subject, event, unitId) : null,
    remedy,
    until: servedOn === null ? null : untilOf(servedOn, reference.calendar),
    revoked: isRevoked ? revokedOf(subject, { stepKey, unitId }, papers) : null,
    resting: isRevoked ? restingOn(item, state, { stepKey, unitId }).map(({ name }) => name) : [],
  }
}

const DECIDED: ReadonlySet<Lane['state']> = new Set(['passed', 'failed', 'revoked'])

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
      phone: reference.units.get(lane.unitId)?.phone ?? null,
      state: lane.state,
      isQuestioned: lane.isQuestioned,
      ...(lane.isTakingBack ? { isTakingBack: true, takingBackBy: lane.takingBackBy ?? null } : {}),
      words: laneWords(lane, today),
      note: laneNote(lane, nameOf),
      late: lane.late,
      light: lane.light,
      openedOn: lane.openedOn,
      doneOn: lane.doneOn,
      dueOn: lane.dueOn,
      stops: lane.stops.map((stop) => ({ ...stop })),
      decides: lane.decides,
      decision: decisionOf(subject, lane, run.key, papers),
    })),
  }
}

/** One department of several stops for itself. */
export function partTitle(
  { item, reference }: Pick<Subject, 'item' | 'reference'>,
  {
    type,
    stepKey,
    unitId,
    stopsLaw,
  }: {
    readonly type: string
    readonly stepKey?: string | null
    readonly unitId?: string | null
    readonly stopsLaw?: true
  },
) {
  if (type !== 'clock-suspended' && type !== 'clock-resumed') return undefined
  if (!stepKey || !unitId || !isPartAlone(item, { stepKey })) return undefined
  const whole = stopsLaw ? '法定期限也停，承诺的不因此停' : '总时限照走'
  const said = type === 'clock-suspended' ? `这一段暂停，${whole}` : '这一段接着办'
  return `${organName(reference, unitId)}${said}`
}
