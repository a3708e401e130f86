import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Change } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { actorPart } from './statement'

/** A row as its events make it. */
export interface RebuiltRow {
  readonly caseId: string
  /** The version at which it was read. */
  readonly before: number
  readonly state: CaseState
  /** YYYY-MM-DD */
  readonly dueOn: string | null
  readonly auditId: string
}

/** No event: nothing has happened to the case, its row alone was wrong. Its tasks and what the search knows stay as they are; lists go by the state until the next write. */
export function rebuiltParts(
  { caseId, before, state, dueOn, auditId }: RebuiltRow,
  now: Instant,
): Pick<Change, 'parts' | 'demands'> {
  return {
    parts: [
      actorPart('system:command'),
      sql`rebuilt as (update cases c set state = ${JSON.stringify(state)}::jsonb, status = ${state.status},
        version = ${state.version}::int, line_version = null, lined_version = null, due_on = ${dueOn}::date,
        ended_at = ${state.endedAt}::timestamptz, village_code = ${state.where.villageId},
        was_disowned = ${state.disownments.length > 0}::boolean,
        organ_unit_id = ${state.organUnitId}, channel = ${state.channel}, src = ${state.src},
        assisted = ${state.assisted}::boolean, entered_by = ${state.enteredBy}
        where c.id = ${caseId}::uuid and c.version = ${before}::int returning c.id)`,
      auditPart([{ id: auditId, action: 'case.rebuild', subject: `case:${caseId}` }], now),
    ],
    demands: [{ holds: sql`exists(select 1 from rebuilt)`, code: 'case.state-changed' }],
  }
}
