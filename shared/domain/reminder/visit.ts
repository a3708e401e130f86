import { openRecord, unsigned } from '../case/visit/visit-record'
import { leavesIt } from '../case/whose/barred'
import type { PlainDate } from '../kernel/plain-date'
import type { PlannedReminder, ReminderChange } from './change'
import { cardOf, pageOf } from './staff-task'

const ASKED = '请你签现场记录'

/** Who was there and has not signed hears that a record waits for them; a new one asks them anew. */
export function visitReminders(change: ReminderChange, today: PlainDate): PlannedReminder[] {
  return change.events.flatMap(({ id: eventId, event }) => {
    if (event.type !== 'visit-recorded') return []
    const part = change.after.steps
      .find(({ key }) => key === event.stepKey)
      ?.parts.find(({ unitId }) => unitId === event.unitId)
    const open = part && openRecord(part)
    return (open ? unsigned(open) : [])
      .filter((staffId) => staffId !== change.actor.staffId && !leavesIt(change.after).includes(staffId))
      .map((staffId) => ({
        kind: 'visit-unsigned',
        urgent: false,
        channel: 'relation' as const,
        templateId: 'YX-STAFF-TASK',
        title: `${change.item.plainName}：${ASKED}`,
        lines: ['同事记好了现场核查，看一遍，对就签名；签齐才能往下办', `办件编号 ${change.caseNumber}`],
        page: pageOf(change),
        data: cardOf(change, { stepKey: event.stepKey, dueOn: null }, today, ASKED),
        eventId,
        recipient: `staff:${staffId}` as const,
      }))
  })
}
