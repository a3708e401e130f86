import {
  addDays,
  dayIn,
  type Instant,
  instantAt,
  minuteOfDayIn,
  type PlainDate,
  plainDate,
} from '../../kernel/plain-date'
import type { Result } from '../../kernel/result'
import { decidingUnit } from '../../organization/deciding-unit'
import { asFiled, isFastTrack } from '../../service-item/fast-track'
import type { ServiceItem, StepAction } from '../../service-item/item'
import { provisionalWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { newDays } from '../clock/broken-promise'
import type { CaseActor, CaseContext, CaseError, Pool, StandIn } from '../context'
import { isDraftStep } from '../correction/draft-step'
import { returnableDrafts } from '../correction/return-draft'
import { type CaseCommand, decide } from '../decide'
import { handedOverMethods } from '../delivery/delivery-choice'
import type { CaseEvent, DerivedFacts } from '../events'
import { evolve, replay } from '../evolve'
import { stepOf, stepsFor, unitsOf } from '../route'
import {
  type Applicant,
  type CaseState,
  type ContentChange,
  type CorrectionRule,
  openParts,
  type StepRun,
} from '../state'
import { type AllowedAction, allowedActions, approvalChoices } from '../step/actions'
import { openApprovalsAt } from '../step/approvals'
import { extensionApprovers } from '../step/approvers'
import { decideOnTime } from '../step/decide-on-time'
import type { StepCommand } from '../step/step-command'
import type { VisitWritten } from '../visit/visit-record'
import { isDisowned } from '../whose/identity'

/** A case on its way: what happened so far and what time it is. */
export interface Journey {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly now: Instant
  /** Of the county, where it is another than most tests go by. */
  readonly correctionRule?: CorrectionRule
  readonly calendar?: WorkingCalendar
  /** Who has to sign a step that all have to; nobody, and whoever acts is enough. */
  readonly signers?: readonly string[]
  readonly standIns?: readonly StandIn[]
  readonly alsoHeldBy?: readonly Pool[]
  /** No unit has an approver: what is for one is for 督查. */
  readonly isHeadless?: true
  /** Who of the staff hold which pool; missing, and each pool has somebody whom no test names. */
  readonly members?: readonly (Pool & { readonly staffId: string })[]
  /** Nobody has an account. */
  readonly isUnreached?: true
  /** Filed on the phone of somebody who helps: it reaches them, and not the applicant. */
  readonly isHelped?: true
}

export const calendarOf = ({ calendar }: Pick<Journey, 'calendar'>) => calendar ?? CALENDAR_2026

const MORNING = 9 * 60 + 42

export function file(
  guide: ServiceItem,
  day: string,
  more: {
    readonly answers?: Readonly<Record<string, unknown>>
    readonly identityConfirmed?: boolean
    readonly minute?: number
    readonly places?: { readonly villageId: string; readonly townId: string }
    readonly applicant?: Partial<Applicant>
  } = {},
): Journey {
  const fastTrack = isFastTrack(guide, more.answers ?? {})
  const item = asFiled(guide, { fastTrack })
  const at = instantAt(plainDate(day), more.minute ?? MORNING)
  const places = more.places ?? { villageId: 'village', townId: 'town' }
  const where = { ...places, departmentId: item.departmentId }
  const filed: CaseEvent = {
    type: 'filed',
    at,
    serviceItemId: item.id,
    itemVersion: 1,
    where,
    organUnitId: decidingUnit(item, where.townId),
    identityConfirmed: more.identityConfirmed ?? true,
    stepKeys: stepsFor(item, more.answers ?? {}).map(({ key }) => key),
    answersDigest: 'answers',
    applicant: {
      kind: 'person',
      numberIndex: 'number',
      identityIndex: 'identity',
      takenFrom: null,
      underFourteen: null,
      disowned: false,
      ...more.applicant,
    },
    confirmedBy: null,
    seats: null,
    channel: null,
    src: null,
    assisted: null,
    enteredBy: null,
    enteredAt: null,
    relatives: [],
    fastTrack,
  }
  return { item, state: replay(item, [filed]), events: [filed], now: at }
}

type StaffActor = Extract<CaseActor, { kind: 'staff' }>
export const staff = (...pools: readonly Pool[]): StaffActor => ({ kind: 'staff', pools, isBarred: false })
type ApplicantActor = Extract<CaseActor, { kind: 'applicant' }>
export const APPLICANT: ApplicantActor = {
  kind: 'applicant',
  mayWithdraw: true,
  mayTakeOver: false,
  mayDisown: false,
  mayNudge: true,
  isHolder: true,
  mayWaive: true,
  speaksAs: 'owner',
}

/** On whose phone it was filed for the applicant. */
export const HELPER: CaseActor = { ...APPLICANT, isHolder: false, mayWaive: false, speaksAs: 'filer' }

/** Whoever holds the role of a share of a step, and who may prolong the law's limit. */
export function everybody({ item, state }: Journey): StaffActor {
  const holders = state.steps.flatMap((run) =>
    run.parts.map(({ unitId }): Pool => ({ role: stepOf(item, run.key).role, unitId })),
  )
  const approver = item.statutory?.extension?.approvedBy
  const extenders = approver
    ? unitsOf(approver.organ, state.where).map((unitId): Pool => ({ role: approver.role, unitId }))
    : []
  return staff(...holders, ...extenders)
}

export const contextOf = (journey: Journey, actor: CaseActor): CaseContext => ({
  now: journey.now,
  calendar: calendarOf(journey),
  correctionRule: journey.correctionRule ?? { limitDays: 10, graceDays: 5 },
  actor,
  poolsOf: (step, unitId) => [{ role: step.role, unitId }, ...(journey.alsoHeldBy ?? [])],
  signersAt: () => journey.signers ?? [],
  standInsAt: () => journey.standIns ?? [],
  leadersAt: () => [],
  isReached: !journey.isUnreached && !journey.state.isDeceased,
  isApplicantReached: !journey.isUnreached && !journey.isHelped && !journey.state.isDeceased,
  handlersOf: (pools) =>
    journey.members === undefined
      ? pools.map(({ role, unitId }) => `${role} of ${unitId}`)
      : journey.members
          .filter((member) =>
            pools.some(({ role, unitId }) => role === member.role && unitId === member.unitId),
          )
          .map(({ staffId }) => staffId),
  approversOf: (kind, unitId) => {
    const named = kind === 'extend' ? extensionApprovers(journey.item, journey.state) : []
    if (named.length > 0) return named
    if (journey.isHeadless) return [{ role: 'supervisor', unitId: 'county' }]
    return (['town-approver', 'dept-approver'] as const).map((role) => ({ role, unitId }))
  },
})

const nextWorkingDay = (calendar: WorkingCalendar, after: PlainDate): PlainDate => {
  const next = addDays(after, 1)
  return provisionalWorkingDay(calendar)(next) ? next : nextWorkingDay(calendar, next)
}

/** An item whose village looks at it before it is an application, and may ask. */
export function askingVillage(items: readonly ServiceItem[]): ServiceItem {
  const item = items.find(({ id }) => id === 'LX-025')
  if (!item) throw new Error('no LX-025')
  return {
    ...item,
    steps: item.steps.map((step) =>
      step.key === 'village' ? { ...step, actions: [...step.actions, 'request-correction'] } : step,
    ),
  }
}

/** Everything that any action asks for, whichever it is. */
type Fields<Command = StepCommand> = Partial<
  UnionToIntersection<Command extends unknown ? Omit<Command, 'action' | 'reasonDigest'> : never>
> & { readonly reasonDigest?: string | null }
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

export const OFFICERS = ['first', 'second'] as const

/** All found as it should be, nobody of the applicant there. */
export const writtenFor = (item: ServiceItem, stepKey: string): VisitWritten => ({
  digest: 'record',
  findings: (stepOf(item, stepKey).checklist?.points ?? []).map(({ key }) => ({
    point: key,
    answer: 'yes',
    remarkDigest: null,
    fileIds: [],
  })),
  onSite: 'absent',
  onSiteDigest: null,
})

const isOneOf = (approvers: readonly Pool[], actor: CaseActor) =>
  actor.kind === 'staff' &&
  actor.pools.some((own) => approvers.some(({ role, unitId }) => role === own.role && unitId === own.unitId))

/** A command with everything that any action asks for. */
export function complete(
  journey: Journey,
  target: AllowedAction,
  actor: CaseActor = everybody(journey),
): StepCommand {
  const [kind] =
    target.action === 'reject-approval'
      ? openApprovalsAt(journey.state, target)
          .filter(({ approvers }) => isOneOf(approvers, actor))
          .map((asked) => asked.for)
      : approvalChoices(journey.item, journey.state, target, contextOf(journey, actor))
  const command = completeFor(journey, target)
  // Each action takes its own of it.
  return { ...command, ...(kind ? { for: kind } : {}) } as StepCommand
}

const hungOn = (run: StepRun | undefined) => run?.publishedOn ?? run?.objectedOf

const completeFor = (
  { now, item, state, calendar = CALENDAR_2026, isUnreached }: Journey,
  { action, stepKey, unitId }: AllowedAction,
) => ({
  action,
  stepKey,
  unitId,
  // What fell is not refused for the same reason again.
  reasonDigest: ['reason', ...(state.refusedBefore ?? []).map(() => 'anew')].join(' '),
  items: [{ kind: 'material', name: '照片', reasonDigest: 'why' }],
  toUnitId: (action === 'return-draft' ? returnableDrafts(item, state)[0] : undefined) ?? `${unitId}-other`,
  staffId: 'first',
  officerIds: [...OFFICERS],
  record: writtenFor(item, stepKey),
  recordDigest: 'record',
  paperId: 'paper',
  whyAnewDigest: 'why',
  recheckOn: nextWorkingDay(calendar, dayIn(now)),
  newDueOn: newDays(item, state, { now, calendar })[0] ?? nextWorkingDay(calendar, dayIn(now)),
  basis: 'appraisal',
  expectedDays: 5,
  raisedOn: hungOn(state.steps.find(({ key }) => key === stepKey)) ?? dayIn(now),
  paidOn: dayIn(now),
  method: handedOverMethods(item, state, !isUnreached)[0],
  cause: isDisowned(state) ? 'disowned' : 'deceased',
  moved: null,
})

export const NO_CHANGE: ContentChange = { fields: [], papers: [], byOwner: false, named: null }

const PERSON: Applicant = {
  kind: 'person',
  numberIndex: 'number',
  identityIndex: 'identity',
  takenFrom: null,
  underFourteen: false,
  disowned: false,
}

/** What follows from answers that changed nothing of it. */
export const factsOf = ({ state }: Journey): DerivedFacts => ({
  applicant: state.applicant ?? PERSON,
  confirmedBy: null,
  stepKeys: state.steps.map(({ key }) => key),
  seats: [],
  moved: null,
})

export function append(journey: Journey, fresh: readonly CaseEvent[]): Journey {
  const { item, state } = journey
  const events = [...journey.events, ...fresh]
  return fresh.some(({ type }) => type === 'undone')
    ? { ...journey, events, state: replay(item, events) }
    : {
        ...journey,
        events,
        state: fresh.reduce<CaseState>((each, event) => evolve(item, each, event), state),
      }
}

export function attempt(
  journey: Journey,
  command: CaseCommand,
  actor: CaseActor,
): Result<Journey, CaseError> {
  const decided = decide(journey.item, journey.state, command, contextOf(journey, actor))
  return decided.ok ? { ok: true, value: append(journey, decided.value) } : decided
}

function perform(journey: Journey, command: CaseCommand, actor: CaseActor): Journey {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(`${journey.item.id}: ${tried.error.code} for ${JSON.stringify(command)}`)
  return tried.value
}

/** What everybody together may do now. */
export const offered = (journey: Journey) =>
  allowedActions(journey.item, journey.state, contextOf(journey, everybody(journey)))

/** One act of whoever may do it, at the first open share of a step that offers it. */
export function act(
  journey: Journey,
  action: StepAction,
  more: Fields & { readonly actor?: CaseActor } = {},
): Journey {
  const { actor = everybody(journey), ...rest } = more
  const open = allowedActions(journey.item, journey.state, contextOf(journey, actor))
  const found = open.find(
    (each) =>
      each.action === action &&
      (rest.stepKey === undefined || each.stepKey === rest.stepKey) &&
      (rest.unitId === undefined || each.unitId === rest.unitId),
  )
  if (!found) throw new Error(`${journey.item.id}: no ${action} among ${open.map((each) => each.action)}`)
  const done = perform(
    journey,
    { type: 'act', ...complete(journey, found, actor), ...rest } as CaseCommand,
    actor,
  )
  return action === 'record-visit' ? signed(done, found, actor) : done
}

/** Each of the officers signs what was recorded. */
const signed = (journey: Journey, { stepKey, unitId }: AllowedAction, actor: CaseActor): Journey =>
  OFFICERS.reduce((each, staffId) => {
    const command = {
      action: 'sign-visit',
      stepKey,
      unitId,
      reasonDigest: null,
      recordDigest: 'record',
    } as const
    const officer: CaseActor = actor.kind === 'staff' ? { ...actor, staffId } : actor
    return perform(each, { type: 'act', ...command }, officer)
  }, journey)

/** Each department that looks before acceptance needs nothing. */
export const nothingMissing = (journey: Journey): Journey =>
  openParts(journey.state)
    .filter(({ step }) => isDraftStep(stepOf(journey.item, step.key)))
    .reduce((next, { part }) => act(next, 'draft-nothing', { unitId: part.unitId }), journey)

export const supplement = (journey: Journey) =>
  perform(
    journey,
    { type: 'supplement', answersDigest: 'supplemented', facts: factsOf(journey), change: NO_CHANGE },
    APPLICANT,
  )

export const withdraw = (journey: Journey) =>
  perform(journey, { type: 'withdraw', reasonDigest: null }, APPLICANT)

export const later = (journey: Journey, days: number): Journey => ({
  ...journey,
  now: instantAt(addDays(dayIn(journey.now), days), minuteOfDayIn(journey.now)),
})

export const onDay = (journey: Journey, day: string, minute = MORNING): Journey => ({
  ...journey,
  now: instantAt(plainDate(day), minute),
})

/** What the job of the deadlines makes of the case. */
export const passTime = (journey: Journey): Journey =>
  append(journey, decideOnTime(journey.item, journey.state, contextOf(journey, { kind: 'system' })))

/** Why an act is refused to somebody; undefined when it is done. */
export function refusal(
  journey: Journey,
  action: StepAction,
  stepKey: string,
  actor: CaseActor,
  more: Fields = {},
) {
  const unitId = journey.state.steps.find((run) => run.key === stepKey)?.parts[0]?.unitId ?? ''
  const command = { ...complete(journey, { action, stepKey, unitId }), ...more }
  const tried = attempt(journey, { type: 'act', ...command } as CaseCommand, actor)
  return tried.ok ? undefined : tried.error.code
}
