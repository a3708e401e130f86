import type { CaseEvent } from '../case/events'
import { type Holders, type ToldShare, toldOf } from '../case/step/told-of'
import { standingEvents } from '../case/undo'
import { type Ending, type MessageKind, type Rule, ruleOf, WORKS, type Work } from './message-kinds'

// What happened while a message waited for its hour may have made it untrue: then no phone rings for it. The claim asks the same of
// all that are due in one statement (`functions/features/reminder/overtaken.ts`), by the same rules.

/** An event of a case, and who did it: `staff:<id>`. */
export type Happened = CaseEvent & { readonly actor: string }

const fieldOf = (event: Happened, name: string): unknown => ({ ...event })[name as 'type']

const hasSame = (names: readonly string[], left: Happened, right: Happened) =>
  names.every((name) => fieldOf(left, name) === fieldOf(right, name))

interface Hearer {
  /** `staff:<id>` or `profile:<id>` */
  readonly recipient: string
  /** The account is theirs for whom it was applied. */
  readonly isOwner: boolean
}

function ends(
  { type, same = [], of = {}, having, own, ofOwner }: Ending,
  told: Happened,
  later: Happened,
  { recipient, isOwner }: Hearer,
) {
  return (
    later.type === type &&
    hasSame(same, told, later) &&
    Object.entries(of).every(([name, value]) => fieldOf(told, name) === value) &&
    (having === undefined || fieldOf(told, having) !== undefined) &&
    (!own || later.actor === recipient) &&
    (!ofOwner || isOwner)
  )
}

interface Told extends Hearer {
  /** Of its case. */
  readonly events: readonly Happened[]
  readonly told: Happened
}

/**
 * Whether what came after the event `told` of a case, and before `until`, makes a message of it to somebody untrue. What was undone
 * never came.
 */
export function isUntrue(
  { untrueAfter }: Rule,
  { events, told, ...hearer }: Told,
  until = events.length,
): boolean {
  if (untrueAfter === 'never') return false
  const since = standingEvents(events).filter((event) => {
    const at = events.indexOf(event)
    return at > events.indexOf(told) && at < until
  })
  return untrueAfter.some((ending) =>
    since.some(
      (later, at) =>
        ends(ending, told, later, hearer) &&
        (ending.until === undefined || !since.slice(at).some(({ type }) => type === ending.until)),
    ),
  )
}

/** Another message of the case to the same person. */
export interface Beside {
  readonly kind: MessageKind
  readonly told: Happened
  /** It was written after the one that is asked of, or before. */
  readonly isLater: boolean
  readonly rang: boolean
}

/** Whether a later message takes it back. */
export const isSaidOtherwise = (
  { saidOtherwise, ofOther }: Rule,
  { events, told }: Told,
  beside: readonly Beside[],
): boolean =>
  saidOtherwise !== undefined &&
  beside.some(
    (each) =>
      each.isLater &&
      each.kind === saidOtherwise.kind &&
      (ofOther || events.indexOf(each.told) >= events.indexOf(told)) &&
      hasSame(saidOtherwise.same ?? [], told, each.told),
  )

/**
 * Whether what it takes back rang, and was not over before, or taken back; to whose own the case is that was never told. `beside`: in the
 * order in which they were written.
 */
export const takesBackARing = (
  { follows = [], ofOther }: Rule,
  { events, told, ...hearer }: Told,
  beside: readonly Beside[],
): boolean =>
  hearer.isOwner ||
  beside.some((each, at) => {
    const rule = ruleOf(each.kind, hearer.recipient.startsWith('staff:') ? 'staff' : 'applicant')
    if (!rule || each.isLater || !each.rang || !follows.includes(each.kind)) return false
    if (ofOther)
      return !beside.slice(at).some(({ kind, isLater }) => !isLater && kind === rule.saidOtherwise?.kind)
    return !isUntrue(rule, { ...hearer, events, told: each.told }, events.indexOf(told))
  })

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
