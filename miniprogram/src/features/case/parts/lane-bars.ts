import type { CaseLanes } from '#shared/contract/lanes'
import { addDays, daysBetween, laterOf, type PlainDate, weekdayOf } from '#shared/domain/kernel/plain-date'

export interface Bar {
  readonly kind: 'run' | 'done' | 'late' | 'stop'
  /** Per cent of the axis. */
  readonly left: number
  readonly width: number
}

export interface Axis {
  readonly from: PlainDate
  readonly until: PlainDate
}

const MOST_NAMED = 5

type Unit = CaseLanes['units'][number]
// Days come from the wire as text.
const days = (...texts: readonly (string | null | undefined)[]) =>
  texts.filter((text) => typeof text === 'string') as PlainDate[]

/** From the first day of any unit to the last that is told; null while nobody has begun. */
export function axisOf({ units, clock }: CaseLanes, today: PlainDate): Axis | null {
  const begun = days(...units.map(({ openedOn }) => openedOn)).sort()
  const [from] = begun
  if (from === undefined) return null
  const ends = days(clock?.dueOn, ...units.flatMap(({ dueOn, doneOn }) => [dueOn, doneOn]))
  return { from, until: ends.reduce(laterOf, today) }
}

export const placeOn = ({ from, until }: Axis, day: string) =>
  Math.min(
    100,
    Math.max(0, (100 * daysBetween(from, day as PlainDate)) / Math.max(1, daysBetween(from, until))),
  )

/** Mondays as an axis names them: every week, or further apart where there are too many to read. */
export function mondaysOn({ from, until }: Axis): readonly PlainDate[] {
  const first = addDays(from, (7 - weekdayOf(from)) % 7)
  const weeks = Math.floor(daysBetween(first, until) / 7) + 1
  const apart = Math.ceil(weeks / MOST_NAMED)
  return Array.from({ length: Math.max(0, Math.ceil(weeks / apart)) }, (_, at) =>
    addDays(first, 7 * apart * at),
  )
}

function bar(axis: Axis, kind: Bar['kind'], from: string, until: string): readonly Bar[] {
  const left = placeOn(axis, from)
  const width = placeOn(axis, until) - left
  return width > 0 ? [{ kind, left, width }] : []
}

/** What a unit has used of its days: done, at work, over them, and what is not counted. */
export function barsOf(
  { openedOn, doneOn, dueOn, stops }: Unit,
  axis: Axis,
  today: PlainDate,
): readonly Bar[] {
  if (openedOn === null) return []
  const end = doneOn ?? today
  const isOver = dueOn !== null && end > dueOn
  return [
    ...bar(axis, doneOn === null ? 'run' : 'done', openedOn, isOver ? dueOn : end),
    ...(isOver ? bar(axis, 'late', dueOn < openedOn ? openedOn : dueOn, end) : []),
    ...stops.flatMap((stop) => bar(axis, 'stop', stop.from, stop.until ?? end)),
  ]
}
