import { stepOf } from '../case/route'
import type { PlainDate } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'
import type { ServiceItem, StepKind } from '../service-item/item'
import type { Light } from '../time-limit/light'
import { dayWords } from './keywords'
import { progressData } from './templates'

/** A share of an open step at one pool. */
export interface StaffTask {
  readonly stepKey: string
  readonly role: StaffRole
  readonly unitId: string
  readonly dueOn: PlainDate | null
}

interface TaskOf {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
}

const STEP_WORDS = {
  verify: '核实',
  accept: '受理',
  examine: '审查',
  inspect: '现场核查',
  publicise: '公示',
  decide: '决定',
  conclude: '办结',
} as const satisfies Record<StepKind, string>

const pageOf = ({ caseId }: TaskOf) => `staff/case/case?id=${caseId}`

function cardOf(of: TaskOf, task: StaffTask, today: PlainDate, note: string) {
  const word = STEP_WORDS[stepOf(of.item, task.stepKey).kind]
  return progressData({
    item: of.item.plainName,
    caseNumber: of.caseNumber,
    word,
    day: task.dueOn ?? today,
    note,
  })
}

const untilWords = (task: StaffTask, today: PlainDate) =>
  task.dueOn === null ? '日期等放假安排公布' : `最晚 ${dayWords(task.dueOn, today)}`

/** For each holder of a pool whose work a change has opened; urgent when it runs out on the same day. */
export function taskMessage(of: TaskOf, task: StaffTask, today: PlainDate) {
  const { name } = stepOf(of.item, task.stepKey)
  const until = untilWords(task, today)
  return {
    kind: 'task',
    urgent: task.dueOn !== null && task.dueOn <= today,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `新办件：${of.item.plainName}`,
    lines: [`${name}，${until}`, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: cardOf(of, task, today, until),
  } as const
}

/** The lights at which staff are told that a task runs out. */
export type DueLight = Extract<Light, { kind: 'soon' | 'today' | 'late' }>

export const isDueLight = (light: Light): light is DueLight =>
  light.kind === 'soon' || light.kind === 'today' || light.kind === 'late'

function lightWords(light: DueLight) {
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
export function dueMessage(of: TaskOf, task: StaffTask, light: DueLight, today: PlainDate) {
  const { name } = stepOf(of.item, task.stepKey)
  const words = lightWords(light)
  return {
    kind: `due-${light.kind}`,
    urgent: light.kind !== 'soon',
    channel: 'relation',
    templateId: 'YX-STAFF-DUE',
    title: `${of.item.plainName}：${words}`,
    lines: [`${name}，${untilWords(task, today)}`, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: cardOf(of, task, today, words),
  } as const
}
