import type { Pool } from '../case/context'
import { APPROVAL_LABELS, type Approval, membersTold, type ToldPool } from '../case/step/approval-state'
import { lapsedBecause, openApprovals, openApprovalsAt } from '../case/step/approvals'
import { approversNamed } from '../case/step/approvers'
import { toldOf } from '../case/step/told-of'
import { isBarred, leavesIt } from '../case/whose/barred'
import type { PlainDate } from '../kernel/plain-date'
import { isAmongPools, organName } from '../organization/registry'
import { adminsOf, handlersOf, toStaff } from './after-decision-staff'
import type { HeldTask, PlanContext, PlannedReminder, ReminderChange } from './change'
import { answerMessage, overtakenMessage } from './staff'

/** Requests that wait no more with this change, and the event that it comes of. */
function requestsOver({ before, after, events }: Pick<ReminderChange, 'before' | 'after' | 'events'>) {
  const [waited, open] = [before ? openApprovals(before) : [], openApprovals(after)]
  return after.approvals.flatMap((asked, at) => {
    const [was] = before ? before.approvals.slice(at, at + 1) : []
    const isOver = was !== undefined && waited.includes(was) && !open.includes(asked)
    const ending = isOver && (events.find(({ event }) => event.at === asked.answeredAt) ?? events.at(-1))
    if (!ending) return []
    const isTooLate = events.some(({ event }) => event.type === 'approval-lapsed' && event.for === asked.for)
    return [{ asked, eventId: ending.id, because: lapsedBecause(after, asked, isTooLate) }]
  })
}

const holds =
  ({ holders }: PlanContext, staffId: string | null) =>
  (told: ToldPool) =>
    membersTold(holders)(told).some(({ id }) => id === staffId)

const unitNames = ({ unitName }: PlanContext, pools: readonly Pool[]) =>
  [...new Set(pools.map(({ unitId }) => unitName(unitId)))].join('、')

/**
 * Who waits for what was asked: whoever asked, while they are at work for the share, and beside them to whom it was given since; once
 * they are gone, whoever has the share.
 */
function waitingFor({ held }: ReminderChange, context: PlanContext, { stepKey, unitId, askedBy }: Approval) {
  const { holders } = context
  if (askedBy === null) return []
  const shares = held.filter(
    (task) => !task.approval && task.stepKey === stepKey && task.partUnitId === unitId,
  )
  const isThere = shares.some(({ role, unitId: at }) => holders(role, at).some(({ id }) => id === askedBy))
  const isGiven = shares.some(({ assigneeId }) => assigneeId !== null)
  if (shares.length === 0 || (isThere && !isGiven)) return [askedBy]
  const have = shares.flatMap((task) => toldOf(task, held, context).map(({ id }) => id))
  const all = [...new Set([...(isThere ? [askedBy] : []), ...have])]
  return all.length > 0 ? all : [askedBy]
}

/** Whoever asked for an approval hears how it was answered and by whom, or that nobody answers it any more. */
export function answers(change: ReminderChange, context: PlanContext, today: PlainDate) {
  return requestsOver(change).flatMap(({ asked, eventId, because }): PlannedReminder[] => {
    const answered = asked.approvers.filter(holds(context, change.actor.staffId))
    const by = unitNames(context, answered.length > 0 ? answered : asked.approvers)
    const message = answerMessage(change, asked, { by, because }, today)
    return waitingFor(change, context, asked)
      .filter((id) => id !== change.actor.staffId && !leavesIt(change.after).includes(id))
      .map((id) => ({ ...message, eventId, recipient: `staff:${id}` }))
  })
}

/** Whoever was asked hears that the request waits no more, whoever answered it: the line that asked them stays in the inbox. */
export function overtakenReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const overtaken = requestsOver(change)
  const told = overtaken.flatMap(({ asked }) =>
    asked.approvers
      .flatMap((told) => membersTold(context.holders)(told).map(({ id }) => id))
      .filter((id) => id !== asked.askedBy),
  )
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !leavesIt(change.after).includes(id))
    .map((id) => {
      const own = overtaken.filter(
        ({ asked }) => asked.askedBy !== id && asked.approvers.some(holds(context, id)),
      )
      const message = overtakenMessage(change, own, today)
      return { ...message, eventId: own[0]?.eventId ?? '', recipient: `staff:${id}` }
    })
}

type Logged = ReminderChange['events'][number]

/** What a row of whoever is asked was asked for last. */
export const requestOfRow = (
  { after }: ReminderChange,
  { stepKey, partUnitId, role, unitId }: Pick<HeldTask, 'stepKey' | 'partUnitId' | 'role' | 'unitId'>,
) =>
  openApprovalsAt(after, { stepKey, unitId: partUnitId })
    .filter(({ approvers }) => isAmongPools(approvers, { role, unitId }))
    .at(-1)

/** A request as an event of the change has made or changed it. */
function requestIn({ after }: ReminderChange, { event }: Logged) {
  if (event.type !== 'approval-requested' && event.type !== 'approvers-changed') return undefined
  const asked = openApprovalsAt(after, event).find((each) => each.for === event.for)
  return asked && { asked, event }
}

/** Whom it comes to with this: those who were asked, who came since, or all of them where somebody is there again. */
function comersOf(
  { before }: ReminderChange,
  { asked, event }: NonNullable<ReturnType<typeof requestIn>>,
): Approval['approvers'] {
  if (event.type === 'approval-requested') return event.approvers
  if (event.nobody) return []
  if (event.added.length > 0) return event.added
  const was = before && openApprovalsAt(before, event).find((each) => each.for === event.for)
  return was?.nobody ? asked.approvers : []
}

/** Of those who may handle the case. */
const idsOf = ({ after }: ReminderChange, { holders }: PlanContext, told: readonly ToldPool[]) =>
  [...new Set(told.flatMap((each) => membersTold(holders)(each).map(({ id }) => id)))].filter(
    (id) => !isBarred({ state: after, ownStaff: [] }, id),
  )

/** Who need not answer any more since others are there finds it in the inbox: it asks for nothing. */
function leaversReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  return change.events.flatMap((logged): PlannedReminder[] => {
    const { event } = logged
    if (event.type !== 'approvers-changed') return []
    const asked = openApprovalsAt(change.after, event).find((each) => each.for === event.for)
    const left = asked ? idsOf(change, context, asked.approvers) : []
    const line = `${APPROVAL_LABELS[event.for]}不用批了，现在由别人批`
    return idsOf(change, context, event.removed ?? [])
      .filter((id) => !left.includes(id) && id !== asked?.askedBy && id !== change.actor.staffId)
      .map((id) => ({
        ...toStaff(change, today, logged)(id, '不用批了', line),
        kind: 'approval-overtaken',
        channel: 'inbox',
        // The case may be theirs to read no more.
        page: 'staff/case/queue',
      }))
  })
}

/** Who comes to a request hears that it waits for them, unless a row of its own tells them. */
function comersReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  return change.events.flatMap((logged): PlannedReminder[] => {
    const found = requestIn(change, logged)
    if (!found) return []
    const { asked } = found
    const rows = change.opened.filter((task) => task.approval && requestOfRow(change, task) === asked)
    const isTold = (id: string) =>
      id === asked.askedBy || id === change.actor.staffId || rows.some((task) => holds(context, id)(task))
    const tell = toStaff(change, today, logged)
    const what = APPROVAL_LABELS[asked.for]
    return idsOf(change, context, comersOf(change, found))
      .filter((id) => !isTold(id))
      .map((id) => tell(id, `请你批：${what}`, `请示等着你批：${what}`, true))
  })
}

interface Unanswered {
  readonly logged: Logged
  readonly asked: Approval
  /** Where somebody is missing. */
  readonly units: readonly string[]
}

function unansweredIn(change: ReminderChange): readonly Unanswered[] {
  const of = { item: change.item, state: change.after }
  return change.events.flatMap((logged) => {
    const found = requestIn(change, logged)
    if (found?.event.type !== 'approvers-changed' || !found.event.nobody) return []
    const { asked } = found
    const named = approversNamed(of, asked.for, asked.unitId).map(({ unitId }) => unitId)
    return [{ logged, asked, units: named.length > 0 ? [...new Set(named)] : [asked.unitId] }]
  })
}

const WAITS = '已经请管理员安排一个人，安排了就接着办'

/** Nobody is left to answer: the administrators hear whom to find, the liaison of that unit and who asked that they have been told. */
function nobodyReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const all = unansweredIn(change)
  const admins = adminsOf(change.after, context)
  const others = all.flatMap(({ asked, units }) => [
    ...handlersOf(
      change.after,
      context,
      units.map((unitId): Pool => ({ role: 'liaison', unitId })),
    ),
    ...waitingFor(change, context, asked),
  ])
  const concerns = (id: string, { asked, units }: Unanswered) =>
    waitingFor(change, context, asked).includes(id) ||
    units.some((unitId) => holds(context, id)({ role: 'liaison', unitId }))
  const tell = (id: string, own: readonly Unanswered[], title: string, next: string) => {
    const [first] = own
    if (!first) return []
    const words = own.map(({ asked, units }) => {
      const organs = units.map((unitId) => organName(context, unitId)).join('、')
      return `请示“${APPROVAL_LABELS[asked.for]}”，${organs}没有人能批`
    })
    // Whoever finds somebody need not see the case.
    const page = own.some(({ asked }) => waitingFor(change, context, asked).includes(id))
      ? {}
      : { page: 'staff/case/queue' }
    return [
      { ...toStaff(change, today, first.logged)(id, title, `${words.join('；')}。${next}`, true), ...page },
    ]
  }
  return [
    ...admins.flatMap((id) => tell(id, all, '没有人能批，要安排人', '安排一个能审批的人，就能接着办')),
    ...[...new Set(others)]
      .filter((id) => !admins.includes(id))
      .flatMap((id) =>
        tell(
          id,
          all.filter((each) => concerns(id, each)),
          '请示没有人能批',
          WAITS,
        ),
      ),
  ]
}

/** Who comes to a request hears of it; where nobody is left, who finds somebody and who waits for it, once for all of them. */
export const approversReminders = (
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] => [
  ...comersReminders(change, context, today),
  ...leaversReminders(change, context, today),
  ...nobodyReminders(change, context, today),
]
