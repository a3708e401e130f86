import { slotsOf } from '#shared/domain/application/item-answers'
import { holdsSeats } from '#shared/domain/case/derived'
import type { CaseState, Seat } from '#shared/domain/case/state'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { Field, ServiceItem } from '#shared/domain/service-item/item'
import type { SeatChange } from '../writes/case-write'

interface Wanted {
  readonly fieldKey: string
  readonly date: PlainDate
  readonly half: string
  readonly capacity: number
}

const keyOf = ({ fieldKey, on, half }: Seat) => JSON.stringify([fieldKey, on, half])

/** What is taken and given back so that the seats of `held` become those of `wanted`; each half day once. */
export function seatChanges(held: readonly Seat[], wanted: readonly Wanted[]): readonly SeatChange[] {
  const before = new Map(held.map((seat) => [keyOf(seat), seat]))
  const after = new Map(
    wanted.map(({ date, ...each }) => [keyOf({ ...each, on: date }), { ...each, on: date }]),
  )
  return [
    ...[...after].flatMap(([key, seat]) => (before.has(key) ? [] : [{ ...seat, change: 1 as const }])),
    ...[...before].flatMap(([key, seat]) =>
      after.has(key) ? [] : [{ ...seat, change: -1 as const, capacity: 0 }],
    ),
  ]
}

const slotFields = (fields: readonly Field[]) =>
  fields
    .flatMap((field) => (field.kind === 'table' ? field.columns : [field]))
    .filter(({ kind }) => kind === 'slot')

/** Whether a case of the item can hold a half day at all. */
const hasSlots = (item: ServiceItem) => slotFields(item.fields).length > 0

function capacityOf(item: ServiceItem, fieldKey: string) {
  const field = slotFields(item.fields).find(({ key }) => key === fieldKey)
  return field?.kind === 'slot' ? field.capacity : 0
}

/** What a change of a case takes and gives back. Cases from before seats were recorded ask the answers. */
export function seatsMoved(
  item: ServiceItem,
  { before, after }: { readonly before: CaseState; readonly after: CaseState },
  answered: () => Parameters<typeof slotsOf>[1],
): readonly SeatChange[] {
  if (!hasSlots(item)) return []
  const recorded =
    before.seats ?? slotsOf(item, answered()).map(({ date, ...each }) => ({ ...each, on: date }))
  const held = holdsSeats(before) ? recorded : []
  const wanted = holdsSeats(after) ? (after.seats ?? recorded) : []
  return seatChanges(
    held,
    wanted.map(({ on, ...seat }) => ({ ...seat, date: on, capacity: capacityOf(item, seat.fieldKey) })),
  )
}
