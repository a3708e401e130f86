import { sql } from 'drizzle-orm'
import type { CaseChanged } from '#shared/contract/case'
import { CASE_STATUS_LABELS } from '#shared/contract/case.labels'
import { dueOfCase, provisionalDueOfCase } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { type Committed, commit, STALE_REFERENCE } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import { documentsOf } from './documents'
import type { CaseTask } from './outbox'
import type { CaseRow } from './queries'
import {
  attachPart,
  auditPart,
  documentParts,
  eventParts,
  freeSeatPart,
  movePart,
  outboxParts,
  payloadOf,
  taskParts,
  textParts,
} from './repository'
import { taskChanges, tasksOf } from './tasks'
import type { CaseText } from './texts'
import { dueBecauseOf } from './views/due-view'

export interface CaseMove {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly item: ServiceItem
  readonly events: readonly CaseEvent[]
  readonly texts: readonly CaseText[]
  /** `profile:<id>`, `staff:<id>` or `system:<job>` */
  readonly actor: string
  readonly profileId: string | null
  readonly intent: Intent | null
  readonly reasonDigest: string | null
  /** Uploads that a supplement brings. */
  readonly uploadIds?: readonly string[]
  /** Half days that a withdrawal gives back. */
  readonly freedSeats?: readonly {
    readonly fieldKey: string
    readonly date: PlainDate
    readonly half: string
  }[]
}

/** Whether a case still bars a second one: while it is pending, and once granted where the item names its keys. */
function bars(item: ServiceItem, state: CaseState) {
  if (state.decision?.kind === 'refused') return false
  if (state.endedAt === null) return true
  return state.status === 'delivered' && item.duplicateKeys !== null
}

/** Applies events to a case and writes all that follows from them in one round trip; 409 for the loser of a race. */
export async function persistMove(
  deps: CaseDeps,
  reference: Reference,
  move: CaseMove,
  now: Instant,
): Promise<{ readonly committed: Committed; readonly changed: CaseChanged }> {
  const { caseRow, item } = move
  const after = move.events.reduce<CaseState>((state, event) => evolve(item, state, event), caseRow.state)
  const due = dueOfCase(item, after, reference.calendar)
  const handedOver = move.events.filter((event) => event.type === 'handed-over')
  const place = { item, state: after, reference, now, whose: caseRow }
  const tasks = taskChanges(move.tasks, tasksOf(place, move.tasks, handedOver))
  const logged = move.events.map((event) => ({ id: deps.ids.next(), event }))
  const outbox = deps.planReminders({
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    item,
    before: caseRow.state,
    after,
    events: logged,
    due,
    opened: tasks.opened,
    actorStaffId: move.actor.startsWith('staff:') ? move.actor.slice('staff:'.length) : null,
  })
  const projection = {
    state: after,
    due,
    sortOn: provisionalDueOfCase(item, after, reference.calendar, dayIn(now)),
    bars: bars(item, after),
  }
  const changed: CaseChanged = {
    id: caseRow.id,
    version: after.version,
    status: after.status,
    statusText: CASE_STATUS_LABELS[after.status],
    dueOn: due.kind === 'on' ? due.on : null,
    dueBecause: dueBecauseOf(due, item),
  }
  const uploadIds = move.uploadIds ?? []
  const action = move.events.map((event) => event.type).join('+')
  const committed = await commit(deps.database, {
    now,
    intent: move.intent,
    status: 200,
    parts: [
      sql`principal as (select ${move.profileId}::uuid as profile_id)`,
      sql`actor as (select ${move.actor}::text as actor)`,
      movePart(caseRow.id, caseRow.version, projection, now),
      sql`filer as (select filed_by as profile_id from moved)`,
      ...eventParts({
        caseId: caseRow.id,
        after: caseRow.version,
        previous: sql`(select hash from case_events where case_id = ${caseRow.id}::uuid and sequence = ${caseRow.version}::int)`,
        events: logged.map(({ id, event }) => ({
          id,
          type: event.type,
          at: event.at,
          payload: sql`${payloadOf(event)}::text`,
        })),
      }),
      ...textParts(caseRow.id, move.texts, now),
      ...taskParts(caseRow.id, tasks.removed, tasks.written),
      ...outboxParts(caseRow.id, outbox, now),
      ...documentParts(
        caseRow.id,
        documentsOf(logged, after, item, reference, Number(dayIn(now).slice(0, 4))),
        now,
      ),
      ...(uploadIds.length > 0 ? [attachPart(caseRow.id, uploadIds)] : []),
      ...(move.freedSeats ?? []).map((seat, index) =>
        freeSeatPart(sql.raw(`freed${index + 1}`), {
          itemId: item.id,
          fieldKey: seat.fieldKey,
          on: seat.date,
          half: seat.half,
        }),
      ),
      auditPart({
        id: deps.ids.next(),
        at: now,
        action: `case.${action}`,
        subject: `case:${caseRow.id}`,
        reasonDigest: move.reasonDigest,
      }),
    ],
    demands: [
      { holds: sql`exists(select 1 from moved)`, code: 'case.state-changed' },
      {
        holds: sql`(select revision from reference_data) = ${reference.revision}::int`,
        code: STALE_REFERENCE,
      },
      ...(uploadIds.length > 0
        ? [
            {
              holds: sql`(select count(*) from attached) = ${new Set(uploadIds).size}::int`,
              code: 'upload.missing' as const,
            },
          ]
        : []),
    ],
    answer: sql`${JSON.stringify(changed)}::json`,
  })
  if (outbox.length > 0) deps.onCommitted()
  return { committed, changed }
}
