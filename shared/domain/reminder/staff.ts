import { handedOverWords } from '../case/delivery/delivery-words'
import { isCertificateApart } from '../case/delivery/settle'
import type { CaseEvent } from '../case/events'
import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { partlyWords, tallyOf } from '../case/parallel/share-decisions'
import { stepOf } from '../case/route'
import type { CaseState } from '../case/state'
import { mayBeDecidedAgainst } from '../case/step/actions'
import { APPROVAL_LABELS, type Approval, type ApprovalKind } from '../case/step/approval-state'
import { type LapsedBecause, lapsedWords } from '../case/step/approvals'
import { ledShare } from '../case/step/leading'
import { CHECK_FAILED } from '../case/visit/check'
import { isWithdrawable } from '../case/whose/applicant-acts'
import { disownedWords, ENDED_BY_ACCEPTING, nobodyApplied, typedByYou } from '../case/whose/disowned'
import { isDisowned } from '../case/whose/identity'
import type { PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { plainStepName } from '../service-item/step-name'
import type { ResidentMessage } from './resident-message'
import { cardOf, pageOf, paperToServe, type StaffTask, type TaskOf, untilWords, workName } from './staff-task'
import { progressData } from './templates'

type CaseOf = TaskOf & { readonly after: CaseState }

/** Why work that was done, or stood still, is there again. */
interface Again {
  readonly title: string
  readonly line: string
}

/** Undefined where the work is new. */
export function workAgain(item: ServiceItem, events: readonly CaseEvent[]): Again | undefined {
  const why = '为什么，点开就看到'
  for (const event of events) {
    if (event.type === 'returned')
      return {
        title: '退回重新审核',
        line: `从“${plainStepName(stepOf(item, event.stepKey).name)}”退回来，${why}`,
      }
    if (event.type === 'draft-returned')
      return { title: '要补的退回来改', line: `改好再交，你们要的那几样没有撤掉；${why}` }
    if (event.type === 'objection-recorded') return { title: '公示收到异议', line: `重新审核，${why}` }
    if (event.type === 'decision-revoked' && event.decided === 'refused')
      return { title: '不批的决定撤销了', line: `重新作决定，${why}` }
    if (event.type === 'correction-lapsed')
      return { title: '接着办', line: '申请人没有补，按现有的材料接着办' }
  }
  return undefined
}

function titleOf(of: TaskOf, task: StaffTask, again: Again | undefined) {
  const { plainName } = of.item
  if (again) return `${plainName}：${again.title}`
  return paperToServe(of, task) ? `${plainName}：${workName(of, task)}` : `新办件：${plainName}`
}

/**
 * For each holder of the pools whose work a change has opened: the share that runs out first, urgent when that is on the
 * same day, and beside it the `others` that are theirs; `more` says what came to the case.
 */
export function taskMessage(
  of: TaskOf,
  task: StaffTask,
  today: PlainDate,
  {
    others = [],
    more = [],
    again,
  }: {
    readonly others?: readonly StaffTask[]
    readonly more?: readonly string[]
    readonly again?: Again | undefined
  } = {},
) {
  const until = untilWords(of, task, today)
  const lineOf = (each: StaffTask) => `${workName(of, each)}，${untilWords(of, each, today)}`
  return {
    kind: 'task',
    urgent: task.dueOn !== null && task.dueOn <= today,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: titleOf(of, task, again),
    lines: [
      ...new Set([task, ...others].map(lineOf)),
      ...(again ? [again.line] : []),
      ...more,
      `办件编号 ${of.caseNumber}`,
    ],
    page: pageOf(of),
    data: cardOf(of, task, today, until),
  } as const
}

const BROUGHT_WORDS = {
  added: '又交了材料',
  supplemented: '补了材料',
  'applicant-named': '申请人核过了身份',
  'taken-over': '本人接手',
} as const

/** For whoever works on a case that something was brought to. */
export function broughtMessage(
  of: TaskOf,
  task: Parameters<typeof cardOf>[1],
  how: keyof typeof BROUGHT_WORDS,
  lines: readonly string[],
  today: PlainDate,
) {
  return {
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：${BROUGHT_WORDS[how]}`,
    lines: [...lines, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: cardOf(of, task, today, BROUGHT_WORDS[how]),
  } as const
}

/** For whoever is to end what is disowned, at a share that it rests at. */
export const leadMessage = (...[of, task, today, more]: Parameters<typeof taskMessage>) =>
  ({ ...taskMessage(of, task, today, more), kind: 'lead' }) as const

/** For whoever is asked to allow something at a step that is not theirs. */
export function approvalMessage(
  of: TaskOf,
  task: StaffTask,
  kind: ApprovalKind,
  today: PlainDate,
  more: readonly string[],
) {
  const words = `请你批：${APPROVAL_LABELS[kind]}`
  const { kind: _kind, title: _title, ...message } = taskMessage(of, task, today, { more })
  return {
    ...message,
    kind: 'approval',
    title: `${of.item.plainName}：${words}`,
    data: cardOf(of, task, today, words),
  } as const
}

const answerWords = ({ granted }: Approval) => (granted === null ? '没等到批' : granted ? '批了' : '没有同意')

interface Answered {
  /** The approvers' units. */
  readonly by: string
  /** Where nobody answered. */
  readonly because: LapsedBecause
}

function answerLines(after: CaseState, { granted }: Approval, { by, because }: Answered) {
  if (granted === true) return []
  if (granted === false) return [`${by}没有同意，为什么，点开就看到`]
  return [because === 'limit' ? '法定期限已经过了，不能再延' : `${lapsedWords(because, after)}，请示不再有用`]
}

/** For whoever had asked. Who said no stands there; why is read with the case. */
export function answerMessage(of: CaseOf, asked: Approval, answered: Answered, today: PlainDate) {
  const words = `${APPROVAL_LABELS[asked.for]}${answerWords(asked)}`
  const name = plainStepName(stepOf(of.item, asked.stepKey).name)
  return {
    kind: 'approval-answered',
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：${words}`,
    lines: [name, ...answerLines(of.after, asked, answered), `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: cardOf(of, { stepKey: asked.stepKey, dueOn: null }, today, words),
  } as const
}

/** A request that waits no more, and what came before where nobody answered it. */
export interface Overtaken {
  readonly asked: Approval
  readonly because: LapsedBecause
}

const OVERTAKEN = '不用批了'

const overtakenWords = ({ asked: { granted }, because }: Overtaken, after: CaseState) =>
  granted === null ? lapsedWords(because, after) : `已经有人${granted ? '批了' : '答复不同意'}`

/** For whoever was asked: nobody needs their answer any more, and the queue has lost it. */
export const overtakenMessage = (of: CaseOf, overtaken: readonly Overtaken[], today: PlainDate) =>
  ({
    kind: 'approval-overtaken',
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：${OVERTAKEN}`,
    lines: [
      ...overtaken.map(
        (each) => `${APPROVAL_LABELS[each.asked.for]}${OVERTAKEN}，${overtakenWords(each, of.after)}`,
      ),
      `办件编号 ${of.caseNumber}`,
    ],
    page: pageOf(of),
    data: cardOf(of, { stepKey: overtaken[0]?.asked.stepKey ?? '', dueOn: null }, today, OVERTAKEN),
  }) as const

/** For whoever decided: what was granted is not as it was said to be, and only they can put it right. */
export function checkFailedMessage(of: TaskOf, stepKey: string, today: PlainDate) {
  return {
    kind: 'check-failed',
    urgent: true,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：${CHECK_FAILED}`,
    lines: [
      `办好以后的${plainStepName(stepOf(of.item, stepKey).name)}，理由点开就看到`,
      '责令改正，还是撤销决定，由你们定：要撤销的先告诉申请人，听申请人说',
      `办件编号 ${of.caseNumber}`,
    ],
    page: pageOf(of),
    data: cardOf(of, { stepKey, dueOn: null }, today, CHECK_FAILED),
  } as const
}

/** For whoever had a share that went to another place with the applicant's village. */
export function lostMessage(of: TaskOf, unitName: string, today: PlainDate) {
  const line = `申请人的村改了，转给了${unitName}`
  return {
    kind: 'moved-away',
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：转给别的单位了`,
    lines: [line, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: '已转办',
      day: today,
      note: line,
    }),
  } as const
}

/** Nobody goes on with what nobody applied for; what was decided or is over stays. */
function whatFollows({ item, after }: CaseOf) {
  const said = nobodyApplied(after)
  if (!isWithdrawable(after)) return said
  if (ledShare(item, after)) return `${said}。${ENDED_BY_ACCEPTING}`
  return `${said}。由正在办的终止${mayBeDecidedAgainst({ item, state: after }) ? '，或者写明理由不予' : ''}`
}

/** For whoever works on it, was asked about it, decided it or typed it: the number is somebody's who has not applied. */
export const disownedMessage = (of: CaseOf, today: PlainDate, isTypist = false) =>
  ({
    kind: 'disowned',
    urgent: true,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：${disownedWords(of.after)}`,
    lines: [isTypist ? typedByYou(of.after) : whatFollows(of), `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: of.after.applicant?.kind === 'firm' ? '企业不认' : '本人不认',
      day: today,
      note: disownedWords(of.after),
    }),
  }) as const

/** For each department of a joint case, and who leads it: nothing of it is to be done any more. */
export const endedMessage = (of: CaseOf, today: PlainDate) =>
  ({
    ...disownedMessage(of, today),
    kind: 'terminated',
    urgent: false,
    title: `${of.item.plainName}的申请${OUTCOME_WORDS.terminated}`,
    lines: [`${disownedWords(of.after)}，不用再办`, `办件编号 ${of.caseNumber}`],
  }) as const

const OUTCOMES = ['granted', 'refused', 'declined', 'terminated', 'withdrawn'] as const
type ToldOutcome = (typeof OUTCOMES)[number]

/** Whether an event says what became of a case. */
export const isOutcome = (type: CaseEvent['type']): type is ToldOutcome =>
  OUTCOMES.some((outcome) => outcome === type)

const NO_ACCOUNT = '申请人没有账号，收不到消息：告诉本人'
const HAND_OVER = `${NO_ACCOUNT}，文书交给本人`

const WITHDRAWN = '别处替申请人撤回了，为什么，点开就看到'

/** For whoever typed it: who says that they have not applied is told nothing more of it. */
function outcomeWords(of: TaskOf & { readonly after: CaseState }, outcome: ToldOutcome) {
  if (outcome === 'withdrawn') return { line: WITHDRAWN, note: '别处替申请人撤回了' }
  if (isDisowned(of.after))
    return { line: `${disownedWords(of.after)}，文书不用交给谁`, note: disownedWords(of.after) }
  // Decided and handed over in one act: nobody has it to hand over any more.
  const handed =
    of.after.deliveredAt === null
      ? null
      : handedOverWords(of.after.deliveredBy, isCertificateApart(of.item, of.after))
  return { line: handed === null ? HAND_OVER : `${NO_ACCOUNT}。${handed}`, note: '告诉本人' }
}

/** For whoever typed it for somebody whom no message reaches: what the law has told, which they pass on. */
export const passedOnMessage = (
  of: TaskOf,
  { title, lines, urgent }: Pick<ResidentMessage, 'title' | 'lines' | 'urgent'>,
  day: PlainDate,
) =>
  ({
    kind: 'passed-on',
    urgent,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${title}，告诉本人`,
    lines: [NO_ACCOUNT, ...lines],
    page: pageOf(of),
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: '告诉本人',
      day,
      note: '申请人收不到消息，告诉本人',
    }),
  }) as const

/** For whoever typed it for somebody whom no message reaches. */
export function outcomeMessage(
  of: TaskOf & { readonly after: CaseState },
  outcome: ToldOutcome,
  today: PlainDate,
) {
  const partly = tallyOf(of.item, of.after)
  const words = partly ? `：${partlyWords(partly)}` : OUTCOME_WORDS[outcome]
  const { line, note } = outcomeWords(of, outcome)
  return {
    kind: outcome,
    urgent: outcome !== 'granted' && outcome !== 'withdrawn',
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: of.item.plainName + words,
    lines: [line, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: words,
      day: today,
      note,
    }),
  } as const
}
