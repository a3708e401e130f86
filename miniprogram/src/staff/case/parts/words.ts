import type { CaseView } from '#shared/contract/case'
import { DISOWNED_END, STEP_ACTION_LABELS } from '#shared/contract/case.labels'
import type { StepOutcome } from '#shared/domain/case/state'
import { SECOND_NOTICE } from '#shared/domain/case/step/approval-state'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { IDENTITY_CHECK } from '#shared/domain/case/whose/identity-check'

type Staff = NonNullable<CaseView['staff']>
export type Clock = Staff['clocks'][number]

/** Nobody waits for the office any more. */
export const isOver = ({ status }: Pick<CaseView, 'status'>) =>
  ['declined', 'delivered', 'withdrawn', 'terminated', 'revoked', 'concluded'].includes(status)

/** Disowned, and neither decided nor over. */
export const isForNobody = (view: CaseView) =>
  view.staff?.disowned === true && view.decision === null && !isOver(view)

/** Whose name stands there: not the applicant's once its owner has said no. */
export const namedWords = ({ applicantMasked, staff }: Pick<CaseView, 'applicantMasked' | 'staff'>) =>
  staff?.disowned && applicantMasked !== '' ? `写的是${applicantMasked}` : applicantMasked

const ASKED = '等申请人补'

/** A notice stops every clock but the law's: that one stands still for what its own lines tell. */
export const whyStill = ({ kind }: Pick<Clock, 'kind'>, why: string) =>
  kind === 'statutory' && why === ASKED ? '' : why

/** What goes on while an applicant is asked after acceptance; the law's days may be stopped by a department of the case. */
export function answerWords({ staff }: Pick<CaseView, 'staff'>) {
  const isLawStopped = staff?.clocks.some(
    ({ kind, light }) => kind === 'statutory' && light.kind === 'paused',
  )
  return `等申请人补的时候承诺期限停着${isLawStopped ? '' : '，法定期限照走'}`
}

/** Why the clocks that stand still do; '' where each says it itself. */
export function standsStillWords({ staff, correction, status }: CaseView) {
  if (staff?.disowned) return '没有申请人'
  if (staff?.applicantUnnamed) return '还没写是谁申请的'
  if (correction) return ASKED
  return status === 'suspended' ? '特别程序' : ''
}

const IDENTITY_WAYS: Readonly<Record<Staff['identityBy'], string>> = {
  wechat: '请本人在微信里核，或者带身份证到窗口、村里核。',
  takeover: '请本人在微信里核过、接过去，或者带身份证到窗口、村里核。',
  counter: '请本人带身份证到窗口、村里核。',
  guardian: '不满 14 岁，微信里核不了。让监护人带户口簿到窗口、村里核。',
}

/** What to tell an applicant whose identity is not confirmed. */
export const identityWays = ({ identityBy }: Staff) => IDENTITY_WAYS[identityBy]

/** What is checked face to face: who a person is, or that a firm has sent them. */
export const identityWords = ({ applicantKind }: Pick<CaseView, 'applicantKind'>) =>
  applicantKind === 'firm' ? '当面核委托' : IDENTITY_CHECK

const ENTERED = { village: '村里代填', window: '窗口代填' } as const

const channelWords = ({ channel, assisted }: Staff) => {
  if (channel === 'village' || channel === 'window') return ENTERED[channel]
  return assisted ? '有人帮着填的' : ''
}

/** How it came in, in one line: 村里代填 · 王立新 大梁村; empty where the applicant did it alone. */
export function enteredWords(staff: CaseView['staff']) {
  if (!staff) return ''
  const { enteredBy, src } = staff
  return [
    channelWords(staff),
    enteredBy && `${enteredBy.name} ${enteredBy.unit}`.trim(),
    src !== null && `从码或链接 ${src} 来的`,
  ]
    .filter(Boolean)
    .join(' · ')
}

const OUTCOMES: Readonly<Record<StepOutcome, string>> = {
  verified: '核实了',
  drafted: '看过材料了',
  accepted: '受理了',
  passed: '通过',
  failed: '不通过',
  convened: '商量过了',
  publicised: '公示完了',
  decided: '决定了',
  concluded: '办结了',
  closed: '不用做了',
}

const isOutcome = (text: string): text is StepOutcome => text in OUTCOMES

/** Of a step that is behind one: somebody said no. */
export const isRefused = ({ parts }: Pick<Staff['steps'][number], 'parts'>) =>
  parts.some(({ outcome }) => outcome === 'failed')

/** Of a step: what a check after the decision has found has a word of its own. */
export function outcomeWords(outcome: string | null, followUp: boolean) {
  if (followUp && outcome === 'failed') return CHECK_FAILED
  return outcome !== null && isOutcome(outcome) ? OUTCOMES[outcome] : ''
}

const GOING: Readonly<Record<string, string>> = {
  [IDENTITY_CHECK]: '核身份',
  [STEP_ACTION_LABELS.grant]: '决定',
  [STEP_ACTION_LABELS.refuse]: '决定',
  [STEP_ACTION_LABELS['request-correction']]: '发补正告知',
  [SECOND_NOTICE]: '发补正告知',
  [STEP_ACTION_LABELS.pass]: '审核',
  [STEP_ACTION_LABELS.fail]: '审核',
  [STEP_ACTION_LABELS.verify]: '核实',
  [STEP_ACTION_LABELS['sign-visit']]: STEP_ACTION_LABELS['sign-visit'],
  [DISOWNED_END.person]: '终止',
  [DISOWNED_END.firm]: '终止',
}

/** `11月24日 0002 号`: numbers begin anew each day, and so the day is said with the number, as at the window. No line ends between number and 号. */
export const shortNumberWords = (caseNumber: string) =>
  `${Number(caseNumber.slice(-8, -6))}月${Number(caseNumber.slice(-6, -4))}日\u00a0${caseNumber.slice(-4)}\u00a0号`

/** What one goes to do, of the first action allowed: nobody grants before having read. */
export function doingWords(firstAction: string | null) {
  if (firstAction === null) return '办好'
  if (firstAction.startsWith('送达')) return '送达'
  return GOING[firstAction] ?? (firstAction.length <= 4 ? firstAction : '办好')
}

/** Papers with something to look at, in the order of their keys. */
export const papersToSee = ({ papers }: Pick<CaseView, 'papers'>) =>
  papers.filter(({ files }) => files.length > 0)

/** At a desk: the key that opens a paper, 1 to 9. */
export function letterOfPaper(view: Pick<CaseView, 'papers'>, name: string) {
  const at = papersToSee(view).findIndex((paper) => paper.name === name)
  return at >= 0 && at < 9 ? String(at + 1) : undefined
}

/** The server counts to a thousand. */
export const countWords = (count: number) => (count > 999 ? '999+' : String(count))
