import { type Settles, settlesWords } from '../case/revocation/settling'
import { dayWords } from '../kernel/day-words'
import { CLOSING_MINUTE } from '../kernel/office-hours'
import { clockWords, type PlainDate } from '../kernel/plain-date'
import type { Light } from '../time-limit/light'
import { cardOf, pageOf, type StaffTask, type TaskOf, untilWords, workName } from './staff-task'

/** The lights at which staff are told that a task runs out. */
export type UrgentLight = Extract<Light, { kind: 'soon' | 'today' | 'late' }>

export const isUrgentLight = (light: Light): light is UrgentLight =>
  light.kind === 'soon' || light.kind === 'today' || light.kind === 'late'

/** What is told in the last hours of duty before the day on which it is due. */
export const LAST_DUTY = { kind: 'last-duty' } as const

function lightWords(light: UrgentLight | typeof LAST_DUTY) {
  switch (light.kind) {
    case 'last-duty':
      return '到期前最后一次值班'
    case 'soon':
      return `还剩 ${light.daysLeft} 个工作日`
    case 'today':
      return '今天 17:30 前办好'
    case 'late':
      return `超期 ${light.daysLate} 个工作日`
  }
}

/** The phone may ring on another day, when its owner is next on duty: it says nothing that is true today alone. */
const pushWords = (light: UrgentLight | typeof LAST_DUTY, dueOn: PlainDate, today: PlainDate) =>
  light.kind === 'late'
    ? `超期了，最晚是 ${dayWords(dueOn, today)}`
    : `最晚 ${dayWords(dueOn, today)} ${clockWords(CLOSING_MINUTE)}`

/** For each holder of a pool whose open task runs out: once for each light. */
export function dueMessage(
  of: TaskOf,
  task: StaffTask & { readonly settles?: Settles },
  light: UrgentLight | typeof LAST_DUTY,
  today: PlainDate,
) {
  const name = task.settles ? settlesWords(task.settles).name : workName(of, task)
  const words = lightWords(light)
  return {
    kind: `due-${light.kind}`,
    urgent: light.kind !== 'soon',
    channel: 'relation',
    templateId: 'YX-STAFF-DUE',
    title: `${of.item.plainName}：${words}`,
    lines: [`${name}，${untilWords(of, task, today)}`, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: cardOf(of, task, today, task.dueOn === null ? words : pushWords(light, task.dueOn, today)),
  } as const
}
