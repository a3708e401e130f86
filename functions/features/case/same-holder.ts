import { type SQL, sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import type { StoredState } from '#shared/domain/case/upgrade'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { GRANT_STANDS, WAS_QUESTIONED } from '../../platform/db/parts/stored-state'
import { caseFrom } from './case-row'

/** Other cases of the same item and number, whatever their key. */
export interface SameHolder {
  /** Of which a decision was taken back, or was to be: all of them. */
  readonly questioned: readonly CaseState[]
  /** The newest whose grant stands. */
  readonly granted: CaseState | null
}

export type StoredSameHolder = {
  readonly questioned: readonly StoredState[] | null
  readonly granted: StoredState | null
} | null

export const NO_OTHERS: SameHolder = { questioned: [], granted: null }

/**
 * Of the case `c`. Anybody may type a number: each of both is answered from an index of those few on which staff have decided.
 * Offset keeps the planner from asking all of the number instead.
 */
const others = (rows: SQL) => sql`(select o.* from cases o where o.applicant_index = c.applicant_index
  and o.service_item_id = c.service_item_id and ${rows})`

export const SAME_HOLDER = sql`(select json_build_object(
  'questioned', (select json_agg(x.found) from (
    select o.state as found from ${others(sql`${WAS_QUESTIONED} offset 0`)} o where o.id <> c.id) x),
  'granted', (select o.state from ${others(sql`${GRANT_STANDS} and o.id <> c.id
    order by o.id desc limit ${rowsAtMost(1)}`)} o)))`

const stateFrom = (state: StoredState) => caseFrom<{ readonly state: CaseState }>({ state }).state

export const sameHolderFrom = (stored: StoredSameHolder): SameHolder =>
  stored === null
    ? NO_OTHERS
    : {
        questioned: (stored.questioned ?? []).map((state) => stateFrom(state)),
        granted: stored.granted && stateFrom(stored.granted),
      }
