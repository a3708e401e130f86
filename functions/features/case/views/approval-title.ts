import type { CaseEventType } from '#shared/domain/case/events'

export interface Retold {
  readonly type: CaseEventType
  readonly added?: readonly unknown[]
  readonly nobody?: true
}

/** Others have it beside those who were asked, nobody is left, or somebody is there again. */
export const approvalTitle = ({ type, added, nobody }: Retold, label: string) => {
  if (type !== 'approvers-changed' || (added?.length ?? 0) > 0) return label
  return nobody ? '请示没有人能批' : '请示又有人能批了'
}

export const isAboutApproval = (type: CaseEventType) =>
  type.startsWith('approval-') || type === 'approvers-changed'
