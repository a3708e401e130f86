import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
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

const HEARD = sql.raw('h("caseId" uuid, id uuid)')

/** Settled with the act that takes it up: nobody takes it up twice. Who left no telephone is told nothing more. */
export const heardPart = (moves: readonly Moved[], now: Instant): SQL =>
  sql`heard as (update notice_objections o set outcome = 'taken', settled_at = ${now}::timestamptz,
      settled_by = substr(actor.actor, 7),
      contact_sealed = case when o.leaves_phone then o.contact_sealed end,
      closed_at = case when o.leaves_phone then null else ${now}::timestamptz end
    from actor, ${listed(objectionsHeard(moves), HEARD)} h
    where o.id = h.id and o.case_id = h."caseId" and o.outcome is null returning o.id)`
