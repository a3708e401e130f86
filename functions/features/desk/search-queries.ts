import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ownCases } from '../../platform/db/parts/barred-staff'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost, walkedAtMost } from '../../platform/db/parts/rows-at-most'
import { texts } from '../../platform/db/parts/texts'
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
import { COUNTED_NONE, MOST_COUNTED, ORDER, POOLS, type QueueTab } from './queue-queries'

/** One word of what is looked for: it matches by any of these. */
export interface SoughtWord {
  /** Digests that a name must have all; none where the word can be no part of a name. */
  readonly nameParts: readonly string[]
  /** A piece of the number behind the region; '' where the region itself was typed. */
  readonly digits: string | null
  readonly itemIds: readonly string[]
  readonly villageIds: readonly string[]
  /** A notice by its own number, which hangs there for everybody; null where the word is none. */
  readonly notice: SoughtNotice | null
  /** Of two letters at least, and in no item's or village's name: hardly any case has it. */
  readonly isTelling: boolean
}

/** `unitIds`: the organs whose notices are numbered so. */
interface SoughtNotice {
  readonly unitIds: readonly string[]
  readonly year: number
  readonly number: number
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

/** Selected, so that a plan is reckoned without the values and kept: of a telling word hardly any case is found anyway. */
const telling = (values: readonly string[]) => sql`(select ${texts(values)})::text[]`
const before = (after: string | null) => (after === null ? sql`` : sql`and c.id < (select ${after}::uuid)`)

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

/** By the index of the numbers that organs give. */
const byNotice = (notice: SoughtNotice | null) =>
  notice === null
    ? []
    : [
        sql`c.id in (select d.case_id from documents d where d.kind = 'publicity' and d.unit_id = any(${texts(notice.unitIds)})
      and d.year = ${notice.year}::int and d.number = ${notice.number}::int)`,
      ]

const openWays = ({ digits, itemIds, notice }: SoughtWord, by: By) => [
  ...byNotice(notice),
  ...byNumber(digits, by),
  ...byIds('item', itemIds, by),
]

const ways = (word: SoughtWord, by: By) => [
  ...openWays(word, by),
  ...byIds('village', word.villageIds, by),
  ...(word.nameParts.length === 0
    ? []
    : [sql`c.name_parts @> ${(word.isTelling ? telling : texts)(word.nameParts)}`]),
]

/** Each word may be of a number or an item: what is told by these alone may be found. */
const isOpenSearch = ({ words }: Pick<Search, 'words'>) =>
  words.every((word) => openWays(word, 'row').length > 0)

const matches = ({ words }: Pick<Search, 'words'>, by: By) =>
  allOf(words.map((word) => anyOf(ways(word, by))))

const IN_POOLS = sql.raw('exists (select 1 from pools p where p.unit_id = t.unit_id and p.role = t.role)')
const QUEUE_ORDER = sql`t.queue, ${ORDER}`
const hasRole = (role: 'admin' | 'supervisor') => sql`exists (select 1 from pools where role = ${role})`

const isIn = (tab: QueueTab) =>
  tab === 'unstaffed'
    ? sql`t.unstaffed and (${IN_POOLS} or ${hasRole('admin')})`
    : sql`t.queue = ${sql.raw(`'${tab}'`)} and ${IN_POOLS}`

/** Whose work is no more than this is counted from it, case by case. */
const LITTLE = 4_000
/** A page of a tab is found among no more than this in the same way. */
const LITTLE_IN_TAB = 1_000
/** So many of the newest cases, and of the open ones, are gone through before the index is asked. */
const WALKED = 1_000
const OPEN_WALKED = 2_000
/** Of what the index finds no more is read: where so many are found, the newest are soon gone through. */
const MOST_MATCHING = 10_000

const SEEN = sql.raw('c.seen_by && (select names from seers)')
const MOST = { mine: LITTLE, mine_in_tab: LITTLE_IN_TAB } as const
type Mine = keyof typeof MOST
const hasLittle = (part: Mine) => sql.raw(`(select count(*) <= ${MOST[part]} from ${part})`)
const HAS_LITTLE = hasLittle('mine')

/** A walk in the order of an index, without which the tasks of all pools might be gone through. */
const ofPools = (part: Mine, which: SQL, order: SQL) =>
  sql`select t.case_id from pools p cross join lateral (select case_id from case_tasks t
    where t.unit_id = p.unit_id and t.role = p.role ${which} order by ${order} ${walkedAtMost(MOST[part] + 1)}) t`
const ofNobody = (part: Mine) =>
  sql`(select t.case_id from case_tasks t where t.unstaffed and ${hasRole('admin')}
    order by ${ORDER} ${walkedAtMost(MOST[part] + 1)})`
const littleOf = (part: Mine, tasks: SQL) =>
  sql`${sql.raw(part)} as materialized (select distinct case_id from (${tasks}) t limit ${rowsAtMost(MOST[part] + 1)})`

/** Cases with work before the pools of who asks, where it is little: of more one too many. */
const MINE = littleOf('mine', sql`${ofPools('mine', sql``, QUEUE_ORDER)} union all ${ofNobody('mine')}`)

/** Those with work in the tab: whoever has much may have next to nothing in it. */
const mineIn = (tab: QueueTab) =>
  littleOf(
    'mine_in_tab',
    tab === 'unstaffed'
      ? sql`${ofPools('mine_in_tab', sql`and t.unstaffed`, ORDER)} union all ${ofNobody('mine_in_tab')}`
      : ofPools('mine_in_tab', sql`and t.queue = ${sql.raw(`'${tab}'`)}`, ORDER),
  )

/**
 * Of cases `c` those in the tab that is sought, each asked by its key: `exists` the planner may answer for all tasks of the
 * county at once.
 */
const inTab = ({ tab }: Search) =>
  tab === 'all'
    ? sql``
    : sql`cross join lateral (select 1 from case_tasks t where t.case_id = c.id and ${isIn(tab)} limit 1) w`

/** The cases `c` of the rows `i`, each by its key: joined at once, all cases of the county might be read. */
const casesOf = (rows: SQL) =>
  sql`${rows} cross join lateral (select * from cases where id = i.case_id offset 0) c`

/**
 * Beside what who asks sees the case or has seen it: what they have written down today why to look at, and for the
 * administrator what nobody holds. Each by an index of its own.
 */
function asidePart(search: Search, now: Instant): SQL {
  const { confidentialIds } = search
  const open =
    confidentialIds.length === 0 ? sql`` : sql`and c.service_item_id <> all(${texts(confidentialIds)})`
  return sql`aside as materialized (select c.id, c.ended_at from ${casesOf(sql`(
      select case_id from case_looks where staff_id = (select staff_id from principal) and ${hasRole('supervisor')}
        and until > (select ${now}::timestamptz) and until <= (select ${now}::timestamptz + interval '1 day')
      union select case_id from case_tasks where unstaffed and ${hasRole('admin')}) i`)}
    where ${matches(search, 'row')} ${open})`
}

/** The cases `c` of `cases`, the newest of them. */
const newestOf = (cases: SQL, where: SQL, most: number) =>
  sql`(select c.id from ${cases} where ${where} order by c.id desc limit ${rowsAtMost(most)})`
const openIn = (part: 'matching' | 'aside') =>
  newestOf(sql`${sql.raw(part)} c`, sql`c.ended_at is null`, MOST_COUNTED)
const pageIn = (part: 'matching' | 'aside', search: Search) =>
  newestOf(sql`${sql.raw(part)} c ${inTab(search)}`, sql`true ${before(search.after)}`, search.size)
const IS_OPEN = sql.raw('and c.ended_at is null')

/** Words of which one is telling: the index brings all that they find, for the counts and the page. */
function partsByIndex(search: Search) {
  return {
    parts: [
      sql`matching as materialized (select c.id, c.ended_at from cases c where ${SEEN} and ${matches(search, 'index')})`,
    ],
    open: openIn('matching'),
    page: pageIn('matching', search),
  }
}

/**
 * Words that many cases have: the planner cannot tell how many of them who asks has seen, and one plan may take a thousand
 * times as long as another. So the newest are gone through; where these are no page, or no thousand, the index says which
 * there are; and where these are too many, all are gone through until there are enough. Whoever has little work, or little
 * in the tab, is answered from that.
 */
function partsOfMany(search: Search) {
  const { tab, after, size } = search
  const found = sql`${SEEN} and ${matches(search, 'row')}`
  const isWalked = tab === 'all' ? sql`true` : sql`not ${hasLittle('mine_in_tab')}`
  const isNoPage = sql`${isWalked} and (select count(*) < ${rowsAtMost(size)} from newest)`
  const isNoThousand = sql`not ${HAS_LITTLE} and (select count(*) < ${rowsAtMost(MOST_COUNTED)} from newest_open)`
  const isTooMany = sql`(select count(*) > ${rowsAtMost(MOST_MATCHING)} from matching)`
  const walked = (where: SQL, most: SQL) =>
    sql`(select c.* from cases c where ${where} order by c.id desc ${most}) c`
  const ofMine = (part: Mine, tasks: SQL, more: SQL, most: number) =>
    newestOf(
      sql`${casesOf(sql`${sql.raw(part)} i`)} ${tasks}`,
      sql`${hasLittle(part)} and ${found} ${IS_OPEN} ${more}`,
      most,
    )
  const rest = (of: { readonly when: SQL; readonly more: SQL; readonly tasks: SQL; readonly most: number }) =>
    sql`${newestOf(sql`matching c ${of.tasks}`, sql`${of.when} and not ${isTooMany} ${of.more}`, of.most)}
      union ${newestOf(
        sql`${walked(sql`${of.when} and ${isTooMany} ${of.more}`, sql`offset 0`)} ${of.tasks}`,
        found,
        of.most,
      )}`
  return {
    parts: [
      MINE,
      ...(tab === 'all' ? [] : [mineIn(tab)]),
      sql`newest as materialized ${newestOf(
        sql`${walked(sql`${isWalked} ${before(after)}`, sql`limit ${rowsAtMost(WALKED)}`)} ${inTab(search)}`,
        found,
        size,
      )}`,
      sql`newest_open as materialized ${newestOf(
        walked(sql`not ${HAS_LITTLE} ${IS_OPEN}`, walkedAtMost(OPEN_WALKED)),
        found,
        MOST_COUNTED,
      )}`,
      sql`matching as materialized (select c.id, c.ended_at from cases c where ${SEEN} and ${matches(search, 'index')}
        and ((${isNoPage}) or (${isNoThousand})) limit ${rowsAtMost(MOST_MATCHING + 1)})`,
    ],
    open: sql`${ofMine('mine', sql``, sql``, LITTLE)} union (select id from newest_open)
      union ${rest({ when: isNoThousand, more: IS_OPEN, tasks: sql``, most: MOST_COUNTED })}`,
    page: sql`(select id from newest)
      union ${rest({ when: isNoPage, more: before(after), tasks: inTab(search), most: size })}
      ${tab === 'all' ? sql`` : sql`union ${ofMine('mine_in_tab', inTab(search), before(after), size)}`}`,
  }
}

const TABS = ['to-do', 'waits-for-applicant', 'paused', 'unstaffed'] as const satisfies readonly QueueTab[]

/** Of each share of the cases found its tabs, all in one pass; the tasks of each case by its key. */
const SHARES = sql`shares as materialized (select ${sql.join(
  TABS.map((tab) => sql`bool_or(${isIn(tab)}) as ${sql.raw(`"${tab}"`)}`),
  sql`, `,
)}
  from hits h cross join lateral (select * from case_tasks where case_id = h.id offset 0) t
  where not ((select staff_id from principal) = any(t.barred)) and t.case_id not in (select case_id from own)
  group by t.case_id, t.step_key, t.part_unit_id)`

const COUNTS = sql`(select json_build_object(${sql.join(
  TABS.map((tab) => sql.raw(`'${tab}', least(count(*) filter (where "${tab}"), ${MOST_COUNTED})`)),
  sql`, `,
)}) from shares)`

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
      ${isOpenSearch(search) ? sql`union all select 'objection:' || role || ':' || unit_id from pools` : sql``}
      union all select 'staff:' || staff_id from principal where staff_id is not null) n)`,
    sql`own as materialized (${ownCases(today, sql`(select staff_id from principal)`)})`,
    ...sought.parts,
    asidePart(search, now),
    sql`hits as materialized (select id from (${sought.open}) h union ${openIn('aside')})`,
    SHARES,
    sql`found as materialized (select c.* from ${casesOf(sql`(select id as case_id from (${sought.page}
      union ${pageIn('aside', search)}) f order by id desc limit ${rowsAtMost(size)}) i`)})`,
  ]
  const select = sql`${REVISION} as revision,
      ${COUNTS} as counts,
      (select coalesce(json_agg(json_build_object('caseRow', ${caseJson(today)}, 'tasks', ${LINED_TASKS},
        'dealings', ${dealingsAt(now)}, 'isOpenly', ${isOpenly}) order by c.id desc), '[]'::json) from found c) as cases`
  const row = await findFor<
    Omit<SearchedPage, 'principal' | 'cases'> & { readonly cases: readonly StoredWith<SearchedCase>[] }
  >(database, { tokenHash, now }, { parts, select })
  return row
    ? { ...row, cases: row.cases.map((each) => withCase<SearchedCase>(each)) }
    : { principal: null, revision: NO_REVISION, counts: COUNTED_NONE, cases: [] }
}
