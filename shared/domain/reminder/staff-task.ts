import { stepOf } from '../case/route'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'
import type { ServiceItem, StepKind } from '../service-item/item'
import { progressData } from './templates'

/** A share of an open step at one pool. */
export interface StaffTask {
  readonly stepKey: string
  readonly role: StaffRole
  readonly unitId: string
  readonly dueOn: PlainDate | null
}

export interface TaskOf {
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

export const pageOf = ({ caseId }: TaskOf) => `staff/case/case?id=${caseId}`

export function cardOf(
  of: TaskOf,
  task: Pick<StaffTask, 'stepKey' | 'dueOn'>,
  today: PlainDate,
  note: string,
) {
  const word = STEP_WORDS[stepOf(of.item, task.stepKey).kind]
  return progressData({
    item: of.item.plainName,
    caseNumber: of.caseNumber,
    word,
    day: task.dueOn ?? today,
    note,
  })
}

export const untilWords = (task: StaffTask, today: PlainDate) =>
  task.dueOn === null ? '日期等放假安排公布' : `最晚 ${dayWords(task.dueOn, today)}`
