import type { CaseEvent } from '../case/events'
import { type Holders, type ToldShare, toldOf } from '../case/step/told-of'
import { standingEvents } from '../case/undo'
import { type Ending, MESSAGE_KINDS, type MessageKind, type Rule, WORKS, type Work } from './message-kinds'

// What happened while a message waited for its hour may have made it untrue: then no phone rings for it. The claim asks the same of
// all that are due in one statement (`functions/features/reminder/overtaken.ts`), by the same rules.

export type Audience = 'applicant' | 'staff'

export const ruleOf = (kind: MessageKind, audience: Audience): Rule | undefined =>
  MESSAGE_KINDS[kind][audience]

/** An event of a case, and who did it: `staff:<id>`. */
export type Happened = CaseEvent & { readonly actor: string }

const fieldOf = (event: Happened, name: string): unknown => ({ ...event })[name as 'type']

function ends(
  { type, same = [], of = {}, having, own }: Ending,
  told: Happened,
  later: Happened,
  to: string,
) {
  return (
    later.type === type &&
    same.every((name) => fieldOf(told, name) === fieldOf(later, name)) &&
    Object.entries(of).every(([name, value]) => fieldOf(told, name) === value) &&
    (having === undefined || fieldOf(told, having) !== undefined) &&
    (!own || later.actor === to)
  )
}

/** Whether what came after the event `told` of a case makes a message of it to `recipient` untrue. What was undone never came. */
export function isUntrue(
  { untrueAfter }: Rule,
  { events, told, recipient }: { events: readonly Happened[]; told: Happened; recipient: string },
): boolean {
  if (untrueAfter === 'never') return false
  const since = standingEvents(events).filter((event) => events.indexOf(event) > events.indexOf(told))
  return untrueAfter.some((ending) => since.some((later) => ends(ending, told, later, recipient)))
}

/** A row of the case's open work, at one of its pools. */
export interface WorkRow extends ToldShare {
  readonly queue: 'to-do' | 'waits-for-applicant' | 'paused'
  readonly approval: boolean
}

/** Whether work that a message calls to is `staffId`'s now. */
export function hasWork<Person extends { readonly id: string }>(
  work: Work,
  staffId: string,
  rows: readonly WorkRow[],
  there: Holders<Person>,
): boolean {
  const { rests, rows: which, alone } = WORKS[work]
  const isOfIt = ({ queue, approval }: WorkRow) =>
    (rests || queue === 'to-do') && (which === 'either' || approval === (which === 'asked'))
  const told = (row: WorkRow) =>
    alone
      ? toldOf({ ...row, dueOn: null }, rows, there)
      : toldOf({ ...row, assigneeId: null, dueOn: null }, [], there)
  return rows.some((row) => isOfIt(row) && told(row).some(({ id }) => id === staffId))
}
