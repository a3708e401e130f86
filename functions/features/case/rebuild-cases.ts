import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import { dayOfRow } from '#shared/domain/case/clock/moved-dates'
import { type MissedItem, missedIn } from '#shared/domain/case/correction/missed-items'
import type { CaseEvent } from '#shared/domain/case/events'
import { replay } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { type StoredEvent, type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { asFiled } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { commitBySystem } from '../../platform/db/commit'
import { instantText } from '../../platform/db/parts/instant'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { ProblemError } from '../../platform/http/problem'
import type { Database } from '../../platform/ports/database'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { MissedRow } from './writes/case-write'
import { missedSince } from './writes/missed'
import { rebuiltParts } from './writes/rebuilt'
import { STATE_COLUMNS, type StateColumns, stateColumns } from './writes/state-columns'

/** What of a row its events say otherwise. */
export interface CaseDifference {
  readonly caseId: string
  /** `state.<field>`, the column, `missed_items`, or `events` where they cannot be replayed: never what stands there. */
  readonly fields: readonly string[]
  /** Null where it was not to be written; false where the case has moved on meanwhile, or cannot be replayed. */
  readonly written: boolean | null
}

export interface Rebuilt {
  readonly cases: number
  readonly different: number
  readonly written: number
}

interface Row {
  readonly id: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly version: number
  readonly state: StoredState
  readonly columns: StateColumns
  readonly events: readonly StoredEvent[]
  /** What is kept of what its first notice had missed. */
  readonly missed: readonly MissedKey[]
}

type MissedKey = Pick<MissedItem, 'kind' | 'name' | 'unitId'> & { readonly sequence: number }

const keyOf = ({ sequence, unitId, kind, name }: MissedKey) => [sequence, unitId, kind, name].join('|')

const BATCH = 100

/** A page of all cases by id, each with its events: memory holds one page, however many there are. */
const listRows = (database: Database, after: string | null, now: Instant) =>
  database.rows<Row>(sql`select c.id, c.service_item_id as "serviceItemId", c.item_version as "itemVersion", c.version,
      c.state, ${STATE_COLUMNS} as columns,
      (select coalesce(json_agg(json_build_object('type', e.type, 'payload', e.payload,
        'at', ${instantText('e.at')}) order by e.sequence), '[]'::json)
        from case_events e where e.case_id = c.id) as events,
      (select coalesce(json_agg(json_build_object('sequence', m.sequence, 'unitId', m.unit_id, 'kind', m.kind, 'name', m.name)),
        '[]'::json) from missed_items m where m.case_id = c.id and m.asked_at >= ${missedSince(now)}::timestamptz) as missed
    from cases c ${after === null ? sql`` : sql`where c.id > ${after}::uuid`} order by c.id limit ${rowsAtMost(BATCH)}`)

const different = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  named: (key: string) => string,
) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map(named)

/** What the first notice of a case had missed, as far as it is still kept. */
const missedOf = (
  guide: ServiceItem,
  { itemVersion }: Row,
  events: readonly CaseEvent[],
  now: Instant,
): readonly MissedRow[] => {
  const since = missedSince(now)
  return missedIn(guide, events)
    .filter(({ at }) => at >= since)
    .map((each) => ({ ...each, itemVersion }))
}

/** A row beside what its events make of it. */
function compared(reference: Reference, row: Row, now: Instant) {
  const guide = reference.at(row.serviceItemId, row.itemVersion)
  const events = row.events.map(upgradeEvent)
  const state: CaseState = JSON.parse(JSON.stringify(replay(guide, events)))
  const missed = missedOf(guide, row, events, now)
  const isMissed = isDeepStrictEqual(new Set(missed.map(keyOf)), new Set(row.missed.map(keyOf)))
  const item = asFiled(guide, state)
  const columns = {
    ...stateColumns(state, dueOfCase(item, state, reference.calendar)),
    due_on: dayOfRow(item, state, reference.calendar, row.columns.due_on),
  }
  const fields = [
    ...different({ ...upgradeState(row.state) }, { ...state }, (key) => `state.${key}`),
    ...different(row.columns, columns, (key) => key),
    ...(isMissed ? [] : ['missed_items']),
  ]
  return { fields, made: { state, columns, missed } }
}

const tried = (reference: Reference, row: Row, now: Instant) => {
  try {
    return compared(reference, row, now)
  } catch {
    return { fields: ['events'], made: null }
  }
}

/**
 * Replays all cases from their events and tells of each whose row says otherwise. With `write` the row becomes what the
 * events say, in one audited statement a case, unless the case has moved on meanwhile.
 */
export async function rebuildCases(
  deps: Pick<CaseDeps, 'database' | 'clock' | 'ids' | 'reference'>,
  { write, onDifference }: { readonly write: boolean; onDifference(difference: CaseDifference): void },
): Promise<Rebuilt> {
  const reference = await deps.reference.current()
  const total = { cases: 0, different: 0, written: 0 }
  for (let after: string | null = null; ; ) {
    const rows: readonly Row[] = await listRows(deps.database, after, deps.clock.now())
    for (const row of rows) {
      total.cases += 1
      const difference = await differenceOf(deps, reference, row, write)
      if (difference === null) continue
      total.different += 1
      if (difference.written) total.written += 1
      onDifference(difference)
    }
    after = rows[rows.length - 1]?.id ?? null
    if (rows.length < BATCH) return total
  }
}

async function differenceOf(
  deps: Pick<CaseDeps, 'database' | 'clock' | 'ids'>,
  reference: Reference,
  row: Row,
  write: boolean,
): Promise<CaseDifference | null> {
  const { fields, made } = tried(reference, row, deps.clock.now())
  if (fields.length === 0) return null
  const written = write ? made !== null && (await wasWritten(deps, row, made)) : null
  return { caseId: row.id, fields, written }
}

async function wasWritten(
  { database, clock, ids }: Pick<CaseDeps, 'database' | 'clock' | 'ids'>,
  { id, serviceItemId, version }: Row,
  made: {
    readonly state: CaseState
    readonly columns: StateColumns
    readonly missed: readonly MissedRow[]
  },
): Promise<boolean> {
  const now = clock.now()
  try {
    await commitBySystem(database, {
      now,
      ...rebuiltParts(
        { caseId: id, itemId: serviceItemId, before: version, ...made, auditId: ids.next() },
        now,
      ),
    })
    return true
  } catch (cause) {
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}
