import type { PlainDate } from '../../kernel/plain-date'
import type { StepTarget } from '../state'
import { type Holders, type ToldShare, toldOf } from './told-of'

type OpenShare = ToldShare & { readonly dueOn: PlainDate | null; readonly approval: boolean }

/**
 * Who hears of a nudge at these shares, and of which: those who are told of any work there, but nobody who is on leave as long as
 * it runs.
 */
export const nudgeHeard = <Task extends OpenShare, Person extends { readonly id: string }>(
  shares: readonly StepTarget[],
  held: readonly Task[],
  holders: Holders<Person>,
): readonly { readonly task: Task; readonly person: Person }[] =>
  held
    .filter(
      (task) =>
        !task.approval &&
        shares.some(({ stepKey, unitId }) => stepKey === task.stepKey && unitId === task.partUnitId),
    )
    .flatMap((task) =>
      toldOf(task, held, holders)
        .filter((person) => !holders.isAway(person, task.dueOn))
        .map((person) => ({ task, person })),
    )
