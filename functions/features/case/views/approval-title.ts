import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import type { CaseEvent, CaseEventType } from '#shared/domain/case/events'
import type { Approver, InPlace } from '#shared/domain/case/step/approval-state'
import { unitName } from '#shared/domain/organization/registry'
import type { Reference } from '../../service-item'

export interface Retold {
  readonly type: CaseEventType
  readonly added?: readonly unknown[]
  readonly removed?: readonly unknown[]
  readonly nobody?: true
}

/** 部门审批, or of who stands in 王五（代李四）. */
export const approverWords = (
  { staffName }: Pick<Reference, 'staffName'>,
  { role, staffId, inPlaceOf }: Approver,
) => {
  if (staffId === undefined) return STAFF_ROLE_LABELS[role]
  const away = inPlaceOf === undefined ? undefined : staffName(inPlaceOf)
  return `${staffName(staffId) ?? ''}${away === undefined ? '' : `（代${away}）`}`
}

/** 梅渚镇 镇分管领导 */
export const poolWords = (reference: Reference, pools: readonly Approver[]) =>
  [
    ...new Set(
      pools.map((pool) => ` ${unitName(reference, pool.unitId)} ${approverWords(reference, pool)} `),
    ),
  ].join('或')

/** Others have it than those who were asked, nobody is left, or somebody is there again. */
export const approvalTitle = ({ type, added = [], removed = [], nobody }: Retold, label: string) => {
  if (type !== 'approvers-changed' || added.length > 0 || removed.length > 0) return label
  return nobody ? '请示没有人能批' : '请示又有人能批了'
}

export const isAboutApproval = (type: CaseEventType) =>
  type.startsWith('approval-') || type === 'approvers-changed'

/** For whom it was decided, and why by somebody else. */
export const signedFor = ({ staffName }: Pick<Reference, 'staffName'>, { inPlaceOf }: InPlace) =>
  inPlaceOf === undefined ? null : `代${staffName(inPlaceOf) ?? '不在的人'}决定：本人不在，或者要回避`

export function approversNote(
  { reference }: { readonly reference: Reference },
  { added, removed = [], nobody }: Extract<CaseEvent, { type: 'approvers-changed' }>,
) {
  if (nobody) return ['告诉了管理员和联络员']
  const come = added.length > 0 && `请${poolWords(reference, added)}批`
  return [come, removed.length > 0 && `不再请${poolWords(reference, removed)}批`]
}
