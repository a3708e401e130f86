import { dayIn } from '../../kernel/plain-date'
import type { StepKind, SuspendableClock } from '../../service-item/item'
import { dueOf, explainDays } from '../../time-limit/clock'
import { ENDED } from '../case-status'
import { correctionDue, dueOfCase, promisedClock, runningLaw, statutoryClock, taskDue } from '../clock/clocks'
import { provisionalDueOfCase } from '../clock/provisional-due'
import { isDraftStep } from '../correction/draft-step'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import { type CaseState, openCorrection, openParts } from '../state'
import { namesNobody } from '../whose/identity'
import { calendarOf, type Journey } from './case-fixture'

/** A rule in words and whether it holds. */
type Rule = readonly [name: string, holds: boolean]

/** The rules that do not hold after a move, in words. */
export const brokenRules = (before: Journey, after: Journey): readonly string[] =>
  [...endRules(before, after), ...pauseRules(after), ...clockRules(after), ...standingRules(after)]
    .filter(([, holds]) => !holds)
    .map(([name]) => name)

const CHECKED: readonly CaseEvent['type'][] = ['visit-recorded', 'rectification-required', 'examined']
/** A step that is done after the end has its days by the calendar too. */
const isDated = (event: CaseEvent) => event.type === 'dates-moved' && event.sharesOnly === true
/** What was checked after the end is taken back in the same seconds. */
const isOfCheck = ({ type }: CaseEvent, { events }: Journey) =>
  type === 'undone' && events.slice(-1).some((last) => CHECKED.includes(last.type))
/** What happens to a decision that was signed, and to its papers, whether its case has ended or not. */
const OF_DECISION: readonly CaseEvent['type'][] = [
  'decision-corrected',
  'revocation-advised',
  'advice-declined',
  'revocation-proposed',
  'settlers-changed',
  'hearing-dated',
  'holder-heard',
  'decision-kept',
  'decision-revoked',
  'delivery-chosen',
  'posted',
  'post-returned',
  'announced',
  'served',
  'applicant-death-recorded',
  'death-record-withdrawn',
]

const apartFrom = ({ state }: Journey, names: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries({ ...state, version: 0, decidingVersion: 0, ...names }).sort())
const STEPS_ALONE = { steps: [] }
const DECISION_ALONE = {
  revocations: [],
  advice: [],
  services: [],
  deliveryChoice: undefined,
  wordsCorrected: [],
}

function endRules(before: Journey, after: Journey): readonly Rule[] {
  if (before.state.endedAt === null) return []
  const fresh = after.events.slice(before.events.length)
  const isOfDecision = fresh.some(({ type }) => OF_DECISION.includes(type))
  const isRevoked = fresh.some(({ type }) => type === 'decision-revoked')
  const names = isOfDecision ? DECISION_ALONE : STEPS_ALONE
  return [
    [
      'after the end only checks of a follow-up step, and what happens to its decision',
      fresh.every(
        (event) =>
          OF_DECISION.includes(event.type) ||
          isDated(event) ||
          isOfCheck(event, before) ||
          (CHECKED.includes(event.type) &&
            'stepKey' in event &&
            event.stepKey !== null &&
            stepOf(after.item, event.stepKey).followUp),
      ),
    ],
    [
      'what comes after the end touches nothing else, unless the decision falls',
      isRevoked || apartFrom(before, names) === apartFrom(after, names),
    ],
    [
      'nothing that has ended goes on, unless what was refused falls',
      isRevoked || after.state.endedAt !== null,
    ],
  ]
}

const lastIndex = (events: readonly CaseEvent[], matches: (event: CaseEvent) => boolean) =>
  events.reduce((place, event, at) => (matches(event) ? at : place), -1)

/** By what happened: the step that completes the application has ended since its village last began. */
function hasPassedStage({ item, state, events }: Journey) {
  const last = state.steps.filter(({ key }) => stepOf(item, key).completesApplication).slice(-1)[0]
  const begun = lastIndex(
    events,
    (event) =>
      'moved' in event && event.moved !== null && 'villageAnew' in event.moved && event.moved.villageAnew,
  )
  const ended = lastIndex(
    events,
    (event) =>
      (event.type === 'verified' || event.type === 'notice-closed' || event.type === 'examined') &&
      event.stepKey === last?.key,
  )
  return last === undefined || ended > begun
}

/**
 * The promise stands still exactly while a notice is open, a step that stops it is, or a special procedure of the whole runs; the
 * law's days while such a step or procedure is, or that of a department which stops them with its own.
 */
function pauseRules(journey: Journey): readonly Rule[] {
  const { item, state, events } = journey
  const running = state.endedAt === null ? openParts(state) : []
  const stopped = (clock: SuspendableClock) =>
    state.pauses.some((pause) => pause.clock === clock && pause.until === null)
  const byStep = (clock: SuspendableClock) =>
    running.some(({ step }) => stepOf(item, step.key).suspends.includes(clock))
  const special = running.some(
    ({ step, part }) => part.suspendedAt !== null && stepOf(item, step.key).organ.kind !== 'parallel',
  )
  const own = running.some(({ step, part }) =>
    events.some(
      (event) =>
        event.type === 'clock-suspended' &&
        event.stopsLaw === true &&
        event.stepKey === step.key &&
        event.unitId === part.unitId &&
        event.at === part.suspendedAt,
    ),
  )
  const asked = openCorrection(state) !== undefined
  return [
    [
      'the promise stands still when it should',
      stopped('promised') === (asked || byStep('promised') || special),
    ],
    ['the law stands still when it should', stopped('statutory') === (byStep('statutory') || special || own)],
    ['suspended means a special procedure', (state.status === 'suspended') === special],
    ['correcting means an open notice', (state.status === 'correcting') === asked],
    [
      'nothing is received before the village stage has ended',
      state.receivedAt === null || hasPassedStage(journey),
    ],
  ]
}

function clockRules(journey: Journey): readonly Rule[] {
  const { item, state, now } = journey
  const calendar = calendarOf(journey)
  const due = dueOfCase(item, state, calendar)
  const sortedBy = provisionalDueOfCase(item, state, calendar, dayIn(now))
  const running = runningLaw(item, state)
  const law = running && dueOf(running, calendar)
  return [
    [
      'a case is sorted by a day between its filing and the last one of the law',
      sortedBy >= dayIn(state.filedAt) && (law?.kind !== 'on' || sortedBy <= law.on),
    ],
    [
      'what is waited for is not done',
      due.kind !== 'waits-for' || state.endedAt !== null || !isDone(state, due.stepKey),
    ],
    ['an explanation counts the days of the limit', countsItsDays(journey)],
    ['an answer comes three days before the law', answersInTime(journey)],
    [
      'the days of an open share stand still only for nobody, or while its own work is stopped',
      openParts(state).every(
        ({ step, part }) =>
          taskDue(item, state, step, part, calendar).kind !== 'paused' ||
          namesNobody(item, state) ||
          state.pauses.some(
            ({ clock, stepKey, unitId, until }) =>
              clock === 'step' && stepKey === step.key && unitId === part.unitId && until === null,
          ),
      ),
    ],
  ]
}

const isDone = ({ steps }: CaseState, stepKey: string) =>
  steps.some(({ key, status }) => key === stepKey && status === 'done')

const countsItsDays = ({ item, state, ...journey }: Journey) =>
  [promisedClock(item, state), statutoryClock(item, state)].every((clock) => {
    const calendar = calendarOf(journey)
    const due = clock && dueOf(clock, calendar)
    if (!clock || due?.kind !== 'on') return true
    const counted = explainDays(clock, calendar, due.on).filter(({ number }) => number !== null)
    return counted.length === clock.days
  })

function answersInTime({ item, state, ...journey }: Journey) {
  const calendar = calendarOf(journey)
  const asked = openCorrection(state)
  const law = state.accepted && statutoryClock(item, state)
  if (!asked || !law) return true
  const due = correctionDue(item, state, asked, calendar)
  const last = dueOf(law, calendar)
  return due.kind !== 'on' || last.kind !== 'on' || (due.on < last.on && due.on > dayIn(asked.askedAt))
}

const AFTER_ACCEPTANCE: readonly StepKind[] = ['examine', 'inspect', 'decide', 'conclude']

const standingRules = ({ item, state }: Journey): readonly Rule[] => [
  [
    'nothing is examined before acceptance',
    state.accepted !== null ||
      !state.steps.some(
        ({ key, status }) =>
          status === 'open' &&
          AFTER_ACCEPTANCE.includes(stepOf(item, key).kind) &&
          !isDraftStep(stepOf(item, key)),
      ),
  ],
  ['an end has its status', ENDED[state.status] === (state.endedAt !== null)],
  ['somebody has the case until it ends', state.endedAt !== null || openParts(state).length > 0],
  ['delivered only what is concluded', state.status !== 'delivered' || state.concludedAt !== null],
  ['concluded only what is decided', state.concludedAt === null || state.decision !== null],
  ['decided only what is accepted', state.decision === null || state.accepted !== null],
  ['accepted only what is received', state.accepted === null || state.receivedAt !== null],
  ['granted and paid only to whom is known', state.identityConfirmed || state.decision?.kind !== 'granted'],
  [
    'one open notice at most',
    state.corrections.filter((each) => each.suppliedAt === null && each.lapsedAt === null).length < 2,
  ],
]
