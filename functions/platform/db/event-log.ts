import { and, lt, or, sql } from 'drizzle-orm'
import type { CaseEvent } from '#shared/domain/case/events'
import { upgradeEvent } from '#shared/domain/case/upgrade'
import type { Database } from '../ports/database'
import { instantText } from './parts/instant'
import { caseEvents, eventLog } from './schema/case'

/**
 * To be run on every migrated database: a copy restored on another server has events of transactions whose numbers are
 * still to come there. What is written from now on comes after all of them. ADR 0046
 */
export const continueEventLog = ({ rows }: Pick<Database, 'rows'>) =>
  rows(sql`update event_log set life = life + 1 where exists (select 1 from case_events e
    where e.life = event_log.life and e.written_in >= pg_snapshot_xmax(pg_current_snapshot()))`)

/** Where a reader of the events stands: it has all up to this one. */
export interface LogPosition {
  readonly life: number
  /** Decimal digits. */
  readonly writtenIn: string
  readonly id: string
}

export interface EventOfCounty extends LogPosition {
  readonly caseId: string
  readonly sequence: number
  readonly actor: string
  readonly event: CaseEvent
}

/**
 * For readers of the whole county, as figures will be; none is there yet. At most `size` events after `position`, in the order
 * in which readers follow the log; null: from the beginning. An event is read once all that can come before it is there: as
 * long as a transaction that began earlier runs, what began after it waits.
 */
export async function readEventLog(
  { db }: Pick<Database, 'db'>,
  position: LogPosition | null,
  size: number,
): Promise<readonly EventOfCounty[]> {
  const { life, writtenIn, id, caseId, sequence, type, actor, payload } = caseEvents
  const after =
    position &&
    sql`(${life}, ${writtenIn}, ${id}) > (${position.life}::int, ${position.writtenIn}::xid8, ${position.id}::uuid)`
  const found = await db
    .select({
      life,
      writtenIn: sql<string>`${writtenIn}::text`,
      id,
      caseId,
      sequence,
      actor,
      stored: { type, payload, at: instantText('case_events.at') },
    })
    .from(caseEvents)
    .crossJoin(eventLog)
    .where(
      and(
        after ?? undefined,
        or(lt(life, eventLog.life), sql`${writtenIn} < pg_snapshot_xmin(pg_current_snapshot())`),
      ),
    )
    .orderBy(life, writtenIn, id)
    .limit(size)
  return found.map(({ stored, ...place }) => ({ ...place, event: upgradeEvent(stored) }))
}
