import { leavesIt } from '../case/whose/barred'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { cardOf, pageOf } from './staff-task'

const WORDS = '到期没受理，视为受理'

/** Liaison and supervisor hear that an office has let the days of acceptance pass: once each. */
export function silenceReminders(
  change: ReminderChange,
  { holders, unitName }: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const found = change.events.find(({ event }) => event.type === 'accepted' && event.bySilence)
  if (found?.event.type !== 'accepted') return []
  const { event, id: eventId } = found
  const told = (event.told ?? []).flatMap(({ role, unitId }) => holders(role, unitId).map(({ id }) => id))
  const on = change.after.accepted?.on ?? today
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !leavesIt(change.after).includes(id))
    .map((id) => ({
      kind: 'silence',
      urgent: false,
      channel: 'relation',
      templateId: 'YX-STAFF-DUE',
      title: `${change.item.plainName}：${WORDS}`,
      lines: [
        `${unitName(event.unitId)}在受理期限里没有答复，自 ${dayWords(on, today)} 起视为受理，申请人已经知道`,
        ...(change.after.endedAt === null ? ['问一问为什么没人答复，催着往下办'] : []),
        numberLine(change.caseNumber),
      ],
      page: pageOf(change),
      data: cardOf(change, { stepKey: event.stepKey, dueOn: null }, today, WORDS),
      eventId,
      recipient: `staff:${id}`,
    }))
}
