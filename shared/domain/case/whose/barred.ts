import type { CaseActor } from '../context'
import type { CaseState } from '../state'

/** What an applicant is to a member of staff, by their own word. */
export const RELATION_KINDS = ['spouse', 'parent', 'child', 'sibling', 'other'] as const
export type RelationKind = (typeof RELATION_KINDS)[number]

/** More are no declaration: they would leave nobody to work on the case. */
export const MOST_DECLARED = 3

/** What of a case says who must not handle it. */
export interface WhoseCase {
  readonly state: Pick<CaseState, 'relatives' | 'disownments' | 'ownBefore' | 'refusedBefore'>
  /** Members of staff whose own it is now: by number, by a power of the firm, or because they filed it themselves. */
  readonly ownStaff: readonly string[]
}

/** Staff whose own it is, or was until they said that it is not, or wrote somebody else into it: neither lifts a bar. */
export const ownAmongStaff = ({ state, ownStaff }: WhoseCase): readonly string[] => [
  ...new Set([...ownStaff, ...state.ownBefore, ...state.disownments.flatMap(({ staffIds }) => staffIds)]),
]

/** Who leaves it to others as long as there are others: relatives by declaration, and whose refusal fell for what they did themselves. */
export const leavesIt = ({ relatives, refusedBefore = [] }: WhoseCase['state']): readonly string[] => [
  ...relatives,
  ...refusedBefore.flatMap(({ staffId, isOwnAct }) => (isOwnAct && staffId !== undefined ? [staffId] : [])),
]

/** Everybody whom `isBarred` keeps from it, in whichever office they come to work. */
export const allBarred = (whose: WhoseCase): readonly string[] => [
  ...new Set([...ownAmongStaff(whose), ...leavesIt(whose.state)]),
]

/** They refused it once, and that fell: whatever the ground was, another one refuses it now. */
export const refusedBeforeBy = (
  { refusedBefore = [] }: Pick<CaseState, 'refusedBefore'>,
  actor: CaseActor,
): boolean =>
  actor.kind === 'staff' &&
  typeof actor.staffId === 'string' &&
  refusedBefore.some(({ staffId }) => staffId === actor.staffId)

/** A share of the case at a pool, with the relatives in it who must leave it to others. */
export interface HeldShare {
  readonly role: string
  readonly unitId: string
  readonly approval: boolean
  /** Nobody is there of those whose work it is. */
  readonly unstaffed: boolean
  readonly barred: readonly string[]
}

/**
 * 回避 (公务员法 第76条, 行政许可法 第34条): whether a member of staff must not handle the case, because it is their own, or because
 * the applicant says that they are a relative, or their refusal of it fell for what they did themselves. Whoever only typed it at a village or a window may handle it. A relative by
 * declaration alone may, where the declarations left nobody else and the share has come to them.
 */
export function isBarred(
  whose: WhoseCase,
  staffId: string | null,
  last: { readonly tasks: readonly HeldShare[]; readonly pools: readonly HeldPool[] } = {
    tasks: [],
    pools: [],
  },
): boolean {
  if (staffId === null) return false
  if (ownAmongStaff(whose).includes(staffId)) return true
  if (!leavesIt(whose.state).includes(staffId)) return false
  return !last.tasks.some(
    ({ role, unitId, approval, unstaffed, barred }) =>
      unstaffed &&
      !approval &&
      !barred.includes(staffId) &&
      last.pools.some((pool) => pool.role === role && pool.unitId === unitId),
  )
}

type HeldPool = Pick<HeldShare, 'role' | 'unitId'>
