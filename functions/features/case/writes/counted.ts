import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { CaseWrite, Moved, SeatChange } from './case-write'
import { listed } from './lists'

// What is drawn from counters: numbers of documents, with the certificates among them, and half days.

const DOCUMENTS = sql.raw(
  'd("caseId" uuid, id uuid, kind text, "unitId" text, year int, prefix text, at int)',
)

const documentRows = (writes: readonly CaseWrite[]) =>
  writes
    .flatMap(({ caseId, documents }) => documents.map((each) => ({ caseId, ...each })))
    .map((row, at) => ({ ...row, at }))

/**
 * Draws the numbers of documents from the counter of each unit, kind and year: continuous, since a transaction that fails
 * draws none.
 */
export const documentParts = (writes: readonly CaseWrite[], now: Instant): readonly SQL[] => [
  sql`issuing as (select d.*, row_number() over (partition by "unitId", kind, year order by at)::int as nth,
      count(*) over (partition by "unitId", kind, year)::int as total
    from ${listed(documentRows(writes), DOCUMENTS)} d)`,
  sql`drawn as (insert into document_counters (unit_id, kind, year, last)
    select "unitId", kind, year, count(*)::int from issuing group by 1, 2, 3 order by 1, 2, 3
    on conflict (unit_id, kind, year) do update set last = document_counters.last + excluded.last
    returning unit_id, kind, year, last)`,
  sql`issued as (insert into documents (id, case_id, kind, unit_id, year, number, document_number, issued_at)
    select i.id, i."caseId", i.kind, i."unitId", i.year, d.last - i.total + i.nth,
      i.prefix || (d.last - i.total + i.nth) || '号', ${now}::timestamptz
    from issuing i join drawn d on d.unit_id = i."unitId" and d.kind = i.kind and d.year = i.year)`,
]

const CERTIFICATES = sql.raw(
  'r("caseId" uuid, "documentId" uuid, "codeIndex" text, title text, "organName" text, "validTo" date)',
)

/** Certificates beside their documents, each found by its code alone. */
export const certifiedPart = (moves: readonly Moved[]): SQL =>
  sql`certified as (insert into certificates (document_id, case_id, code_index, title, organ_name, valid_to)
    select r."documentId", r."caseId", r."codeIndex", r.title, r."organName", r."validTo"
    from ${listed(
      moves.flatMap(({ caseId, certificates }) => certificates.map((each) => ({ caseId, ...each }))),
      CERTIFICATES,
    )} r)`

export interface SeatOfItem extends Omit<SeatChange, 'change'> {
  readonly itemId: string
  readonly change: number
}

/** Each half day once: what one case of the statement gives back another may take. */
export function seatSums(writes: readonly CaseWrite[]): readonly SeatOfItem[] {
  const sums = new Map<string, SeatOfItem>()
  for (const { itemId, seats } of writes)
    for (const seat of seats) {
      const key = [itemId, seat.fieldKey, seat.on, seat.half].join('|')
      const known = sums.get(key)
      sums.set(key, {
        ...seat,
        itemId,
        change: seat.change + (known?.change ?? 0),
        capacity: Math.max(seat.capacity, known?.capacity ?? 0),
      })
    }
  return [...sums.values()].filter(({ change }) => change !== 0)
}

/**
 * Takes and gives back half days, all in one order, so that two that swap theirs wait for each other and do not
 * deadlock. The part `seated` has a row for each that could be had.
 */
export const seatParts = (seats: readonly SeatOfItem[]): readonly SQL[] => [
  sql`seats as (select * from ${listed(
    seats,
    sql.raw('s("itemId" text, "fieldKey" text, "on" date, half text, change int, capacity int)'),
  )} s)`,
  sql`seated as (insert into slot_counters (service_item_id, field_key, slot_on, half, booked)
    select "itemId", "fieldKey", "on", half, greatest(change, 0) from seats where change <= 0 or change <= capacity
    order by 1, 2, 3, 4
    on conflict (service_item_id, field_key, slot_on, half) do update
      set booked = (select greatest(slot_counters.booked + s.change, 0) from seats s
        where s."itemId" = excluded.service_item_id and s."fieldKey" = excluded.field_key
          and s."on" = excluded.slot_on and s.half = excluded.half)
      where excluded.booked = 0 or slot_counters.booked + excluded.booked <= (select s.capacity from seats s
        where s."itemId" = excluded.service_item_id and s."fieldKey" = excluded.field_key
          and s."on" = excluded.slot_on and s.half = excluded.half)
    returning 1)`,
]
