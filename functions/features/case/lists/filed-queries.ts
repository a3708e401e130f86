import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { IS_DISOWNED, IS_FOR_FIRM } from '../../../platform/db/parts/stored-state'
import { agentsOf, barsSecond } from '../../application'
import { CAME_TO_NOTHING } from '../later'
import { FILED_BY_ME, ME, MY_NUMBER, mine, newest, OF_FIRM, POWERS } from './list-queries'

/** Of an item so many are told before another one is begun; what is found beyond says that there are more. */
export const TOLD_OF_ITEM = 5

/**
 * Of what somebody has filed so many are looked through, newest first, for those filed for others: no index knows a filer's by
 * their item, and whoever helps thousands would wait for all of them. What is one's own is found by the number, however old.
 */
const LOOKED_THROUGH = 40

const MY_TYPED_NUMBER = sql`(select id_number_index from principal)`

/** By this each is told before the next; a case that is found in several ways has the first of them. */
const RANK = { bars: 0, own: 1, helped: 2, other: 3 } as const

const ranked = (rank: SQL, ids: SQL) => sql`select ids.id, ${rank} as rank from ${ids} ids`
const at = (kind: keyof typeof RANK) => sql`${RANK[kind]}::int`

/** Whoever has it may act for the firm. */
const isCarriedByAgent = (today: PlainDate) =>
  sql`exists (${agentsOf(
    today,
    sql`a.profile_id = coalesce(c.owner_id, case when c.entered_by is null then c.filed_by end)`,
  )})`

/** Of each firm that the principal may act for in the item. */
const ofMyFirms = (more: SQL, itemId: string, page: Parameters<typeof newest>[2]) =>
  sql`(select k.id from principal p cross join lateral ${POWERS} cross join lateral ${newest(
    sql`${OF_FIRM} and c.identity_index is null and c.service_item_id = ${itemId}`,
    sql`and (w->>'itemIds' is null or (w->'itemIds')::jsonb ? ${itemId}) ${more}`,
    page,
  )} k)`

/**
 * The part `mine`: what runs of an item, and the newest that has ended and bars a second one of the confirmed reader. First
 * what bars, then the rest of one's own, then what somebody filed in one's place, then what was filed for others: nobody
 * pushes one's own out by typing one's number.
 */
export function filedOfItemPart(itemId: string, today: PlainDate): SQL {
  const page = { before: null, size: TOLD_OF_ITEM + 1 }
  const first = { before: null, size: 1 }
  const told = sql`and c.service_item_id = ${itemId} and not ${IS_DISOWNED} and not ${CAME_TO_NOTHING}`
  const running = sql`and c.ended_at is null ${told}`
  const ofMine = sql`c.applicant_index = ${MY_NUMBER}`
  const bars = barsSecond(today)
  return mine(sql`select told.id from (
      ${ranked(at('bars'), newest(ofMine, sql`${running} and ${bars}`, first))}
      union all ${ranked(at('bars'), newest(ofMine, sql`and c.ended_at is not null ${told} and ${bars}`, first))}
      union all ${ranked(at('own'), newest(ofMine, sql`${running} and (c.owner_id = ${ME} or ${bars})`, page))}
      union all ${ranked(at('own'), newest(sql`c.applicant_index = ${MY_TYPED_NUMBER}`, sql`and ${FILED_BY_ME} ${running}`, page))}
      union all ${ranked(at('own'), ofMyFirms(sql`${running} and ${isCarriedByAgent(today)}`, itemId, page))}
      union all ${ranked(at('helped'), newest(ofMine, running, page))}
      union all ${ranked(at('helped'), ofMyFirms(running, itemId, page))}
      union all (select c.id, case when c.applicant_index is null or ${IS_FOR_FIRM} then ${at('own')} else ${at('other')} end
        from (select c.* from cases c where ${FILED_BY_ME} order by c.id desc limit ${rowsAtMost(LOOKED_THROUGH)}) c
        where true ${running} order by 2, 1 desc limit ${rowsAtMost(page.size)})
    ) told group by told.id order by min(told.rank), told.id desc limit ${rowsAtMost(page.size)}`)
}
