import type { CaseError } from './context'
import type { CaseEvent, CaseEventType } from './events'

/** So long whoever did it may take an act back; so long what is told of it waits. The county's own rule. */
export const UNDO_SECONDS = 10

/** Kinds of events of which some can be taken back: `isUndoable` says which. */
export const UNDOABLE = ['assigned', 'verified', 'examined'] as const satisfies readonly CaseEventType[]

/** An act that issues no document of the law and gives the applicant no right: a share is given, facts are so, a step is passed. */
export const isUndoable = (event: CaseEvent) =>
  event.type === 'assigned' ||
  (event.type === 'verified' && event.outcome === 'verified') ||
  (event.type === 'examined' && event.outcome === 'passed' && !event.isDecision)

/** The last event of a case, and by whom: `staff:<id>`. */
export type LastEvent = CaseEvent & { readonly actor: string }

/** Why the last event is not taken back by a member of staff now; null when it is. */
export function whyNotUndo(
  last: LastEvent | undefined,
  { staffId, isOver }: { readonly staffId: string | null; readonly isOver: boolean },
): CaseError | null {
  if (!last || !isUndoable(last)) return { code: 'case.action-not-allowed' }
  if (staffId === null || last.actor !== `staff:${staffId}`) return { code: 'case.not-your-task' }
  return isOver ? { code: 'case.undo-over' } : null
}

/** Of a case's events, from the first on, those that still count. */
export function standingEvents<Event extends CaseEvent>(events: readonly Event[]): readonly Event[] {
  let standing: { readonly event: Event; readonly number: number }[] = []
  events.forEach((event, at) => {
    const { type, to } = { to: 0, ...event }
    if (type === 'undone') standing = standing.filter(({ number }) => number <= to)
    else standing.push({ event, number: at + 1 })
  })
  return standing.map(({ event }) => event)
}
