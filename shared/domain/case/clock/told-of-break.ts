import { type CaseState, openParts } from '../state'
import type { ToldPool } from '../step/approval-state'
import { APPROVER_ROLES } from '../step/approvers'

/** Who reads of a broken promise and may name its new day: who was told, and whose it is by their office, who was away then. */
export const toldOfBreak = (state: CaseState): readonly ToldPool[] =>
  state.broken
    ? [
        ...state.broken.told,
        ...openParts(state).flatMap(({ part }) =>
          APPROVER_ROLES.map((role) => ({ role, unitId: part.unitId })),
        ),
      ]
    : []
