import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import { awayUntil, type ToldShare, toldOf } from '#shared/domain/case/step/told-of'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { type PowerReader, powerEndedMessage } from '#shared/domain/reminder/power'
import { asFiled } from '#shared/domain/service-item/fast-track'
import { ownStaffJson } from '../../platform/db/parts/barred-staff'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { GOES_BY_POWER } from '../../platform/db/parts/stored-state'
import { failWith, togetherOrApart, workedOut } from '../../platform/one-by-one'
import type { Database } from '../../platform/ports/database'
import { filerConfirmed, ownersOf } from '../application'
import type { Reference } from '../service-item'
import { sealBody } from './body'
import { insertOnce } from './insert-once'
import { holdersBut, type PlanDueDeps } from './plan-due'

interface Ended {
  readonly caseId: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly state: CaseState
  readonly carrierId: string
  /** They filed it themselves, and go on reading it. */
  readonly sees: boolean
  readonly until: PlainDate | null
  readonly owners: readonly string[]
  readonly ownStaff: readonly string[]
  readonly shares: readonly (ToldShare & { readonly dueOn: PlainDate | null })[]
  readonly filedId: string
}

const BATCH = 200

/**
 * Tells of each power that has ended while a case went on by it: whoever has the case, the firm's other agents and the
 * holders of its open steps, once for a case and an end. Running it again plans nothing new.
 */
export const createPlanPowerEnds = (deps: PlanDueDeps) => async (): Promise<number> => {
  const now = deps.clock.now()
  const today = dayIn(now)
  const reference = await deps.reference.current()
  const failures: unknown[] = []
  let told = 0
  for (let after: string | null = null; ; ) {
    const ended: readonly Ended[] = await findEnded(deps.database, today, after)
    const rows = workedOut(ended, (each) => remindersOf(deps, reference, each, now), failures)
    told += await togetherOrApart(rows, (some) => insertOnce(deps.database, some, now), failures)
    after = ended.at(-1)?.caseId ?? null
    if (ended.length < BATCH) break
  }
  failWith(failures, 'told of')
  return told
}

/** From the firms, of which there are few: a power may have been taken away, so no row of a power leads to its cases. */
async function findEnded(database: Database, today: PlainDate, after: string | null) {
  const rows = await database.rows<
    Omit<Ended, 'state'> & { readonly state: StoredState }
  >(sql`select c.id as "caseId", c.case_number as "caseNumber", c.service_item_id as "serviceItemId",
      c.item_version as "itemVersion", c.state, h.id as "carrierId",
      (c.entered_by is null and h.id = c.filed_by) as sees, to_char(w.until, 'YYYY-MM-DD') as until,
      (select coalesce(json_agg(o.id), '[]'::json) from (${ownersOf(today)}) o) as owners,
      ${ownStaffJson(today)} as "ownStaff", e.id as "filedId",
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id, 'role', t.role,
        'unitId', t.unit_id, 'assigneeId', t.assignee_id, 'barred', t.barred,
        'dueOn', to_char(t.due_on, 'YYYY-MM-DD'))), '[]'::json)
        from case_tasks t where t.case_id = c.id and not t.approval) as shares
    from enterprises f join cases c on c.applicant_index = f.credit_code_index
      join case_events e on e.case_id = c.id and e.sequence = 1
      join profiles h on h.id = coalesce(c.owner_id, c.filed_by)
      cross join lateral (select max(a.until) as until from enterprise_agents a
        where a.enterprise_id = f.id and a.profile_id = h.id) w
    where c.ended_at is null and ${GOES_BY_POWER}
      and ${filerConfirmed(today)} is null ${after === null ? sql`` : sql`and c.id > ${after}::uuid`}
    order by c.id limit ${rowsAtMost(BATCH)}`)
  return rows.map((row): Ended => ({ ...row, state: upgradeState(row.state) }))
}

function remindersOf(deps: PlanDueDeps, reference: Reference, ended: Ended, now: Instant) {
  const { caseId, filedId, carrierId, sees, owners, ownStaff, shares } = ended
  const today = dayIn(now)
  const item = asFiled(reference.at(ended.serviceItemId, ended.itemVersion), ended.state)
  const there = { holders: holdersBut(reference, ownStaff), isAway: awayUntil(now, reference.calendar) }
  const holders = shares.flatMap((share) => toldOf(share, shares, there)).map(({ id }) => id)
  const readers: readonly (readonly [string, PowerReader])[] = [
    [`profile:${carrierId}`, sees ? 'agent' : 'agent-without-sight'],
    ...owners.map((id) => [`profile:${id}`, 'other-agent'] as const),
    ...[...new Set(holders)].map((id) => [`staff:${id}`, 'staff'] as const),
  ]
  return readers.map(([recipient, reader]) => {
    const id = deps.ids.next()
    const message = powerEndedMessage({ ...ended, item }, reader, today)
    const { kind, urgent, channel, templateId } = message
    const bodySealed = sealBody(deps.cipher, id, message)
    return {
      id,
      eventId: filedId,
      caseId,
      recipient,
      kind,
      urgent,
      channel,
      templateId,
      bodySealed,
      availableAt: now,
    }
  })
}
