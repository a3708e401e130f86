import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { findFor, type Principal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import {
  type CaseTask,
  caseJson,
  dealingsAt,
  type FoundCase,
  LINED_TASKS,
  type StoredWith,
  withCase,
} from '../case'
import { COUNTED_NONE, MOST_COUNTED, POOLS, type QueueTab } from './queue-queries'

/** One word of what is looked for: it matches by any of these. */
export interface SoughtWord {
  /** Digests that a name must have all; none where the word can be no part of a name. */
  readonly nameParts: readonly string[]
  /** A piece of the number behind the region; '' where the region itself was typed. */
  readonly digits: string | null
  readonly itemIds: readonly string[]
  readonly villageIds: readonly string[]
  /** Of two letters at least, and in no item's or village's name: hardly any case has it. */
  readonly isTelling: boolean
}

export interface SearchedPage {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly counts: Readonly<Record<QueueTab, number>>
  /** The newest first. */
  readonly cases: readonly SearchedCase[]
}

interface SearchedCase extends FoundCase {
  readonly tasks: readonly (CaseTask & { readonly isLined: boolean })[]
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

/** By the words that the index holds, or by the columns of a row at hand, since to make its words anew takes long. */
type By = 'index' | 'row'

const WORDS = sql.raw('case_words(c.case_number, c.service_item_id, c.village_code)')
const IN_NUMBER = 3
const threes = (digits: string) =>
  Array.from({ length: digits.length - IN_NUMBER + 1 }, (_, at) => `#${digits.slice(at, at + IN_NUMBER)}`)

const anyOf = (ways: readonly SQL[]) =>
  ways.length === 0 ? sql`false` : sql`(${sql.join([...ways], sql` or `)})`
/** No word finds nothing. */
const allOf = (each: readonly SQL[]) =>
  each.length === 0 ? sql`false` : sql`(${sql.join([...each], sql` and `)})`

function byNumber(digits: string | null, by: By): readonly SQL[] {
  if (digits === null) return []
  if (digits === '') return [sql`true`]
  const stands = sql`position(${digits}::text in substr(c.case_number, 7)) > 0`
  const isHeld = by === 'index' && digits.length >= IN_NUMBER
  return [isHeld ? sql`(${WORDS} @> ${texts(threes(digits))} and ${stands})` : stands]
}

function byIds(kind: 'item' | 'village', ids: readonly string[], by: By): readonly SQL[] {
  if (ids.length === 0) return []
  if (by === 'index') return [sql`${WORDS} && ${texts(ids.map((id) => `${kind}:${id}`))}`]
  const column = sql.raw(kind === 'item' ? 'c.service_item_id' : 'c.village_code')
  return [sql`${column} = any(${texts(ids)})`]
}

const openWays = ({ digits, itemIds }: SoughtWord, by: By) => [
  ...byNumber(digits, by),
  ...byIds('item', itemIds, by),
]

const ways = (word: SoughtWord, by: By) => [
  ...openWays(word, by),
  ...byIds('village', word.villageIds, by),
  ...(word.nameParts.length === 0 ? [] : [sql`c.name_parts @> ${texts(word.nameParts)}`]),
]

const matches = ({ words }: Pick<Search, 'words'>, by: By) =>
  allOf(words.map((word) => anyOf(ways(word, by))))

const IN_POOLS = sql.raw('exists (select 1 from pools p where p.unit_id = t.unit_id and p.role = t.role)')
const hasRole = (role: 'admin' | 'supervisor') => sql`exists (select 1 from pools where role = ${role})`

const isIn = (tab: QueueTab) =>
  tab === 'unstaffed'
    ? sql`t.unstaffed and (${IN_POOLS} or ${hasRole('admin')})`
    : sql`t.queue = ${tab} and ${IN_POOLS}`

/** Whose work is no more than this is counted from it, case by case. */
const LITTLE = 4_000
/** So many of the newest cases, and of the open ones, are gone through before the index is asked. */
const WALKED = 1_000
const OPEN_WALKED = 4_000
/** Of what the index finds no more is read: where so many are found, the newest are soon gone through. */
const MOST_MATCHING = 10_000

const SEEN = sql.raw('c.seen_by && (select names from seers)')
const HAS_LITTLE = sql.raw(`(select count(*) <= ${LITTLE} from mine)`)

/** Cases with work before the pools of who asks, where it is little: of more one too many. */
const MINE = sql`mine as materialized (select distinct case_id from (
  select t.case_id from pools p cross join lateral (select case_id from case_tasks t
    where t.unit_id = p.unit_id and t.role = p.role limit ${rowsAtMost(LITTLE + 1)}) t
  union all (select t.case_id from case_tasks t where t.unstaffed and ${hasRole('admin')}
    limit ${rowsAtMost(LITTLE + 1)})) t limit ${rowsAtMost(LITTLE + 1)})`

/** What is sought in a tab, or in all, from where the page before ended. */
const narrowedTo = ({ tab, after }: Search) => {
  const before = after === null ? sql`` : sql`and c.id < ${after}::uuid`
  return tab === 'all'
    ? before
    : sql`${before} and exists (select 1 from case_tasks t where t.case_id = c.id and ${isIn(tab)})`
}

/**
 * Beside what who asks sees the case or has seen it: what they have written down why to look at, and for the administrator
 * what nobody holds. Each by an index of its own.
 */
function besides(search: Search, narrowed: SQL, size: number, now: Instant): SQL {
  const found = sql`${matches(search, 'row')} ${narrowed}`
  const { confidentialIds } = search
  const open =
    confidentialIds.length === 0 ? sql`` : sql`and c.service_item_id <> all(${texts(confidentialIds)})`
  const end = sql`order by c.id desc limit ${rowsAtMost(size)}`
  return sql`(select c.id from case_looks l join cases c on c.id = l.case_id
      where l.staff_id = (select staff_id from principal) and l.until > ${now}::timestamptz and ${hasRole('supervisor')}
        and ${found} ${open} ${end})
    union (select distinct c.id from case_tasks t join cases c on c.id = t.case_id
      where t.unstaffed and ${hasRole('admin')} and ${found} ${open} ${end})`
}

const newestMatching = (narrowed: SQL, size: number) =>
  sql`(select c.id from matching c where true ${narrowed} order by c.id desc limit ${rowsAtMost(size)})`

/** Words of which one is telling: the index brings all that they find, for the counts and the page. */
function partsByIndex(search: Search) {
  return {
    parts: [
      sql`matching as materialized (select c.id, c.ended_at from cases c where ${SEEN} and ${matches(search, 'index')})`,
    ],
    open: newestMatching(sql`and c.ended_at is null`, MOST_COUNTED),
    page: newestMatching(narrowedTo(search), search.size),
  }
}

/**
 * Words that many cases have: the planner cannot tell how many of them who asks has seen, and one plan may take a thousand
 * times as long as another. So the newest are gone through; where these are no page, or no thousand, the index says which
 * there are; and where these are too many, all are gone through until there are enough. Whoever has little work is counted
 * from that.
 */
function partsOfMany(search: Search) {
  const { tab, after, size } = search
  const found = sql`${SEEN} and ${matches(search, 'row')}`
  const narrowed = narrowedTo(search)
  const isWalked = tab === 'all' ? sql`true` : sql`not ${HAS_LITTLE}`
  const isNoPage = sql`${isWalked} and (select count(*) < ${rowsAtMost(size)} from newest)`
  const isNoThousand = sql`not ${HAS_LITTLE} and (select count(*) < ${rowsAtMost(MOST_COUNTED)} from newest_open)`
  const isTooMany = sql`(select count(*) > ${rowsAtMost(MOST_MATCHING)} from matching)`
  const before = after === null ? sql`` : sql`and c.id < ${after}::uuid`
  const newestOf = (cases: SQL, more: SQL, most: number) =>
    sql`(select c.id from ${cases} where ${more} order by c.id desc limit ${rowsAtMost(most)})`
  const walked = (where: SQL, most: SQL) =>
    sql`(select c.* from cases c where ${where} order by c.id desc ${most}) c`
  const ofMine = (more: SQL, most: number) =>
    newestOf(
      sql`mine m join cases c on c.id = m.case_id`,
      sql`${HAS_LITTLE} and ${found} and c.ended_at is null ${more}`,
      most,
    )
  const rest = (of: {
    readonly when: SQL
    readonly walk: SQL
    readonly narrowed: SQL
    readonly most: number
  }) =>
    sql`${newestOf(sql`matching c`, sql`${of.when} and not ${isTooMany} ${of.walk} ${of.narrowed}`, of.most)}
      union ${newestOf(walked(sql`${of.when} and ${isTooMany} ${of.walk}`, sql`offset 0`), sql`${found} ${of.narrowed}`, of.most)}`
  const isOpen = sql`and c.ended_at is null`
  return {
    parts: [
      MINE,
      sql`newest as materialized ${newestOf(
        walked(sql`${isWalked} ${before}`, sql`limit ${rowsAtMost(WALKED)}`),
        sql`${found} ${narrowed}`,
        size,
      )}`,
      sql`newest_open as materialized ${newestOf(
        walked(sql`not ${HAS_LITTLE} ${isOpen}`, sql`limit ${rowsAtMost(OPEN_WALKED)}`),
        found,
        MOST_COUNTED,
      )}`,
      sql`matching as materialized (select c.id, c.ended_at from cases c where ${SEEN} and ${matches(search, 'index')}
        and ((${isNoPage}) or (${isNoThousand})) limit ${rowsAtMost(MOST_MATCHING + 1)})`,
    ],
    open: sql`${ofMine(sql``, LITTLE)} union (select id from newest_open)
      union ${rest({ when: isNoThousand, walk: isOpen, narrowed: sql``, most: MOST_COUNTED })}`,
    page: sql`(select id from newest) union ${rest({ when: isNoPage, walk: before, narrowed, most: size })}
      ${tab === 'all' ? sql`` : sql`union ${ofMine(narrowed, size)}`}`,
  }
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
  const { words, size } = search
  const today = dayIn(now)
  const sought = words.some(({ isTelling }) => isTelling) ? partsByIndex(search) : partsOfMany(search)
  const isOpenly = allOf(words.map((word) => anyOf(openWays(word, 'row'))))
  const parts = [
    sql`pools as (${POOLS})`,
    sql`seers as materialized (select array_agg(name) as names from (select role || ':' || unit_id as name from pools
      union all select 'staff:' || staff_id from principal where staff_id is not null) n)`,
    sql`own as materialized (${ownCases(today, sql`(select staff_id from principal)`)})`,
    ...sought.parts,
    sql`hits as materialized (select id from (${sought.open}) h
      union ${besides(search, sql`and c.ended_at is null`, MOST_COUNTED, now)})`,
    sql`found as materialized (select c.* from cases c where c.id in (${sought.page}
      union ${besides(search, narrowedTo(search), size, now)}) order by c.id desc limit ${rowsAtMost(size)})`,
  ]
  const select = sql`${REVISION} as revision,
      json_build_object('to-do', ${counted('to-do')}, 'waits-for-applicant', ${counted('waits-for-applicant')},
        'paused', ${counted('paused')}, 'unstaffed', ${counted('unstaffed')}) as counts,
      (select coalesce(json_agg(json_build_object('caseRow', ${caseJson(today)}, 'tasks', ${LINED_TASKS},
        'dealings', ${dealingsAt(now)}, 'isOpenly', ${isOpenly}) order by c.id desc), '[]'::json) from found c) as cases`
  const row = await findFor<
    Omit<SearchedPage, 'principal' | 'cases'> & { readonly cases: readonly StoredWith<SearchedCase>[] }
  >(database, { tokenHash, now }, { parts, select })
  return row
    ? { ...row, cases: row.cases.map((each) => withCase<SearchedCase>(each)) }
    : { principal: null, revision: NO_REVISION, counts: COUNTED_NONE, cases: [] }
}
