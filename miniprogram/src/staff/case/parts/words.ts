import type { CaseView } from '#shared/contract/case'
import type { StepOutcome } from '#shared/domain/case/state'

/** The labels of the contract speak to the applicant; here reads whoever works on the case. */
export function statusWords({ status, nowText }: Pick<CaseView, 'status' | 'nowText'>) {
  if (status === 'correcting') return '等申请人补材料'
  return status === 'withdrawn' ? '申请人撤回了' : nowText
}

const OUTCOMES: Readonly<Record<StepOutcome, string>> = {
  verified: '核实了',
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

export const outcomeWords = (outcome: string | null) =>
  outcome !== null && isOutcome(outcome) ? OUTCOMES[outcome] : ''
