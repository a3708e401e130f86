import { settlesWords } from '../case/revocation/settling'
import { sharesToNudge } from '../case/step/nudge'
import { nudgeHeard, takesBackAt } from '../case/step/nudge-heard'
import type { PlainDate } from '../kernel/plain-date'
import type { HeldTask, PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { cardOf, pageOf, untilWords, workName } from './staff-task'

const WORD = '申请人催了一次'

const byDay = (left: HeldTask, right: HeldTask) => (left.dueOn ?? '9').localeCompare(right.dueOn ?? '9')

/** Whoever could go on with it hears that somebody waits. What ends today rings by itself: this asks for no other day. */
export function nudgedReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { item, after, events, held, actor, caseNumber } = change
  const nudged = events.find(({ event }) => event.type === 'nudged')
  if (!nudged) return []
  const shares = sharesToNudge(item, after, { now: nudged.event.at, calendar: context.calendar })
  const theirs = new Map<string, HeldTask[]>()
  for (const { task, person } of nudgeHeard(shares, held, context))
    theirs.set(person.id, [...(theirs.get(person.id) ?? []), task])
  theirs.delete(actor.staffId ?? '')
  return [...theirs].map(([id, own]) => {
    const tasks = own.sort(byDay)
    const workOf = (task: HeldTask) =>
      takesBackAt(shares, task) ? settlesWords('unheard').action : workName(change, task)
    const lines = tasks.map((task) => `${workOf(task)}，${untilWords(change, task, today)}`)
    return {
      kind: 'nudged',
      urgent: false,
      channel: 'relation',
      templateId: 'YX-STAFF-TASK',
      title: `${item.plainName}：${WORD}`,
      lines: [...new Set(lines), '申请人在等，期限不变', numberLine(caseNumber)],
      page: pageOf(change),
      data: cardOf(change, tasks[0] as HeldTask, today, WORD),
      eventId: nudged.id,
      recipient: `staff:${id}`,
    }
  })
}
