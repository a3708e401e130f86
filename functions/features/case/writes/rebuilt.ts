import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Change } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { listed } from './lists'
import { STATE_TYPED, type StateColumns, stateSet } from './state-columns'
import { actorPart } from './statement'

const REBUILT = sql.raw(`r("caseId" uuid, before int, state jsonb, ${STATE_TYPED})`)

/** A row as its events make it. */
export interface RebuiltRow {
  readonly caseId: string
  /** The version at which it was read. */
  readonly before: number
  readonly state: CaseState
  readonly columns: StateColumns
  readonly auditId: string
}

/** No event: nothing has happened to the case, its row alone was wrong. Its tasks and what the search knows stay as they are; lists go by the state until the night. */
export function rebuiltParts(
  { caseId, before, state, columns, auditId }: RebuiltRow,
  now: Instant,
): Pick<Change, 'parts' | 'demands'> {
  return {
    parts: [
      actorPart('system:command'),
      sql`rebuilt as (update cases c set state = r.state, ${stateSet('r')}, line_version = null, lined_version = null
        from ${listed([{ caseId, before, state, ...columns }], REBUILT)} r
        where c.id = r."caseId" and c.version = r.before returning c.id)`,
      auditPart([{ id: auditId, action: 'case.rebuild', subject: `case:${caseId}` }], now),
    ],
    demands: [{ holds: sql`exists(select 1 from rebuilt)`, code: 'case.state-changed' }],
  }
}
