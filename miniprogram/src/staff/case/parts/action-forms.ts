import type { ActOnCase } from '#shared/contract/act-on-case'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { TerminationCause } from '#shared/domain/case/events'
import type { ApprovalKind } from '#shared/domain/case/step/approval-state'
import type { SpecialProcedure } from '#shared/domain/case/step/special-procedures'
import { DEFAULT_REPLIES } from '#shared/domain/organization/replies'
import type { DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import type { StepAction } from '#shared/domain/service-item/item'
import { today } from '../../../platform/clock'
import { chosenMethod } from './chosen-method'
import { isForNobody } from './words'

/** What a sheet asks beside a reason. */
type Ask =
  | 'return-target'
  | 'transfer-target'
  | 'draft-unit'
  | 'colleague'
  | 'recheck'
  | 'new-day'
  | 'procedure'
  | 'raised-on'
  | 'paid-on'
  | 'method'
  | 'approval'
  | 'answered-approval'
  | 'certainty'

/** Actions with a page of their own: too much for a sheet. */
export type PagedAction =
  | 'request-correction'
  | 'draft-correction'
  | 'record-visit'
  | 'sign-visit'
  | 'grant'
  | 'refuse'
export type SheetAction = Exclude<StepAction, PagedAction>

export interface ActionForm {
  /** What follows, in a sentence. */
  readonly lead: string
  readonly phrases: readonly string[]
  readonly done: string
  readonly ask?: Ask
  /** Why a case is ended. */
  readonly cause?: TerminationCause
}

const PAGED: readonly StepAction[] = [
  'request-correction',
  'record-visit',
  'sign-visit',
  'draft-correction',
  'grant',
  'refuse',
] satisfies PagedAction[]
const isPaged = (action: StepAction): action is PagedAction => PAGED.includes(action)

export type SheetAllowed = AllowedAction & { readonly action: SheetAction }
export const hasSheet = (one: AllowedAction): one is SheetAllowed => !isPaged(one.action)

const ACTION_FORMS = {
  verify: {
    lead: '核实的情况报上去，接着往下办。',
    phrases: ['人在本村，情况属实', '上门看过，情况属实'],
    done: '报上去了',
  },
  return: {
    lead: '退回的那一步重新办，写明要重看什么。',
    phrases: DEFAULT_REPLIES.return,
    done: '退回去了',
    ask: 'return-target',
  },
  accept: { lead: '材料齐了就受理，受理通知书发给申请人。', phrases: [], done: '受理了' },
  'draft-nothing': {
    lead: '材料够用，不用补，受理的人会看到。发出补正或者受理之前还能改。',
    phrases: [],
    done: '记下了，不用补',
  },
  'return-draft': {
    lead: '写明哪里不清楚，县里已经有，还是这件事用不着，那家改好再交。没改好以前，它原来要的还在单子里；告知的日子不变，你照样能发。',
    phrases: ['怎么补没写清楚', '县里已经有', '这件事用不着'],
    done: '退回去了，那家收到提醒',
    ask: 'draft-unit',
  },
  decline: {
    lead: '理由写进不予受理决定书，申请人看得到。',
    phrases: DEFAULT_REPLIES.decline,
    done: '不予受理，决定书发出了',
  },
  transfer: {
    lead: '转过去的单位接着办，申请人也会知道。',
    phrases: DEFAULT_REPLIES.transfer,
    done: '转过去了',
    ask: 'transfer-target',
  },
  assign: { lead: '指定谁来办，期限不变。', phrases: [], done: '指派好了', ask: 'colleague' },
  pass: { lead: '这一步通过，接着往下办。', phrases: ['材料齐，符合条件'], done: '通过了' },
  fail: {
    lead: '写明哪里不符合，下一步的人看得到。',
    phrases: DEFAULT_REPLIES.fail,
    done: '记下了，不通过',
  },
  convene: { lead: '商量的结果写下来，各单位看得到。', phrases: ['各单位意见一致'], done: '会商记下了' },
  'require-rectification': {
    lead: '写明改什么，到期再去看，申请人看得到。',
    phrases: DEFAULT_REPLIES['require-rectification'],
    done: '整改要求记下了',
    ask: 'recheck',
  },
  suspend: {
    lead: '只有法律写明的这几样不计时，要书面告诉申请人。',
    phrases: [],
    done: '暂停计时了',
    ask: 'procedure',
  },
  resume: { lead: '特别程序做完了，接着计时。', phrases: [], done: '接着计时了' },
  extend: { lead: '只能延长一次，理由会告诉申请人。', phrases: DEFAULT_REPLIES.extend, done: '期限延长了' },
  'promise-anew': {
    lead: '说好的日子没做到，给申请人一个新日子，只能定一次。日子和理由申请人马上看到，写看得懂的话。',
    phrases: [],
    done: '新日子告诉申请人了',
    ask: 'new-day',
  },
  'publish-notice': {
    lead: '公示从今天发出，期满才能往下办。贴出去的就是下面这份，谁都看得到，看一遍再发。',
    phrases: [],
    done: '公示发出了',
  },
  'close-notice': {
    lead: '公示期满，没有登记异议，接着往下办。网上提的都看过了才能结束。',
    phrases: [],
    done: '公示结束，接着办',
  },
  'record-objection': {
    lead: '写明谁提了什么。登记以后退回上一步重新核实，公示重新发。',
    phrases: ['有人提出情况不属实'],
    done: '异议记下了',
    ask: 'raised-on',
  },
  pay: { lead: '写钱到账的日子，会通知申请人。', phrases: [], done: '发放记下了', ask: 'paid-on' },
  conclude: { lead: '这件办完了，接着送达结果。', phrases: [], done: '办结了' },
  deliver: { lead: '结果怎么送到申请人手里的。', phrases: [], done: '送达记下了', ask: 'method' },
  'request-approval': {
    lead: '写明要批什么、为什么，批的人会收到提醒。',
    phrases: ['情况复杂，要再核实', '要等别的单位答复'],
    done: '请示发出了',
    ask: 'approval',
  },
  'reject-approval': {
    lead: '写明为什么不同意，请示的人会收到提醒。',
    phrases: ['时间来得及，不用延长', '材料够了，不用再补'],
    done: '回复发出了',
    ask: 'answered-approval',
  },
  settle: { lead: '受理、准予、办结、送达，一次做完，一个签名。', phrases: [], done: '当场办结了' },
  terminate: {
    lead: '这件就到此为止，停了不能再恢复。家里人会读到怎么办后面的事。',
    phrases: [],
    done: '停了',
    ask: 'certainty',
    cause: 'deceased',
  },
} as const satisfies Record<SheetAction, ActionForm>

export const formOf = (action: SheetAction): ActionForm => ACTION_FORMS[action]

/** What fits the button that is filled, in this order: what brings the case on before what holds it up. */
const MAIN_ORDER: readonly StepAction[] = [
  'settle',
  'sign-visit',
  'accept',
  'draft-nothing',
  'verify',
  'grant',
  'pass',
  'convene',
  'close-notice',
  'publish-notice',
  'pay',
  'conclude',
  'deliver',
  'resume',
  'record-visit',
  'request-correction',
]

/**
 * Nobody comes upon it with a thumb: what cannot be taken back stands under 更多, at its end, unless nobody applies and it is
 * what there is to do.
 */
export const isGrave = ({ action }: AllowedAction) => action === 'terminate'

/** The place of each of the others; the refusal of a request stands beside its consent, what somebody waits to hear before the rest. */
const rankOf = (one: AllowedAction) =>
  isGrave(one) ? 2 : one.action === 'reject-approval' || one.action === 'promise-anew' ? 0 : 1

/** It was written down, and waits for a signature: to write it anew is nobody's next act. */
const isRecorded = ({ action, ...place }: AllowedAction, { staff }: CaseView) =>
  action === 'record-visit' && (staff?.visits ?? []).filter(isAt(place)).some(({ mends }) => mends === 'open')

/** The main action first, then the others as the table has them. */
export function inOrder(view: CaseView): {
  main: AllowedAction | undefined
  others: readonly AllowedAction[]
} {
  const allowed = view.staff?.allowed ?? []
  const order: readonly StepAction[] = isForNobody(view) ? ['terminate'] : MAIN_ORDER
  const main =
    allowed.find((each) => isAskedFor(each, view)) ??
    order
      .map((action) => allowed.find((each) => each.action === action && !isRecorded(each, view)))
      .find(Boolean)
  const others = allowed.filter((each) => each !== main)
  return { main, others: [0, 1, 2].flatMap((rank) => others.filter((one) => rankOf(one) === rank)) }
}

/** The key of the check of the identity, which is no act of a step. */
export const IDENTITY_LETTER = 'i'

/**
 * Where the check of the identity stands among what whoever may check it can do: filled where nothing else brings the case
 * on, beside where it can wait until the decision.
 */
export function identityPlace(view: CaseView): 'main' | 'beside' | 'none' {
  if (!view.staff?.mayConfirmIdentity) return 'none'
  const { main } = inOrder(view)
  return main && main.action !== 'request-correction' && !view.staff.applicantUnnamed ? 'beside' : 'main'
}

const CONSENTS = {
  extend: '同意延长',
  'request-correction': '同意再补正',
  suspend: '同意暂停',
} as const satisfies Record<ApprovalKind, string>

const isApproval = (action: AllowedAction['action']): action is ApprovalKind => action in CONSENTS

/** What somebody asked to be allowed: whoever may refuse it allows it by doing it. */
export function isAskedFor(one: AllowedAction, { staff }: CaseView) {
  const answers = staff?.allowed.some((each) => each.action === 'reject-approval' && isAt(one)(each))
  return answers && staff ? approvalsToAnswer(staff, one).some((asked) => asked.for === one.action) : false
}

/** As the button and its sheet call it. */
export const actionWords = (one: AllowedAction, view: CaseView) =>
  isApproval(one.action) && isAskedFor(one, view) ? CONSENTS[one.action] : one.label

/** The button's words. */
export function buttonWords(one: AllowedAction, view: CaseView) {
  const words = actionWords(one, view)
  if (words === '一次性补正告知') return '一次性补正'
  return isRecorded(one, view) ? '改现场记录' : words
}

export interface ActionDraft {
  readonly reason: string
  readonly toStepKey?: string | undefined
  readonly toUnitId?: string | undefined
  readonly staffId?: string | undefined
  readonly recheckOn: string
  readonly newDueOn?: string | undefined
  readonly basis?: SpecialProcedure | undefined
  readonly expectedDays: string
  readonly raisedOn: string
  readonly paidOn: string
  readonly method?: DeliveryMethod | undefined
  readonly for?: ApprovalKind | undefined
  readonly isCertain?: boolean | undefined
}

/** Chosen beforehand where there is nothing to choose between. */
export const only = <Choice>(choices: readonly Choice[]) => (choices.length === 1 ? choices[0] : undefined)

const lastReturnTarget = ({ staff }: CaseView) => staff?.returnTargets[staff.returnTargets.length - 1]

type Staff = NonNullable<CaseView['staff']>
type Place = Pick<AllowedAction, 'stepKey' | 'unitId'>

export const sameTarget = (left: AllowedAction, right: AllowedAction) =>
  left.action === right.action && left.stepKey === right.stepKey && left.unitId === right.unitId

const isAt =
  ({ stepKey, unitId }: Place) =>
  (each: Place) =>
    each.stepKey === stepKey && each.unitId === unitId

/** What the holder of a share may ask for, or what waits there for an answer. */
export const approvalsToAsk = ({ approvalChoices }: Staff, place: Place) =>
  approvalChoices.filter(isAt(place))
export const approvalsToAnswer = ({ approvals }: Staff, place: Place) =>
  approvals.filter(({ open }) => open).filter(isAt(place))

function onlyApproval({ staff }: CaseView, allowed: AllowedAction) {
  if (!staff) return undefined
  const choices =
    allowed.action === 'request-approval' ? approvalsToAsk(staff, allowed) : approvalsToAnswer(staff, allowed)
  return only(choices)?.for
}

export const emptyDraft = (view: CaseView, allowed: AllowedAction): ActionDraft => ({
  reason: '',
  for: onlyApproval(view, allowed),
  toStepKey: lastReturnTarget(view)?.stepKey,
  method: chosenMethod(view),
  recheckOn: '',
  expectedDays: '',
  raisedOn: today(),
  paidOn: '',
})

/** What would be lost if it were: a reason, or what the sheet asks. */
export const isWritten = ({ ask }: ActionForm, { reason }: ActionDraft) =>
  ask !== undefined || reason.trim() !== ''

export interface Fault {
  readonly field: Ask | 'reason'
  readonly words: string
}

const isDays = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 365

const ASKED: Readonly<Record<Ask, (draft: ActionDraft) => string | undefined>> = {
  'return-target': ({ toStepKey }) => (toStepKey ? undefined : '选一步'),
  'transfer-target': ({ toUnitId }) => (toUnitId ? undefined : '选一个单位'),
  'draft-unit': ({ toUnitId }) => (toUnitId ? undefined : '选一家'),
  colleague: ({ staffId }) => (staffId ? undefined : '选一个人'),
  recheck: ({ recheckOn }) => (recheckOn ? undefined : '选复查的日子'),
  'new-day': ({ newDueOn }) => (newDueOn ? undefined : '选哪天办好'),
  procedure: ({ basis, expectedDays }) => {
    if (!basis) return '选一样程序'
    return isDays(expectedDays) ? undefined : '写预计几天，1 到 365'
  },
  'raised-on': ({ raisedOn }) => (raisedOn ? undefined : '选提异议的日子'),
  'paid-on': ({ paidOn }) => (paidOn ? undefined : '选到账的日子'),
  method: ({ method }) => (method ? undefined : '选一样'),
  approval: (draft) => (draft.for ? undefined : '选要批什么'),
  'answered-approval': (draft) => (draft.for ? undefined : '选答复哪一样'),
  certainty: ({ isCertain }) => (isCertain ? undefined : '核实过，勾上才能终止'),
}

/** In the order of the sheet. */
export function faultsOf(allowed: AllowedAction, form: ActionForm, draft: ActionDraft): readonly Fault[] {
  const asked = form.ask && ASKED[form.ask](draft)
  const reason = draft.reason.trim()
  const isShort = allowed.reasonRequired ? reason.length < 2 : reason.length === 1
  return [
    ...(form.ask && asked ? [{ field: form.ask, words: asked }] : []),
    ...(isShort ? [{ field: 'reason' as const, words: '写明理由，至少 2 个字' }] : []),
  ]
}

/** What an act brings beside its place, filled in as far as the sheet is: `faultsOf` says what is still to be asked. */
type Filled<Act> = Act extends unknown ? { readonly [Key in keyof Act]?: Act[Key] | undefined } : never

const FIELDS: Readonly<Record<Ask, (draft: ActionDraft) => Filled<ActOnCase>>> = {
  'return-target': ({ toStepKey }) => ({ toStepKey }),
  'transfer-target': ({ toUnitId }) => ({ toUnitId }),
  'draft-unit': ({ toUnitId }) => ({ toUnitId }),
  colleague: ({ staffId }) => ({ staffId }),
  recheck: ({ recheckOn }) => ({ recheckOn }),
  'new-day': ({ newDueOn }) => ({ newDueOn }),
  procedure: ({ basis, expectedDays }) => ({ basis, expectedDays: Number(expectedDays) }),
  'raised-on': ({ raisedOn }) => ({ raisedOn }),
  'paid-on': ({ paidOn }) => ({ paidOn }),
  method: ({ method }) => ({ method }),
  approval: (draft) => ({ for: draft.for }),
  'answered-approval': (draft) => ({ for: draft.for }),
  certainty: () => ({}),
}

export function bodyOf(
  { action, stepKey, unitId }: AllowedAction,
  form: ActionForm,
  draft: ActionDraft,
  version: number,
) {
  const reason = draft.reason.trim()
  return {
    action,
    stepKey,
    unitId,
    version,
    ...(reason ? { reason } : {}),
    ...(form.cause ? { reason: form.cause } : {}),
    ...(form.ask ? FIELDS[form.ask](draft) : {}),
  }
}
