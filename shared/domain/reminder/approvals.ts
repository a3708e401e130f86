import { APPROVAL_LABELS } from '../case/state'
import { lapsedBecause, openApprovals, openApprovalsAt } from '../case/step/approvals'
import { leavesIt } from '../case/whose/barred'
import type { PlainDate } from '../kernel/plain-date'
import { organName } from '../organization/registry'
import { findersOf, handlersOf, toStaff } from './after-decision-staff'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
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

/** Whoever asked for an approval hears how it was answered and by whom, or that nobody answers it any more. */
export function answers(change: ReminderChange, { unitName }: PlanContext, today: PlainDate) {
  return requestsOver(change).flatMap(({ asked, eventId, because }): PlannedReminder[] => {
    if (asked.askedBy === null || asked.askedBy === change.actor.staffId) return []
    const by = [...new Set(asked.approvers.map(({ unitId }) => unitName(unitId)))].join('、')
    const message = answerMessage(change, asked, { by, because }, today)
    return [{ ...message, eventId, recipient: `staff:${asked.askedBy}` }]
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
    asked.approvers.flatMap(({ role, unitId }) => context.holders(role, unitId).map(({ id }) => id)),
  )
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !leavesIt(change.after).includes(id))
    .map((id) => {
      const own = overtaken.filter(({ asked }) =>
        asked.approvers.some(({ role, unitId }) =>
          context.holders(role, unitId).some((holder) => holder.id === id),
        ),
      )
      const message = overtakenMessage(change, own, today)
      return { ...message, eventId: own[0]?.eventId ?? '', recipient: `staff:${id}` }
    })
}

/** Nobody is left to answer: who is to find somebody hears of it, and who asked; once somebody is there again they hear that it waits. */
export function approversReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  return change.events.flatMap((logged): PlannedReminder[] => {
    const { event } = logged
    if (event.type !== 'approvers-changed' || event.added.length > 0) return []
    const asked = openApprovalsAt(change.after, event).find((each) => each.for === event.for)
    if (!asked) return []
    const tell = toStaff(change, today, logged)
    const what = APPROVAL_LABELS[event.for]
    if (!event.nobody)
      return handlersOf(change.after, context, asked.approvers).map((id) =>
        tell(id, `请你批：${what}`, `请示等着你批：${what}`, true),
      )
    const organ = organName(context, event.unitId)
    const found = findersOf(change.after, context, event.unitId).map((id) => ({
      ...tell(
        id,
        '没有人能批，要安排人',
        `请示“${what}”，${organ}没有人能批。给它安排一个能审批的人，就能接着办`,
        true,
      ),
      // Whoever finds somebody need not see the case.
      page: 'staff/case/queue',
    }))
    const askers =
      asked.askedBy === null || found.some(({ recipient }) => recipient === `staff:${asked.askedBy}`)
        ? []
        : [asked.askedBy]
    const waits = `${organ}没有人能批“${what}”，已经请管理员安排一个人，安排了就接着办`
    return [...found, ...askers.map((id) => tell(id, '请示没有人能批', waits))]
  })
}
