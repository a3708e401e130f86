import type { PlainDate } from '../../kernel/plain-date'
import { isAmongPools } from '../../organization/registry'
import type { StepTarget } from '../state'
import type { SharesToNudge } from './nudge'
import { type Holders, type ToldShare, toldOf } from './told-of'

type OpenShare = ToldShare & { readonly dueOn: PlainDate | null; readonly approval: boolean }

/** It is there to take back what was revoked unheard, whoever else has a share of the step. */
export const takesBackAt = (shares: SharesToNudge, task: OpenShare): boolean =>
  shares.some(({ takers = [], ...share }) => isAt(share, task) && isAmongPools(takers, task))

const isAt = ({ stepKey, unitId }: StepTarget, task: OpenShare) =>
  stepKey === task.stepKey && unitId === task.partUnitId

/**
 * Who hears of a nudge at these shares, and of which: those who are told of any work there, but nobody who is on leave as long as
 * it runs.
 */
export const nudgeHeard = <Task extends OpenShare, Person extends { readonly id: string }>(
  shares: SharesToNudge,
  held: readonly Task[],
  holders: Holders<Person>,
): readonly { readonly task: Task; readonly person: Person }[] =>
  held
    .filter(
      (task) =>
        takesBackAt(shares, task) ||
        (!task.approval && shares.some((share) => share.takers === undefined && isAt(share, task))),
    )
    .flatMap((task) =>
      toldOf(task, held, holders)
        .filter((person) => !holders.isAway(person, task.dueOn))
        .map((person) => ({ task, person })),
    )
