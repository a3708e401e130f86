import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { invitedFor, invitesFiler, ratingInvitation } from '#shared/domain/reminder/rating-invited'
import { instantText } from '../../platform/db/parts/instant'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { isSaidToHaveDied } from '../../platform/db/parts/stored-state'
import { failWith, togetherOrApart, workedOut } from '../../platform/one-by-one'
import type { Database } from '../../platform/ports/database'
import { ownersOf } from '../application'
import type { Reference } from '../service-item'
import { sealBody } from './body'
import { insertOnce } from './insert-once'
import type { PlanDueDeps } from './plan-due'

interface Unrated {
  readonly caseId: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly endedAt: Instant
  readonly state: CaseState
  /** Accounts of those whose own it is; where there are none, whoever filed it with theirs. */
  readonly owners: readonly string[]
  readonly filer: string | null
  readonly filedId: string
}

const BATCH = 200

/** Asks of each case that is over for three days and not rated how it was, once. Running it again plans nothing new. */
export const createPlanRatingInvitations = (deps: PlanDueDeps) => async (): Promise<number> => {
  const now = deps.clock.now()
  const reference = await deps.reference.current()
  const failures: unknown[] = []
  let told = 0
  for (let after: string | null = null; ; ) {
    const unrated: readonly Unrated[] = await findUnrated(deps.database, now, after)
    const rows = workedOut(unrated, (each) => remindersOf(deps, reference, each, now), failures)
    told += await togetherOrApart(rows, (some) => insertOnce(deps.database, some, now), failures)
    after = unrated.at(-1)?.caseId ?? null
    if (unrated.length < BATCH) break
  }
  failWith(failures, 'asked about')
  return told
}

async function findUnrated(database: Database, now: Instant, after: string | null) {
  const today = dayIn(now)
  const { from, to } = invitedFor(today)
  const rows = await database.rows<
    Omit<Unrated, 'state'> & { readonly state: StoredState }
  >(sql`select c.id as "caseId", c.case_number as "caseNumber", c.service_item_id as "serviceItemId",
      c.item_version as "itemVersion", ${instantText('c.ended_at')} as "endedAt", c.state, e.id as "filedId",
      (select coalesce(json_agg(o.id), '[]'::json) from (${ownersOf(today)}) o) as owners,
      case when c.entered_by is null and c.owner_id is null then c.filed_by end as filer
    from cases c join case_events e on e.case_id = c.id and e.sequence = 1
    where (c.ended_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date
      and c.status in ('concluded', 'delivered') and not ${isSaidToHaveDied('c')}
      and not exists (select 1 from ratings g where g.case_id = c.id)
      and not exists (select 1 from reminders o where o.event_id = e.id and o.kind = 'rating-invited')
      ${after === null ? sql`` : sql`and c.id > ${after}::uuid`}
    order by c.id limit ${rowsAtMost(BATCH)}`)
  return rows.map((row): Unrated => ({ ...row, state: upgradeState(row.state) }))
}

function invited({ owners, filer, state }: Unrated): readonly string[] {
  if (owners.length > 0) return owners
  return filer !== null && invitesFiler(state) ? [filer] : []
}

function remindersOf(deps: PlanDueDeps, reference: Reference, unrated: Unrated, now: Instant) {
  const { caseId, filedId, serviceItemId, itemVersion } = unrated
  const item = reference.at(serviceItemId, itemVersion)
  const message = ratingInvitation({ ...unrated, item })
  const { kind, urgent, channel, templateId } = message
  return invited(unrated).map((profileId) => {
    const id = deps.ids.next()
    return {
      id,
      eventId: filedId,
      caseId,
      recipient: `profile:${profileId}`,
      kind,
      urgent,
      channel,
      templateId,
      bodySealed: sealBody(deps.cipher, id, message),
      availableAt: now,
    }
  })
}
