import type { CaseEventType } from '#shared/domain/case/events'
import { EXTENDED, OUTCOME_WORDS } from '#shared/domain/case/outcome/outcome-words'
import type { CaseState } from '#shared/domain/case/state'
import { SECOND_NOTICE } from '#shared/domain/case/step/approval-state'
import type { RelationKind } from '#shared/domain/case/whose/barred'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { StepAction } from '#shared/domain/service-item/item'

/** The verbs as staff know them; the pack's 动作. */
export const STEP_ACTION_LABELS = {
  verify: '核实上报',
  return: '退回',
  accept: '受理',
  'draft-correction': '写要补的',
  'draft-nothing': '不用补',
  'return-draft': '退给一家改',
  'request-correction': '一次性补正告知',
  decline: '不予受理',
  transfer: '转办',
  assign: '指派',
  pass: '通过',
  fail: '不通过',
  convene: '开会商',
  'record-visit': '记录现场',
  'sign-visit': '签现场记录',
  'require-rectification': '要求整改',
  suspend: '暂停计时',
  resume: '恢复计时',
  extend: '延长期限',
  'publish-notice': '发布公示',
  'close-notice': '公示期满无异议',
  'record-objection': '登记异议',
  grant: '准予',
  refuse: '不予',
  pay: '发放到账',
  conclude: '办结',
  deliver: '送达',
  'request-approval': '请示审批',
  'reject-approval': '不同意',
  'promise-anew': '定新日子',
  terminate: '申请人去世，终止',
  settle: '当场办结',
} as const satisfies Record<StepAction, string>

export const DISOWNED_END = { person: '本人不认，终止', firm: '这家企业不认，终止' } as const

/** What a department says of what came to the notice. */
const LOOKED = { 'draft-correction': '哪样还不行', 'draft-nothing': '都够了' } as const

/** By the name that the notice would have now, and by why the case would be ended. */
export function actionLabel(
  action: StepAction,
  {
    corrections,
    disowned,
    joins,
  }: {
    readonly corrections: Pick<CaseState['corrections'], 'length'>
    /** Who has disowned it; null where nobody has. */
    readonly disowned: keyof typeof DISOWNED_END | null
    /** What it decides was decided by others, each for itself. */
    readonly joins: boolean
  },
) {
  if (action === 'grant' && joins) return '统一出件'
  if (corrections.length > 0 && (action === 'draft-correction' || action === 'draft-nothing'))
    return LOOKED[action]
  if (action === 'request-correction' && corrections.length > 0) return SECOND_NOTICE
  return action === 'terminate' && disowned ? DISOWNED_END[disowned] : STEP_ACTION_LABELS[action]
}

/** How the timeline tells each event. */
export const CASE_EVENT_LABELS = {
  filed: '提交申请',
  verified: '村里核实了',
  accepted: '受理了',
  declined: OUTCOME_WORDS.declined,
  'correction-requested': '要补材料',
  'correction-reminded': '提醒补材料',
  'correction-drafted': '看过材料了',
  'draft-returned': '要补的退回去改',
  supplemented: '补好了',
  added: '又交了材料',
  'applicant-named': '申请人改了自己的姓名、证件号',
  'taken-over': '本人接着办',
  disowned: '本人说不是自己申请的',
  'correction-lapsed': '没有补，按现有材料办',
  examined: '审核了一步',
  signed: '会签了一步',
  returned: '退回重新审核',
  transferred: '转给别的单位',
  assigned: '指定了经办人',
  'handed-over': '转给在岗的人',
  'visit-recorded': '到现场看过',
  'visit-signed': '签了现场记录',
  'rectification-required': '要求整改',
  'clock-suspended': OUTCOME_WORDS.suspended,
  'clock-resumed': '特别程序做完了，接着办',
  'stop-overran': '预计的日子过了，还停着',
  'limit-extended': EXTENDED,
  'approval-requested': '请示审批',
  'approval-rejected': '请示没有同意',
  'approval-lapsed': '请示过了期限',
  'approvers-changed': '请示转给在岗的人',
  'promise-broken': '没赶上说好的日子',
  'promised-anew': '定了新日子',
  'notice-published': '开始公示',
  'notice-closed': '公示结束',
  'objection-recorded': '公示收到异议',
  'identity-confirmed': '当面核过身份',
  granted: OUTCOME_WORDS.granted,
  refused: OUTCOME_WORDS.refused,
  'payment-recorded': '钱已发放',
  concluded: '办结了',
  delivered: '结果送到了',
  'delivery-chosen': '选了怎么收文书',
  posted: '文书寄出了',
  'post-returned': '寄的文书退回来了',
  announced: '文书公告了',
  served: '文书送到了',
  'applicant-death-recorded': '登记了“申请人不在了”',
  'death-record-withdrawn': '记的“申请人不在了”记错了，改正了',
  withdrawn: OUTCOME_WORDS.withdrawn,
  terminated: OUTCOME_WORDS.terminated,
  'dates-filled': '日期定下来了',
  'dates-moved': '日期改了',
  'renewed-revoked': '要延续的证撤销了',
  nudged: '催了一次',
  'decision-corrected': '文书上的字更正了',
  'revocation-advised': '请机关重新审查这个决定',
  'advice-declined': '机关答复：不撤销',
  'revocation-proposed': '准备撤销这个决定',
  'settlers-changed': '转给本单位在岗的人',
  'hearing-dated': '陈述、申辩的日子',
  'holder-heard': '说了自己的意见',
  'decision-revoked': OUTCOME_WORDS.revoked,
  'decision-kept': '决定不撤销了',
  undone: '撤销了刚办的一步',
} as const satisfies Record<CaseEventType, string>

/** What a member of staff is to the applicant, by the applicant's word. */
export const RELATION_LABELS = {
  spouse: '夫妻',
  parent: '父母',
  child: '子女',
  sibling: '兄弟姐妹',
  other: '其他亲属',
} as const satisfies Record<RelationKind, string>

export const STAFF_ROLE_LABELS = {
  'village-agent': '村代办员',
  'town-window': '镇窗口',
  'town-reviewer': '镇审核',
  'town-approver': '镇审批',
  window: '窗口',
  'dept-window': '部门窗口',
  'dept-reviewer': '部门审核',
  'dept-approver': '部门审批',
  'county-approver': '县政府审批',
  'project-officer': '马上办专员',
  liaison: '联络员',
  'chief-liaison': '总联络员',
  supervisor: '督查',
  hotline: '热线坐席',
  admin: '管理员',
  auditor: '审计员',
  leader: '县领导',
} as const satisfies Record<StaffRole, string>

const UNVERIFIED = { person: '申请人身份未经核实', firm: '委托未经核实' } as const

/** As a document of the law names its addressee: a name and a number that were only typed prove nothing. */
export const addressedTo = (
  name: string,
  {
    identityConfirmed,
    applicantKind,
  }: { readonly identityConfirmed: boolean; readonly applicantKind: keyof typeof UNVERIFIED },
) => (identityConfirmed ? name : `${name}（${UNVERIFIED[applicantKind]}）`)
