import type { Pool } from '#shared/domain/case/context'
import type { StepPart, StepRun } from '#shared/domain/case/state'
import { namedAtRow, openApprovalsAt } from '#shared/domain/case/step/approvals'
import { isAmongPools, samePool } from '#shared/domain/organization/registry'
import type { StaffedCase } from './task-line'

/**
 * Whoever was asked to allow something at a share has a task of their own, unless they hold the share anyway. Who stands in has it
 * alone: it is left out before the others of their pool.
 */
export function approvalsFor(
  { state, reference }: Pick<StaffedCase, 'state' | 'reference'>,
  { key }: StepRun,
  { unitId }: StepPart,
  held: readonly Pool[],
) {
  const asked = openApprovalsAt(state, { stepKey: key, unitId }).flatMap(({ approvers, askedAt, nobody }) =>
    approvers.map((pool) => ({ pool, openedAt: askedAt, unstaffed: nobody === true })),
  )
  return asked
    .filter(
      ({ pool }, at) =>
        !isAmongPools(held, pool) && asked.findLastIndex((each) => samePool(pool, each.pool)) === at,
    )
    .map(({ pool, ...more }) => {
      const row = { role: pool.role, unitId: pool.unitId, stepKey: key, partUnitId: unitId, approval: true }
      const named = namedAtRow(state, row)
      const others = reference.holders(pool.role, pool.unitId).map(({ id }) => id)
      return { pool, ...more, barred: named ? others.filter((id) => !named.includes(id)) : [] }
    })
}
