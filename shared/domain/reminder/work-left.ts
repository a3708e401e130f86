import type { PlainDate } from '../kernel/plain-date'
import { progressData } from './templates'

export interface WorkLeft {
  /** Who had it in hand until now. */
  readonly name: string
  readonly count: number
  /** Of one of the cases. */
  readonly caseNumber: string
}

/** For each holder of a pool that cases come back to, because whoever had them in hand works here no more: once for all of them. */
export function workLeftMessage({ name, count, caseNumber }: WorkLeft, today: PlainDate) {
  const title = `${count} 件回到你们岗位了`
  return {
    kind: 'work-left',
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title,
    lines: [
      `${name}的工作身份停用了，手上没办完的由岗位上的人接着办`,
      count === 1 ? `办件编号 ${caseNumber}` : `办件编号 ${caseNumber} 等 ${count} 件，都在“待办”里`,
    ],
    page: 'staff/case/queue',
    data: progressData({
      item: title,
      caseNumber,
      word: '接着办',
      day: today,
      note: `${name}不在岗了，接着办`,
    }),
  } as const
}
