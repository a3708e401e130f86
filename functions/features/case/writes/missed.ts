import { type SQL, sql } from 'drizzle-orm'
import { KEPT_YEARS } from '#shared/domain/account/retention'
import { addDays, dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { EVENT_UNIT } from '../../../platform/db/parts/stored-state'
import type { MissedRow, Moved } from './case-write'
import { listed } from './lists'

const MISSED =
  sql.raw(`m("caseId" uuid, sequence int, "itemId" text, "itemVersion" int, kind text, name text, "unitId" text,
  "writtenAs" text, "firstAt" timestamptz, at timestamptz)`)

type Rows = readonly (Pick<Moved, 'caseId' | 'itemId'> & { readonly missed: readonly MissedRow[] })[]

const rowsOf = (of: Rows) =>
  of.flatMap(({ caseId, itemId, missed }) => missed.map((each) => ({ caseId, itemId, ...each })))

/**
 * Who wrote it is read from the event: of a joint notice the last draft of the unit up to then. A unit whose days went by has
 * nobody.
 */
const WRITER = sql`(select substr(e.actor, 7) from case_events e
  where e.case_id = m."caseId" and e.type = m."writtenAs" and e.at <= m."firstAt" and e.actor like 'staff:%'
    and (m."writtenAs" = 'correction-requested' or ${EVENT_UNIT} = m."unitId")
  order by e.sequence desc limit 1)`

/** What first notices have missed, in the statement of the notice that asked for it. */
export const missedPart = (of: Rows): SQL =>
  sql`missed as (insert into missed_items (case_id, sequence, kind, name, unit_id, staff_id, service_item_id, item_version, asked_at)
    select m."caseId", m.sequence, m.kind, m.name, m."unitId", ${WRITER}, m."itemId", m."itemVersion", m.at
    from ${listed(rowsOf(of), MISSED)} m on conflict do nothing)`

/** Those of a case that are there and that its events do not say. */
export const unmissedPart = ({ caseId, missed }: Rows[number]): SQL =>
  sql`unmissed as (delete from missed_items k where k.case_id = ${caseId}::uuid and not exists (
    select 1 from ${listed(rowsOf([{ caseId, itemId: '', missed }]), MISSED)} m where m.sequence = k.sequence
      and m."unitId" = k.unit_id and m.kind = k.kind and m.name = k.name))`

/** From when on it is kept; what is older is used for nothing, and goes by night. */
export const missedSince = (now: Instant): Instant =>
  instantAt(addDays(dayIn(now), -365 * KEPT_YEARS.missed), 0)
