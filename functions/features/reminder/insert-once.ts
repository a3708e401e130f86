import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import { listOf, remindersPart } from '../../platform/db/parts/reminders'
import type { Database } from '../../platform/ports/database'

/** A case is told as a whole: once somebody has been told of this kind, nobody is told of it again. Answers how many were. */
export async function insertOnce(database: Database, rows: Parameters<typeof listOf>[0], now: Instant) {
  if (rows.length === 0) return 0
  const where = sql`not exists (select 1 from reminders o where o.event_id = r."eventId" and o.kind = r.kind)`
  return commitBySystem<number>(database, {
    now,
    parts: [remindersPart('planned', { from: listOf(rows), where }, now)],
    answer: sql`(select to_json(count(*)) from planned)`,
  })
}
