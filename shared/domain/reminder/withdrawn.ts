import { stepOf } from '../case/route'
import { leavesIt } from '../case/whose/barred'
import { isDisowned } from '../case/whose/identity'
import type { PlainDate } from '../kernel/plain-date'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { pageOf } from './staff-task'
import { progressData } from './templates'

const WORD = '申请人撤回了'

/** Who had it open when it was taken back: whoever it was given to, else who holds the post. */
function workedBy({ item, before, held }: ReminderChange, { holders }: PlanContext): readonly string[] {
  const open = (before?.steps ?? []).flatMap(({ key, parts }) =>
    parts.filter(({ status }) => status === 'open').map(({ unitId }) => ({ key, unitId })),
  )
  return open.flatMap(({ key, unitId }) => {
    const given = held.flatMap(({ stepKey, partUnitId, assigneeId }) =>
      stepKey === key && partUnitId === unitId && assigneeId !== null ? [assigneeId] : [],
    )
    return given.length > 0 ? given : holders(stepOf(item, key).role, unitId).map(({ id }) => id)
  })
}

/** Whoever works on a case hears once that it is taken back; of what was disowned before others tell. */
export function withdrawnReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { item, before, after, events, actor, caseNumber } = change
  const withdrawn = events.find(({ event }) => event.type === 'withdrawn')
  if (!withdrawn || before === null || isDisowned(before)) return []
  return [...new Set(workedBy(change, context))]
    .filter((id) => id !== actor.staffId && id !== after.enteredBy && !leavesIt(after).includes(id))
    .map((id) => ({
      kind: 'withdrawn',
      urgent: false,
      channel: 'relation',
      templateId: 'YX-STAFF-TASK',
      title: `${item.plainName}：${WORD}`,
      lines: ['不用再办了', numberLine(caseNumber)],
      page: pageOf(change),
      data: progressData({ item: item.plainName, caseNumber, word: '撤回了', day: today, note: WORD }),
      eventId: withdrawn.id,
      recipient: `staff:${id}`,
    }))
}
