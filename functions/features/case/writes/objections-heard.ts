import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Change } from '../../../platform/db/commit'
import type { Moved } from './case-write'
import { listed } from './lists'

/** Objections from the public page that acts of the statement take up. */
export const objectionsHeard = (moves: readonly Moved[]) =>
  moves.flatMap(({ caseId, events }) =>
    events.flatMap(({ event }) =>
      event.type === 'objection-recorded' && event.objectionId !== undefined
        ? [{ caseId, id: event.objectionId }]
        : [],
    ),
  )

/** Notices that acts of the statement close. */
const noticesClosed = (moves: readonly Moved[]) =>
  moves.flatMap(({ caseId, events }) =>
    events.flatMap(({ event }) =>
      event.type === 'notice-closed' ? [{ caseId, stepKey: event.stepKey, unitId: event.unitId }] : [],
    ),
  )

/** What was typed while somebody had the page open that closes the notice is read first, too. */
export function allRead(moves: readonly Moved[]): Change['demands'] {
  const closed = noticesClosed(moves)
  return closed.length === 0
    ? []
    : [
        {
          holds: sql`not exists (select 1 from notice_objections o,
            ${listed(closed, sql.raw('n("caseId" uuid, "stepKey" text, "unitId" text)'))} n
            where o.case_id = n."caseId" and o.step_key = n."stepKey" and o.unit_id = n."unitId" and o.outcome is null)`,
          code: 'case.objections-unread',
        },
      ]
}

const HEARD = sql.raw('h("caseId" uuid, id uuid)')

/** Settled with the act that takes it up: nobody takes it up twice. Who left no telephone is told nothing more. */
export const heardPart = (moves: readonly Moved[], now: Instant): SQL =>
  sql`heard as (update notice_objections o set outcome = 'taken', settled_at = ${now}::timestamptz,
      settled_by = substr(actor.actor, 7),
      contact_sealed = case when o.leaves_phone then o.contact_sealed end,
      closed_at = case when o.leaves_phone then null else ${now}::timestamptz end
    from actor, ${listed(objectionsHeard(moves), HEARD)} h
    where o.id = h.id and o.case_id = h."caseId" and o.outcome is null returning o.id)`
