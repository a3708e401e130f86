import { sql } from 'drizzle-orm'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseDeps } from '../deps'
import { seatsMoved } from '../filing/seats'
import { openContent } from '../texts'
import type { CaseAtHand } from './verb'

/** Whether the half days that these events take back are still to be had: others may have come by them since. */
export async function areSeatsLeft(
  { database, cipher }: Pick<CaseDeps, 'database' | 'cipher'>,
  { caseRow, item, loaded }: CaseAtHand,
  events: readonly CaseEvent[],
): Promise<boolean> {
  const { state: before } = caseRow
  const after = events.reduce((state, event) => evolve(item, state, event), before)
  const answered = () => openContent(cipher, caseRow.id, loaded.texts, before.answersDigest).answers
  const wanted = seatsMoved(item, { before, after }, answered).filter(({ change }) => change > 0)
  if (wanted.length === 0) return true
  const full = await database.rows(sql`select 1 from slot_counters s
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("fieldKey" text, "on" date, half text, capacity integer)
      on s.field_key = w."fieldKey" and s.slot_on = w."on" and s.half = w.half
    where s.service_item_id = ${item.id} and s.booked >= w.capacity limit 1`)
  return full.length === 0
}
