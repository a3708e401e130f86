import { type Settles, settlesWords } from '../case/revocation/settling'
import type { PlainDate } from '../kernel/plain-date'
import type { Light } from '../time-limit/light'
import { cardOf, pageOf, type StaffTask, type TaskOf, untilWords, workName } from './staff-task'

/** The lights at which staff are told that a task runs out. */
export type UrgentLight = Extract<Light, { kind: 'soon' | 'today' | 'late' }>

export const isUrgentLight = (light: Light): light is UrgentLight =>
  light.kind === 'soon' || light.kind === 'today' || light.kind === 'late'

function lightWords(light: UrgentLight) {
  switch (light.kind) {
    case 'soon':
      return `还剩 ${light.daysLeft} 个工作日`
    case 'today':
      return '今天 17:30 前办好'
    case 'late':
      return `超期 ${light.daysLate} 个工作日`
  }
}

/** For each holder of a pool whose open task runs out: once for each light. */
export function dueMessage(
  of: TaskOf,
  task: StaffTask & { readonly settles?: Settles },
  light: UrgentLight,
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
    data: cardOf(of, task, today, words),
  } as const
}
