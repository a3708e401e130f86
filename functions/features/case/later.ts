import { type SQL, sql } from 'drizzle-orm'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { IS_DISOWNED, IS_NOT_REFUSED } from '../../platform/db/parts/stored-state'
import type { CaseRow } from './case-row'
import { mayBar } from './filing/duplicates'
import type { Claim, OwnState } from './standing'

/** Another case of the same item and number; `begun`: with files of the one before. */
export interface LaterCase extends Pick<CaseRow, 'id' | 'filedBy' | 'ownerId'> {
  readonly begun: boolean
}

/** Of the same item and number or key the newest: enough to see that there are others. */
export const MOST_ALIKE = 20

/** It ended, or is about to, without what was applied for. */
export const CAME_TO_NOTHING = sql`(c.status in ('declined', 'withdrawn', 'terminated') or not ${IS_NOT_REFUSED})`

/** Later ones than the case `c`, or of which `or` holds. The question arises where it came to nothing, which one may apply for once more. */
export const laterCases = (or: SQL = sql`false`) =>
  sql`case when ${CAME_TO_NOTHING} then (select
    coalesce(json_agg(json_build_object('id', c.id, 'filedBy', case when c.entered_by is null then c.filed_by end, 'ownerId', c.owner_id,
      'begun', exists(select 1 from uploads n join uploads u on u.id = n.copied_from where n.case_id = c.id and u.case_id = c.than))), '[]'::json)
  from (select o.*, c.id as than from cases o where o.duplicate_index = c.duplicate_index and o.id <> c.id
    order by o.id desc limit ${rowsAtMost(MOST_ALIKE)}) c
  where not ${IS_DISOWNED} and (c.id > c.than or ${or})) end`

/** A later case of the same is known to who sees it: to its owner, and to whoever filed it. */
export const laterKnownTo = (
  later: readonly LaterCase[],
  { owner }: Pick<Claim, 'owner'>,
  profileId: string,
) => later.filter(({ filedBy, ownerId }) => owner || (ownerId ?? filedBy) === profileId)

/**
 * The newest that was applied for after the case came to nothing, null where there is none. A firm may have a second shop: of
 * it only what was begun from the case is the same once more.
 */
export const appliedAgain = (
  item: ServiceItem,
  { id, applicant }: { readonly id: string } & Pick<OwnState, 'applicant'>,
  later: readonly LaterCase[],
) =>
  later
    .filter((each) => each.id > id && (each.begun || mayBar(item, applicant)))
    .map((each) => each.id)
    .sort()
    .at(-1) ?? null
