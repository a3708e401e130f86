import type { Instant } from '../../kernel/plain-date'
import { type HeldRole, isAmongPools } from '../../organization/registry'
import type { StaffRole } from '../../organization/staff'

/** What the holder of a step may ask somebody else to allow. */
export const APPROVAL_KINDS = ['extend', 'request-correction', 'suspend'] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

/** 一次性告知 is said once: whatever comes after it bears this name, on its document too. */
export const SECOND_NOTICE = '再次补正告知'

/** As the office says it. */
export const APPROVAL_LABELS = {
  extend: '延长期限',
  'request-correction': SECOND_NOTICE,
  suspend: '暂停计时',
} as const satisfies Record<ApprovalKind, string>

/** Who is asked or told of something: a pool, or one member of it alone. */
export interface ToldPool {
  readonly role: StaffRole
  readonly unitId: string
  /** Whom the leave names: nobody else of the pool. Missing where the whole pool is meant. */
  readonly staffId?: string
}

const toldKey = ({ role, unitId, staffId }: ToldPool) => [role, unitId, staffId].join(':')

/** Each once, by whom is told alone. */
export const distinctTold = (told: readonly ToldPool[]): readonly ToldPool[] => [
  ...new Map(
    told.map((each): [string, ToldPool] => {
      const { role, unitId, staffId } = each
      return [toldKey(each), { role, unitId, ...(staffId === undefined ? {} : { staffId }) }]
    }),
  ).values(),
]

/** Who is to answer, and why. */
export interface Approver extends ToldPool {
  /** Whom the law names, who stands in for them, or 督查; missing in older events. */
  readonly because?: 'holder' | 'substitute' | 'supervision'
  /** Staff id: in whose place a substitute answers. */
  readonly inPlaceOf?: string
}

/** Of a decision. */
export interface InPlace {
  /** Staff id: in whose place it was signed; missing where whoever signed holds the share, and before it was kept. */
  readonly inPlaceOf?: string
}

/** Whether somebody is one of those who are asked or told. */
export const isTold = (
  told: ToldPool,
  { staffId, pools }: { readonly staffId?: string | null; readonly pools: readonly HeldRole[] },
) => (told.staffId === undefined || told.staffId === staffId) && isAmongPools(pools, told)

/** Who of a pool is asked or told. */
export const membersTold =
  <Member extends { readonly id: string }>(holders: (role: StaffRole, unitId: string) => readonly Member[]) =>
  ({ role, unitId, staffId }: ToldPool): readonly Member[] =>
    holders(role, unitId).filter(({ id }) => staffId === undefined || staffId === id)

/** A request for approval (请示) at a share of a step. */
export interface Approval {
  readonly for: ApprovalKind
  readonly stepKey: string
  readonly unitId: string
  readonly askedAt: Instant
  /** Staff id. */
  readonly askedBy: string | null
  /** Whose task the answer is; they see the case from now on. */
  readonly approvers: readonly Approver[]
  /** None of them is there, nor who would stand in; missing where somebody is. */
  readonly nobody?: true
  readonly reasonDigest: string
  /** An event of its own closed it: done as asked, refused, or the law's date. What its step or case ended is not written. */
  readonly answeredAt: Instant | null
  /** Done as asked, or refused; null until then, and where nobody can answer any more. */
  readonly granted: boolean | null
}
