import { nearestDue } from '#shared/domain/case/clock/clocks'
import type { Pool } from '#shared/domain/case/context'
import { leaveAskedUntil } from '#shared/domain/case/revocation/settling'
import { stepOf } from '#shared/domain/case/route'
import type { CaseState, StepPart, StepRun, StepTarget } from '#shared/domain/case/state'
import { awaitedSigners, isJointlySigned, signingWords } from '#shared/domain/case/step/joint-signing'
import { isBarred, type WhoseCase } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isAwayBetween, spanUntil } from '#shared/domain/organization/duty'
import { type DeciderInPlace, decidersInPlace } from '#shared/domain/organization/pools'
import type { StaffMember } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../../service-item'
import type { CaseTask } from '../task'

interface Staffed {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
  readonly ownStaff: WhoseCase['ownStaff']
}

interface Place {
  readonly role: string
  readonly unitId: string
  readonly dueOn: PlainDate | null
}

/** Who works where, and on which days. */
export interface There {
  readonly reference: Pick<Reference, 'holders' | 'calendar'>
  readonly now: Instant
}

/** Whoever holds the role in the unit now, less those who must not handle the case and those who are on leave until it is due. */
function thereBy(
  { reference, now }: There,
  { role, unitId, dueOn }: Place,
  mustNot: (staffId: string) => boolean,
): readonly StaffMember[] {
  const span = spanUntil(now, dueOn)
  const isWorkingDay = provisionalWorkingDay(reference.calendar)
  return reference
    .holders(role, unitId)
    .filter((member) => !mustNot(member.id) && !isAwayBetween(member, span, isWorkingDay))
}

/**
 * Whoever holds one of these pools and is not on leave until a day to settle (`leaveAskedUntil`); of no day nobody is asked for their
 * leave.
 */
export const membersThere = (
  at: There,
  pools: readonly Pool[],
  until: PlainDate | null,
): readonly string[] => {
  const dueOn = until && leaveAskedUntil(until, dayIn(at.now))
  const members = pools.flatMap(({ role, unitId }) =>
    dueOn === null ? at.reference.holders(role, unitId) : thereBy(at, { role, unitId, dueOn }, () => false),
  )
  return [...new Set(members.map(({ id }) => id))]
}

/** Of them whoever may handle the case. */
export const handlersIn =
  ({ reference, now, ...whose }: There & WhoseCase) =>
  (pools: readonly Pool[], until: PlainDate | null): readonly string[] =>
    membersThere({ reference, now }, pools, until).filter((id) => !isBarred(whose, id))

/** Who has to sign a share that each of its holders has to pass. Nobody, where whoever stands in for them passes it for all. */
export function signersAt(
  staffed: Staffed,
  tasks: readonly CaseTask[],
  { stepKey, unitId }: StepTarget,
): readonly StaffMember[] {
  const { item, state, reference } = staffed
  const run = state.steps.find(({ key }) => key === stepKey)
  const part = run?.parts.find((each) => each.unitId === unitId)
  if (!run || !part) return []
  const { role } = stepOf(item, stepKey)
  const { due } = nearestDue(item, state, run, part, reference.calendar)
  const last = { tasks, pools: [{ role, unitId }] }
  return thereBy(staffed, { role, unitId, dueOn: due.kind === 'on' ? due.on : null }, (id) =>
    isBarred(staffed, id, last),
  )
}

/** Who decides a share in place of its holders, as it stands today. */
export function standInsAt(staffed: Staffed, { stepKey, unitId }: StepTarget): readonly DeciderInPlace[] {
  const { item, state, reference, now } = staffed
  const run = state.steps.find(({ key }) => key === stepKey)
  const part = run?.parts.find((each) => each.unitId === unitId)
  if (!run || !part) return []
  const { due } = nearestDue(item, state, run, part, reference.calendar)
  return decidersInPlace(reference, {
    role: stepOf(item, stepKey).role,
    unitId,
    isBarred: ({ id }) => isBarred(staffed, id),
    isWorkingDay: provisionalWorkingDay(reference.calendar),
    span: spanUntil(now, due.kind === 'on' ? due.on : null),
  })
}

const wordsOf = (signers: readonly StaffMember[], part: Pick<StepPart, 'signedBy'>) => {
  const left = awaitedSigners(
    signers.map(({ id }) => id),
    part,
  )
  return signingWords(
    part.signedBy?.length ?? 0,
    signers.flatMap(({ id, name }) => (left.includes(id) ? [name] : [])),
  )
}

/** What a page says of who has signed a share, and for whom it waits; null where one of them passes it for all. */
export function signingText(
  staffed: Staffed,
  tasks: readonly CaseTask[],
  { key: stepKey }: StepRun,
  part: StepPart,
): string | null {
  if (!isJointlySigned(staffed.item, stepKey)) return null
  if (part.status === 'open') {
    const signers = signersAt(staffed, tasks, { stepKey, unitId: part.unitId })
    return signers.length > 0 || part.signedBy ? wordsOf(signers, part) : null
  }
  return part.outcome === 'passed' ? wordsOf([], part) : null
}

/** Who has signed a share, and who of its holders must not: as a queue keeps it. Missing until somebody has. */
export interface Signing {
  readonly signedBy: readonly string[]
  readonly barred: readonly string[]
}

export function signingOf(
  staffed: Staffed,
  { key }: StepRun,
  { unitId, signedBy }: StepPart,
): { readonly signing?: Signing } {
  if (signedBy === undefined || !isJointlySigned(staffed.item, key)) return {}
  const holders = staffed.reference.holders(stepOf(staffed.item, key).role, unitId)
  const barred = holders.map(({ id }) => id).filter((id) => isBarred(staffed, id))
  return { signing: { signedBy, barred } }
}

/** 已签 2 人，还等 1 人：王五, of a row of a queue. */
export const signingNote = (
  at: There,
  item: ServiceItem,
  { stepKey, partUnitId, dueOn }: Pick<CaseTask, 'stepKey' | 'partUnitId' | 'dueOn'>,
  { signedBy, barred }: Signing,
) =>
  wordsOf(
    thereBy(at, { role: stepOf(item, stepKey).role, unitId: partUnitId, dueOn }, (id) => barred.includes(id)),
    { signedBy },
  )
