import { isLeftOut, isUnnamed } from '../case/whose/identity'
import type { PlainDate } from '../kernel/plain-date'
import type { PlannedReminder, ReminderChange } from './change'
import { pageOf } from './staff-task'
import { progressData } from './templates'

const NOT_NAMED = '还没写是谁申请的'
const WRITE_IT = '本人带身份证来，在这件里当面核身份，写上姓名、证件号；写上以前不计时'

/** Whoever typed it and left out who applies finds it again: where the share is another unit's, no queue of theirs has it. */
export function unnamedReminders(change: ReminderChange, today: PlainDate): PlannedReminder[] {
  const { item, after, events, held, caseNumber } = change
  const filed = events.find(({ event }) => event.type === 'filed')
  const isTheirs = held.some(({ partUnitId }) => isLeftOut(item, after, partUnitId))
  if (!filed || after.enteredBy === null || !isUnnamed(item, after) || isTheirs) return []
  return [
    {
      kind: 'name-awaited',
      urgent: false,
      channel: 'inbox',
      templateId: 'YX-STAFF-TASK',
      title: `${item.plainName}：${NOT_NAMED}`,
      lines: [WRITE_IT, `办件编号 ${caseNumber}`],
      page: pageOf(change),
      data: progressData({ item: item.plainName, caseNumber, word: '写名字', day: today, note: NOT_NAMED }),
      eventId: filed.id,
      recipient: `staff:${after.enteredBy}`,
    },
  ]
}
