import { type SQL, sql } from 'drizzle-orm'
import type { CaseEvent } from '#shared/domain/case/events'
import { type StoredEvent, upgradeEvent } from '#shared/domain/case/upgrade'
import type { Database } from '../ports/database'
import { instantText } from './parts/instant'

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

export interface LoggedEvent extends LogPosition {
  readonly caseId: string
  readonly sequence: number
  readonly actor: string
  readonly event: CaseEvent
}

/**
 * For readers of the whole county, as figures will be; none is there yet. What comes after `position`, in the order in which
 * readers follow the log; null: from the beginning. An event is read
 * once all that can come before it is there: as long as a transaction that began earlier runs, what began after it waits.
 */
export async function readEventLog(
  { rows }: Pick<Database, 'rows'>,
  position: LogPosition | null,
  size: number,
): Promise<readonly LoggedEvent[]> {
  const after: SQL =
    position === null
      ? sql`true`
      : sql`(e.life, e.written_in, e.id) > (${position.life}::int, ${position.writtenIn}::xid8, ${position.id}::uuid)`
  const found = await rows<
    Omit<LoggedEvent, 'event'> & StoredEvent
  >(sql`select e.life, e.written_in::text as "writtenIn", e.id, e.case_id as "caseId", e.sequence, e.type,
      ${instantText('e.at')} as at, e.actor, e.payload
    from case_events e, event_log l
    where ${after} and (e.life < l.life or e.written_in < pg_snapshot_xmin(pg_current_snapshot()))
    order by e.life, e.written_in, e.id limit ${size}::int`)
  return found.map(({ type, at, payload, ...place }) => ({
    ...place,
    event: upgradeEvent({ type, at, payload }),
  }))
}
