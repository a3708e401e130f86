import { awaitedAt } from '../case/delivery/delivery-clock'
import type { ServedPaper } from '../case/delivery/delivery-state'
import { PAPER_WORDS } from '../case/paper/service-words'
import { stepOf } from '../case/route'
import type { CaseState } from '../case/state'
import { isDisowned, isLeftOut, NO_APPLICANT_NO_DATE, nobodysDays } from '../case/whose/identity'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { StaffRole } from '../organization/staff'
import type { ServiceItem, StepKind } from '../service-item/item'
import { plainStepName } from '../service-item/step-name'
import { progressData } from './templates'

/** A share of an open step at one pool. */
export interface StaffTask {
  readonly stepKey: string
  /** Whose share it is; `unitId` is of who works on it. */
  readonly partUnitId: string
  readonly role: StaffRole
  readonly unitId: string
  readonly dueOn: PlainDate | null
}

export interface TaskOf {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  /** Where it is known how the case stands. */
  readonly after?: CaseState
  /** Where that is not known: the paper that the share has to serve. */
  readonly serve?: ServedPaper | undefined
}

/** The paper that is all that is left to do at a share; undefined where it has work of its own. */
export function paperToServe(
  { item, after, serve }: TaskOf,
  task: Pick<StaffTask, 'stepKey' | 'partUnitId'>,
) {
  if (!after) return serve
  const run = after.steps.find(({ key }) => key === task.stepKey)
  const part = run?.parts.find(({ unitId }) => unitId === task.partUnitId)
  const isOpen = run?.status === 'open' && part?.status === 'open'
  return isOpen ? undefined : awaitedAt(item, after, { stepKey: task.stepKey, unitId: task.partUnitId })
}

/** 审核, or 送达拟撤销告知书 */
export function workName(of: TaskOf, task: Pick<StaffTask, 'stepKey' | 'partUnitId'>) {
  const paper = paperToServe(of, task)
  return paper ? `送达${PAPER_WORDS[paper]}` : plainStepName(stepOf(of.item, task.stepKey).name)
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

export function untilWords({ item, after }: TaskOf, task: StaffTask, today: PlainDate) {
  if (task.dueOn !== null) return `最晚 ${dayWords(task.dueOn, today)}`
  const standsStill =
    after && nobodysDays(item, after)?.until === null && !isLeftOut(item, after, task.partUnitId)
  if (!standsStill) return '日期等放假安排公布'
  return isDisowned(after) ? NO_APPLICANT_NO_DATE : '还没写是谁申请的，先不定日期'
}
