import { firstAction } from '#shared/domain/case/actions'
import { approversFor, openApprovalsAt } from '#shared/domain/case/approvals'
import { isBarred } from '#shared/domain/case/barred'
import { acceptanceClock } from '#shared/domain/case/clocks'
import type { CaseContext, Pool } from '#shared/domain/case/context'
import { isDisowned, isUnnamed } from '#shared/domain/case/identity'
import { stepOf } from '#shared/domain/case/route'
import {
  type ApprovalKind,
  type CaseState,
  noticesGiven,
  type StepPart,
  type StepRun,
} from '#shared/domain/case/state'
import { shareDue } from '#shared/domain/case/task-light'
import { turningDays } from '#shared/domain/case/turning-days'
import { dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem, StepAction } from '#shared/domain/service-item/item'
import { type ClockDue, dueOf } from '#shared/domain/time-limit/clock'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Reference } from '../../service-item'
import { stateOnTime } from '../on-time'
import { correctionRuleOf, currentState } from '../standing'
import { mayGoElsewhere } from './transfer-targets'

/** What may be done at a share. */
interface Open {
  readonly first: StepAction | null
  readonly asked: readonly ApprovalKind[]
  readonly isIdentified: boolean
}

type Nobody = 'unnamed' | 'disowned' | 'disowned-by-firm'

function nobodyIn(item: ServiceItem, state: CaseState): Nobody | null {
  if (isDisowned(state)) return state.applicant?.kind === 'firm' ? 'disowned-by-firm' : 'disowned'
  return isUnnamed(item, state) ? 'unnamed' : null
}

/** A line of another shape is not read; a widened one gets the next number. Missing in the text it is 1. */
const LINE_SHAPE = 2
/** With what the text of every line of this shape begins. */
export const TASK_LINE_HEAD = `{"shape":${LINE_SHAPE},`

/** What a queue says of a share beside its columns: worked out when the case is written, so that no list goes by its state. */
export interface TaskLine {
  readonly shape: typeof LINE_SHAPE
  readonly due: ClockDue
  /** The whole limit that `due` comes from, in working days. */
  readonly days: number
  /** Last day before silence accepts; null where it does not. */
  readonly acceptOn: PlainDate | null
  readonly notices: number
  /** Where nobody is named: whether nobody was yet, or whoever was has not applied. */
  readonly nobody: Nobody | null
  /** From a day on, null from the beginning; in order. `known`: whoever filed it is confirmed by then. */
  readonly spans: readonly {
    readonly from: PlainDate | null
    readonly known: Open
    readonly unknown: Open
  }[]
}

interface LinePlace {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
  readonly ownStaff: readonly string[]
}

/** A share as it stands before one of its pools. */
interface Share {
  readonly run: StepRun
  readonly part: StepPart
  /** Of the step itself; who was asked to allow something is none of them. */
  readonly holders: readonly Pool[]
  /** Who is to end it, where it is disowned and joint. */
  readonly leaders: readonly Pool[]
  readonly pool: Pool
}

const KNOWN = { at: null, numberIndex: '' }

const contextAt = (
  place: LinePlace,
  { holders, leaders, pool }: Share,
  state: CaseState,
  now: Instant,
): CaseContext => ({
  now,
  calendar: place.reference.calendar,
  correctionRule: correctionRuleOf(place.reference),
  actor: { kind: 'staff', pools: [pool], isBarred: false },
  poolsOf: () => holders,
  leadersAt: () => leaders,
  approversOf: (kind, unitId) =>
    approversFor(place.reference, { item: place.item, state }, kind, unitId, ({ id }) => isBarred(place, id)),
})

function openAt(place: LinePlace, share: Share, now: Instant, isFilerKnown: boolean): Open {
  const { item, reference } = place
  const filerConfirmed = isFilerKnown ? KNOWN : null
  const state = stateOnTime(item, { state: place.state, filerConfirmed }, reference, now)
  const target = { stepKey: share.run.key, unitId: share.part.unitId }
  const first = firstAction(item, state, target, contextAt(place, share, state, now))
  const isIdle = first === 'transfer' && !mayGoElsewhere(reference, state, item, target)
  return {
    first: isIdle ? null : first,
    asked: openApprovalsAt(state, target).map((each) => each.for),
    isIdentified: state.identityConfirmed,
  }
}

function acceptOn({ item, state, reference }: LinePlace, { run }: Share) {
  const clock = stepOf(item, run.key).kind === 'accept' ? acceptanceClock(item, state) : null
  const due = clock && dueOf(clock, reference.calendar)
  return due?.kind === 'on' ? due.on : null
}

function spansOf(place: LinePlace, share: Share): TaskLine['spans'] {
  const { item, state, reference, now } = place
  const later = turningDays(item, state, share.run, reference.calendar).filter((day) => day > dayIn(now))
  const spans: TaskLine['spans'][number][] = []
  for (const from of [null, ...later]) {
    const at = from === null ? now : instantAt(from, 0)
    const [known, unknown] = [openAt(place, share, at, true), openAt(place, share, at, false)]
    const last = spans[spans.length - 1]
    if (JSON.stringify([known, unknown]) !== JSON.stringify([last?.known, last?.unknown]))
      spans.push({ from, known, unknown })
  }
  return spans
}

export function taskLine(place: LinePlace, share: Share): TaskLine {
  const { item, state, reference } = place
  return {
    shape: LINE_SHAPE,
    ...shareDue(item, state, share, reference.calendar),
    acceptOn: acceptOn(place, share),
    notices: noticesGiven(state).length,
    nobody: nobodyIn(item, state),
    spans: spansOf(place, share),
  }
}

/**
 * As it is kept with the task: null where the confirmation of whoever filed it would be a receipt, since its dates go by the
 * hour of that then. The queue goes by the state.
 */
export function keptLine(place: LinePlace, share: Share): string | null {
  const { item, state, now } = place
  const known = currentState(item, { state, filerConfirmed: KNOWN }, now)
  const isForetold = known.receivedAt === state.receivedAt && known.corrections === state.corrections
  return isForetold ? JSON.stringify(taskLine(place, share)) : null
}

/** The line on a day. */
export function lineOn(
  { due, days, spans }: TaskLine,
  today: PlainDate,
  { isFilerKnown, calendar }: { readonly isFilerKnown: boolean; readonly calendar: Reference['calendar'] },
): Open & { readonly light: Light } {
  const begun = spans.filter(({ from }) => from === null || from <= today)
  const span = begun[begun.length - 1]
  const open = isFilerKnown ? span?.known : span?.unknown
  return {
    light: lightOf(due, days, today, calendar),
    ...(open ?? { first: null, asked: [], isIdentified: false }),
  }
}
