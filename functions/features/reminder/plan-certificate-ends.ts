import { sql } from 'drizzle-orm'
import { OFFERED_DAYS_BEFORE, type Renewal, renewalOffered } from '#shared/domain/case/result/certificate'
import type { CaseState } from '#shared/domain/case/state'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { addDays, dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { certificateEndMessage } from '#shared/domain/reminder/certificate-end'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { hasDied } from '../../platform/db/parts/stored-state'
import { failWith, togetherOrApart, workedOut } from '../../platform/one-by-one'
import type { Database } from '../../platform/ports/database'
import { ownersOf } from '../application'
import { RENEWALS, renewalsFrom, type StoredRenewals } from '../case'
import type { Reference } from '../service-item'
import { sealBody } from './body'
import { insertOnce } from './insert-once'
import type { PlanDueDeps } from './plan-due'

interface Ending {
  readonly caseId: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly validTo: PlainDate
  readonly state: CaseState
  readonly renewals: readonly Renewal[]
  /** Accounts of whoever holds it: those that may act for the applicant, and whoever filed it. */
  readonly holders: readonly string[]
  readonly filedId: string
}

const BATCH = 200

/** Tells the holder of each certificate that can be renewed and ends soon, once for an end. Running it again plans nothing new. */
export const createPlanCertificateEnds = (deps: PlanDueDeps) => async (): Promise<number> => {
  const now = deps.clock.now()
  const reference = await deps.reference.current()
  const failures: unknown[] = []
  let told = 0
  for (let after: string | null = null; ; ) {
    const ending: readonly Ending[] = await findEnding(deps.database, dayIn(now), after)
    const rows = workedOut(ending, (each) => remindersOf(deps, reference, each, now), failures)
    told += await togetherOrApart(rows, (some) => insertOnce(deps.database, some, now), failures)
    after = ending.at(-1)?.caseId ?? null
    if (ending.length < BATCH) break
  }
  failWith(failures, 'told of')
  return told
}

async function findEnding(database: Database, today: PlainDate, after: string | null) {
  const rows = await database.rows<
    Omit<Ending, 'state' | 'renewals'> & {
      readonly state: StoredState
      readonly renewals: StoredRenewals
    }
  >(sql`select c.id as "caseId", c.case_number as "caseNumber", c.service_item_id as "serviceItemId",
      r.valid_to::text as "validTo", c.state, ${RENEWALS} as renewals, e.id as "filedId",
      (select coalesce(json_agg(distinct h.id), '[]'::json) from (select o.id from (${ownersOf(today)}) o
        union select c.filed_by where c.entered_by is null and (c.owner_id is null or c.owner_id = c.filed_by)) h where h.id is not null) as holders
    from certificates r join cases c on c.id = r.case_id
      join case_events e on e.case_id = c.id and e.sequence = 1
    where r.valid_to between ${today}::date and ${addDays(today, OFFERED_DAYS_BEFORE)}::date
      and not ${hasDied('c')}
      ${after === null ? sql`` : sql`and c.id > ${after}::uuid`}
    order by c.id limit ${rowsAtMost(BATCH)}`)
  return rows.map(
    (row): Ending => ({ ...row, state: upgradeState(row.state), renewals: renewalsFrom(row.renewals) }),
  )
}

function remindersOf(deps: PlanDueDeps, reference: Reference, ending: Ending, now: Instant) {
  const { caseId, filedId, holders, serviceItemId } = ending
  const today = dayIn(now)
  const item = reference.latest(serviceItemId)?.item
  const renewBy = item ? renewalOffered({ ...ending, result: item.resultDocument, today }) : null
  if (!item || renewBy === null) return []
  return holders.map((holder) => {
    const id = deps.ids.next()
    const message = certificateEndMessage({ ...ending, item, renewBy }, today)
    const { kind, urgent, channel, templateId } = message
    return {
      id,
      eventId: filedId,
      caseId,
      recipient: `profile:${holder}`,
      kind,
      urgent,
      channel,
      templateId,
      bodySealed: sealBody(deps.cipher, id, message),
      availableAt: now,
    }
  })
}
