import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { findFor, type Principal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import { caseJson, dealingsAt, type FoundCase, type StoredWith, TASKS, withCase } from '../case'
import { COUNTED_NONE, MOST_COUNTED, POOLS, type QueueTab } from './queue-queries'

/** One word of what is looked for: it matches by any of these. */
export interface SoughtWord {
  /** Digests that a name must have all; none where the word can be no part of a name. */
  readonly nameParts: readonly string[]
  /** A piece of the number behind the region; '' where the region itself was typed. */
  readonly digits: string | null
  readonly itemIds: readonly string[]
  readonly villageIds: readonly string[]
}

export interface SearchedPage {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly counts: Readonly<Record<QueueTab, number>>
  /** The newest first. */
  readonly cases: readonly SearchedCase[]
}

interface SearchedCase extends FoundCase {
  /** Found by number and item alone. */
  readonly isOpenly: boolean
}

interface Search {
  readonly words: readonly SoughtWord[]
  /** Of items that only the holders of their steps find. */
  readonly confidentialIds: readonly string[]
  readonly tab: QueueTab | 'all'
  readonly after: string | null
  readonly size: number
}

/** Of plain words, digests and ids: none has a quote or a backslash. */
const texts = (values: readonly string[]) =>
  sql`${`{${values.map((value) => `"${value}"`).join(',')}}`}::text[]`

const WORDS = sql.raw('case_words(c.case_number, c.service_item_id, c.village_code)')
const IN_NUMBER = 3
const threes = (digits: string) =>
  Array.from({ length: digits.length - IN_NUMBER + 1 }, (_, at) => `#${digits.slice(at, at + IN_NUMBER)}`)

const anyOf = (ways: readonly SQL[]) =>
  ways.length === 0 ? sql`false` : sql`(${sql.join([...ways], sql` or `)})`
/** No word finds nothing. */
const allOf = (each: readonly SQL[]) =>
  each.length === 0 ? sql`false` : sql`(${sql.join([...each], sql` and `)})`

function byNumber(digits: string | null): readonly SQL[] {
  if (digits === null) return []
  if (digits === '') return [sql`true`]
  const stands = sql`position(${digits}::text in substr(c.case_number, 7)) > 0`
  return [digits.length < IN_NUMBER ? stands : sql`(${WORDS} @> ${texts(threes(digits))} and ${stands})`]
}

const byWords = (words: readonly string[]) => (words.length === 0 ? [] : [sql`${WORDS} && ${texts(words)}`])

const openWays = ({ digits, itemIds }: SoughtWord) => [
  ...byNumber(digits),
  ...byWords(itemIds.map((id) => `item:${id}`)),
]

const ways = (word: SoughtWord) => [
  ...openWays(word),
  ...byWords(word.villageIds.map((id) => `village:${id}`)),
  ...(word.nameParts.length === 0 ? [] : [sql`c.name_parts @> ${texts(word.nameParts)}`]),
]

const IN_POOLS = sql.raw('exists (select 1 from pools p where p.unit_id = t.unit_id and p.role = t.role)')
const hasRole = (role: 'admin' | 'supervisor') => sql`exists (select 1 from pools where role = ${role})`

const isIn = (tab: QueueTab) =>
  tab === 'unstaffed'
    ? sql`t.unstaffed and (${IN_POOLS} or ${hasRole('admin')})`
    : sql`t.queue = ${tab} and ${IN_POOLS}`

/**
 * Ids of what the words find, the newest first, among all that the asking member may see: by what sees the case or has seen
 * it, by having written down why, and for the administrator where nobody holds a step. Each by an index of its own; whether
 * they see it is judged from the case.
 */
function idsOf({ words, confidentialIds }: Search, narrowed: SQL, size: number, now: Instant): SQL {
  const found = sql`${allOf(words.map((word) => anyOf(ways(word))))} ${narrowed}`
  const open =
    confidentialIds.length === 0 ? sql`` : sql`and c.service_item_id <> all(${texts(confidentialIds)})`
  const end = sql`order by c.id desc limit ${rowsAtMost(size)}`
  return sql`(select c.id from cases c where c.seen_by && (select names from seers) and ${found} ${end})
    union (select c.id from case_looks l join cases c on c.id = l.case_id
      where l.staff_id = (select staff_id from principal) and l.until > ${now}::timestamptz and ${hasRole('supervisor')}
        and ${found} ${open} ${end})
    union (select distinct c.id from case_tasks t join cases c on c.id = t.case_id
      where t.unstaffed and ${hasRole('admin')} and ${found} ${open} ${end})`
}

const counted = (tab: QueueTab) => sql`(select least(count(*), ${rowsAtMost(MOST_COUNTED)}) from (
  select distinct t.case_id, t.step_key, t.part_unit_id from hits h join case_tasks t on t.case_id = h.id
  where ${isIn(tab)} and not ((select staff_id from principal) = any(t.barred))
    and t.case_id not in (select case_id from own)) n)`

/** One round trip: a page of the cases that may be the asking member's to find. */
export async function searchCases(
  database: Database,
  tokenHash: string,
  search: Search,
  now: Instant,
): Promise<SearchedPage> {
  const { words, tab, after, size } = search
  const today = dayIn(now)
  const before = after === null ? sql`` : sql`and c.id < ${after}::uuid`
  const inTab =
    tab === 'all'
      ? sql``
      : sql`and exists (select 1 from case_tasks t where t.case_id = c.id and ${isIn(tab)})`
  const isOpenly = allOf(words.map((word) => anyOf(openWays(word))))
  const parts = [
    sql`pools as (${POOLS})`,
    sql`seers as materialized (select array_agg(name) as names from (select role || ':' || unit_id as name from pools
      union all select 'staff:' || staff_id from principal where staff_id is not null) n)`,
    sql`own as materialized (${ownCases(today, sql`(select staff_id from principal)`)})`,
    sql`hits as materialized (select id from (${idsOf(search, sql`and c.ended_at is null`, MOST_COUNTED, now)}) h)`,
    sql`found as materialized (select c.* from cases c
      where c.id in (${idsOf(search, sql`${before} ${inTab}`, size, now)}) order by c.id desc limit ${rowsAtMost(size)})`,
  ]
  const select = sql`${REVISION} as revision,
      json_build_object('to-do', ${counted('to-do')}, 'waits-for-applicant', ${counted('waits-for-applicant')},
        'paused', ${counted('paused')}, 'unstaffed', ${counted('unstaffed')}) as counts,
      (select coalesce(json_agg(json_build_object('caseRow', ${caseJson(today)}, 'tasks', ${TASKS},
        'dealings', ${dealingsAt(now)}, 'isOpenly', ${isOpenly}) order by c.id desc), '[]'::json) from found c) as cases`
  const row = await findFor<
    Omit<SearchedPage, 'principal' | 'cases'> & { readonly cases: readonly StoredWith<SearchedCase>[] }
  >(database, { tokenHash, now }, { parts, select })
  return row
    ? { ...row, cases: row.cases.map((each) => withCase<SearchedCase>(each)) }
    : { principal: null, revision: NO_REVISION, counts: COUNTED_NONE, cases: [] }
}
