import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import { IS_DISOWNED, IS_FOR_FIRM, IS_GRANTED_STATUS } from '../../../platform/db/parts/stored-state'
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

/** `cases_open_holder`: who has taken it over, else who filed it; what staff typed for somebody has none of these. */
const heldBy = (holder: SQL) =>
  sql`coalesce(c.owner_id, c.filed_by) = ${holder} and (c.owner_id is not null or c.entered_by is null) and c.ended_at is null`

/** The newest that `own` finds by an index, and of these what `more` leaves: however many there are, no further ones are read. */
const amongNewest = (own: SQL, more: SQL, order: SQL = sql`c.id desc`, columns: SQL = sql`c.id`) =>
  sql`(select ${columns} from (select c.* from cases c where ${own} order by c.id desc limit ${rowsAtMost(LOOKED_THROUGH)}) c
    where true ${more} order by ${order} limit ${rowsAtMost(TOLD_OF_ITEM + 1)})`

/** Of each firm that the principal may act for in the item; `ofOne` of the firm `w`. */
const ofMyFirms = (ofOne: SQL, itemId: string) =>
  sql`(select k.id from principal p cross join lateral ${POWERS} cross join lateral ${ofOne} k
    where w->>'itemIds' is null or (w->'itemIds')::jsonb ? ${itemId})`

/** What whoever has it may act for the firm in: agent by agent, as the register has few and a code may be typed by anybody. */
const carriedByAgents = (today: PlainDate, ofAgent: SQL, itemId: string) =>
  sql`(select k.id from (select w->>'firmIndex' as applicant_index, ${itemId}::text as service_item_id) c
    cross join lateral (${agentsOf(today)}) agent cross join lateral ${ofAgent} k)`

/**
 * The part `mine`: what runs of an item, and the newest that has ended and bars a second one of the confirmed reader. First
 * what bars, then the rest of one's own, then what somebody filed in one's place, then what was filed for others: nobody
 * pushes one's own out by typing one's number.
 */
export function filedOfItemPart(itemId: string, today: PlainDate): SQL {
  const page = { before: null, size: TOLD_OF_ITEM + 1 }
  const first = { before: null, size: 1 }
  const ofItem = sql`and c.service_item_id = ${itemId}`
  const told = sql`and not ${IS_DISOWNED} and not ${CAME_TO_NOTHING}`
  const bars = sql`and ${barsSecond(today)} ${told}`
  const ofMine = sql`c.applicant_index = ${MY_NUMBER} ${ofItem}`
  const running = sql`${ofMine} and c.ended_at is null`
  // Strangers who type a number file neither by its owner's account nor with the guard that only the confirmed have.
  const guarded = sql`${running} and c.duplicate_guard is not null`
  const myOwn = sql`${heldBy(ME)} and c.applicant_index = ${MY_TYPED_NUMBER} ${ofItem}`
  const ofFirm = sql`${OF_FIRM} ${ofItem}`
  const ofAgent = newest(sql`${heldBy(sql`agent.id`)} and ${ofFirm}`, told, page)
  return mine(sql`select told.id from (
      ${ranked(at('bars'), newest(guarded, bars, first))}
      union all ${ranked(at('bars'), newest(myOwn, sql`and c.applicant_index = ${MY_NUMBER} ${bars}`, first))}
      union all ${ranked(at('bars'), newest(sql`${ofMine} and ${IS_GRANTED_STATUS}`, sql`and c.ended_at is not null ${bars}`, first))}
      union all ${ranked(at('own'), newest(guarded, bars, page))}
      union all ${ranked(at('own'), newest(myOwn, told, page))}
      union all ${ranked(at('own'), ofMyFirms(carriedByAgents(today, ofAgent, itemId), itemId))}
      union all select c.id, c.rank from ${amongNewest(
        running,
        told,
        sql`2, 1 desc`,
        sql`c.id, case when ${barsSecond(today)} then ${at('own')} else ${at('helped')} end as rank`,
      )} c
      union all ${ranked(at('helped'), ofMyFirms(amongNewest(sql`${ofFirm} and c.ended_at is null`, told), itemId))}
      union all ${amongNewest(
        FILED_BY_ME,
        sql`and c.ended_at is null ${ofItem} ${told}`,
        sql`2, 1 desc`,
        sql`c.id, case when c.applicant_index is null or ${IS_FOR_FIRM} then ${at('own')} else ${at('other')} end`,
      )}
    ) told group by told.id order by min(told.rank), told.id desc limit ${rowsAtMost(page.size)}`)
}
