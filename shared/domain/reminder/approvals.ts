import { lapsedBecause, openApprovals } from '../case/step/approvals'
import { leavesIt } from '../case/whose/barred'
import type { PlainDate } from '../kernel/plain-date'
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
