import { sql } from 'drizzle-orm'
import type { CaseEvent } from '#shared/domain/case/events'
import type { Renewal } from '#shared/domain/case/result/certificate'
import type { CorrectionItem } from '#shared/domain/case/state'
import { type StoredEvent, upgradeEvent } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../platform/db/parts/instant'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { ANSWERS_DIGEST, hasDied } from '../../platform/db/parts/stored-state'
import { type Intent, type PriorAnswer, priorAnswer } from '../../platform/http/idempotency'
import { findFor, type Principal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import { barsSecond } from '../application'
import {
  type CaseRow,
  caseFrom,
  caseJson,
  type Dealings,
  dealingsAt,
  NO_STAFF_DEALINGS,
  type OwnedCase,
  type Stored,
  type StoredWith,
  TASKS,
  TEXTS,
  wholeCaseJson,
  withCase,
} from './case-row'
import { type LaterCase, laterCases, MOST_ALIKE } from './later'
import { ownStaffWhereDecided } from './lists/lined'
import { RENEWALS, renewalsFrom, type StoredRenewals } from './renewal'
import { SAME_HOLDER, type SameHolder, type StoredSameHolder, sameHolderFrom } from './same-holder'
import type { CaseTask } from './task'
import { missedSince } from './writes/missed'

export interface LoadedCase {
  readonly principal: Principal | null
  readonly prior: PriorAnswer | null
  readonly revision: Revision
  readonly caseRow: OwnedCase | null
  readonly dealings: Dealings | null
  readonly tasks: readonly CaseTask[]
  readonly texts: readonly { readonly digest: string; readonly kind: string; readonly sealed: string }[]
}

type StoredIn<Loaded extends { readonly caseRow: OwnedCase | null }> = Omit<Loaded, 'caseRow'> & {
  readonly caseRow: Stored<OwnedCase> | null
}

const withOwned = <Loaded extends { readonly caseRow: OwnedCase | null }>(stored: StoredIn<Loaded>) =>
  ({ ...stored, caseRow: stored.caseRow && caseFrom<OwnedCase>(stored.caseRow) }) as unknown as Loaded

/** One round trip for a verb: who asks, what was answered before, the case with its open tasks and texts. */
export async function loadCase(
  database: Database,
  tokenHash: string,
  caseId: string,
  intent: Intent | null,
  now: Instant,
): Promise<LoadedCase> {
  const select = sql`${priorAnswer(intent, now)} as prior, ${REVISION} as revision, c.case_row as "caseRow", c.dealings,
      coalesce(c.tasks, '[]'::json) as tasks, coalesce(c.texts, '[]'::json) as texts
    from (select 1) one left join lateral (
      select ${wholeCaseJson(dayIn(now))} as case_row, ${dealingsAt(now)} as dealings, ${TASKS} as tasks, ${TEXTS} as texts from cases c where c.id = ${caseId}::uuid
    ) c on true`
  const row = await findFor<StoredIn<LoadedCase>>(database, { tokenHash, now }, { select })
  return row
    ? withOwned<LoadedCase>(row)
    : {
        principal: null,
        prior: null,
        revision: NO_REVISION,
        caseRow: null,
        dealings: null,
        tasks: [],
        texts: [],
      }
}

/** The rows of these cases, by their ids. */
export async function findCaseRows(
  database: Database,
  ids: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, CaseRow>> {
  if (ids.length === 0) return new Map()
  const rows = await database.rows<{
    readonly caseRow: Stored<CaseRow>
  }>(sql`select ${caseJson(today)} as "caseRow"
    from cases c where c.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return new Map(rows.map(({ caseRow }) => [caseRow.id, caseFrom<CaseRow>(caseRow)]))
}

export interface LoadedFile extends Pick<LoadedCase, 'principal' | 'revision' | 'dealings' | 'tasks'> {
  readonly caseRow: OwnedCase | null
  readonly file: {
    readonly storageKey: string
    /** Who brought it. */
    readonly ownerId: string
    readonly contentType: string
    /** Kept under a key of its own, its row saying what it is. */
    readonly isSealed: boolean
  } | null
}

/** One round trip for a file: who asks, the case with its open tasks, where the file lies. */
export async function loadFile(
  database: Database,
  tokenHash: string,
  caseId: string,
  fileId: string,
  now: Instant,
) {
  const select = sql`${REVISION} as revision, c.case_row as "caseRow", c.dealings, coalesce(c.tasks, '[]'::json) as tasks, c.file
    from (select 1) one left join lateral (
      select ${wholeCaseJson(dayIn(now))} as case_row, ${dealingsAt(now)} as dealings, ${TASKS} as tasks,
        (select json_build_object('storageKey', u.storage_key, 'ownerId', u.owner_id, 'contentType', u.content_type,
          'isSealed', u.kept_digest is not null)
          from uploads u where u.id = ${fileId}::uuid and u.case_id = c.id) as file
      from cases c where c.id = ${caseId}::uuid
    ) c on true`
  const row = await findFor<StoredIn<LoadedFile>>(database, { tokenHash, now }, { select })
  return row && withOwned<LoadedFile>(row)
}

/** What happened to a case, in order. */
export async function listEvents(database: Database, caseId: string): Promise<readonly LoggedEvent[]> {
  const rows =
    await database.rows<StoredLog>(sql`select e.id, e.type, e.actor, e.payload, ${instantText('e.at')} as at
    from case_events e where e.case_id = ${caseId}::uuid order by e.sequence`)
  return rows.map(eventFrom)
}

/** An event and who brought it about: `profile:<id>`, `staff:<id>` or `system:<job>`. */
export type LoggedEvent = CaseEvent & { readonly id: string; readonly actor: string }

type StoredLog = StoredEvent & Pick<LoggedEvent, 'id' | 'actor'>

const eventFrom = ({ id, actor, ...stored }: StoredLog): LoggedEvent => ({
  ...upgradeEvent(stored),
  id,
  actor,
})

/** What whoever filed it or took it over did is of the account that has it for them now: they may have left and come back. */
function ofItsAccounts(
  events: readonly LoggedEvent[],
  held: Pick<OwnedCase, 'filedBy' | 'ownerId'> | null,
): readonly LoggedEvent[] {
  if (held === null) return events
  const filed = events.find(({ type }) => type === 'filed')?.actor
  const taken = events.findLast(({ type }) => type === 'taken-over')?.actor
  return events.map((event) => {
    if (!event.actor.startsWith('profile:')) return event
    if (event.actor === taken && held.ownerId !== null) return { ...event, actor: `profile:${held.ownerId}` }
    return event.actor === filed ? { ...event, actor: `profile:${held.filedBy}` } : event
  })
}

interface UploadRow {
  readonly id: string
  /** Who brought it. */
  readonly ownerId: string
  readonly nameSealed: string
  readonly contentType: string
}

export interface ReadCase extends LoadedCase {
  readonly events: readonly LoggedEvent[]
  readonly uploads: readonly UploadRow[]
  readonly rating: number | null
  /** Of its certificate, where one was asked for. */
  readonly renewals: readonly Renewal[]
  /** Whom it is for, as this case or another of theirs has it. */
  readonly hasDied: boolean
  /** Others that count as the same application: later ones, and those that bar a second one. */
  readonly later: readonly LaterCase[]
  readonly duplicates: readonly Duplicate[]
  /** To who is no member of staff none. */
  readonly ofHolder: SameHolder
  /** What was typed on its public page and not taken up, the oldest first: nobody has read it yet, or it was set aside. */
  readonly typed: readonly TypedObjection[]
  /** What is to be thought of when a first notice is written. */
  readonly oftenMissed: readonly (Pick<CorrectionItem, 'kind' | 'name'> & { readonly unitId: string })[]
}

/** `settled`: null while nobody has read it. Its words stay with whoever settles it. */
interface TypedObjection {
  readonly id: string
  readonly settled: { readonly at: Instant; readonly by: string; readonly reasonDigest: string | null } | null
}

interface Duplicate {
  readonly caseRow: CaseRow
  readonly dealings: Dealings
  readonly tasks: readonly CaseTask[]
  /** What its answers are now, by which periods are compared. */
  readonly texts: LoadedCase['texts']
}

type StoredRead = Omit<StoredIn<ReadCase>, 'events' | 'duplicates' | 'renewals' | 'ofHolder'> & {
  readonly ofHolder: StoredSameHolder
  readonly renewals: StoredRenewals
  readonly events: readonly StoredLog[]
  readonly duplicates: readonly StoredWith<Duplicate>[]
}

/**
 * One question for each column, so that each is answered from its own index; a question that asks for either would read and
 * sort all cases. One more than are shown, because the case itself is among them.
 */
const newestAlike = (column: 'duplicate_index' | 'key_index') => sql`(select o.id from cases o
  where o.${sql.raw(column)} = c.${sql.raw(column)} order by o.id desc limit ${rowsAtMost(MOST_ALIKE + 1)})`

const duplicatesAt = (
  now: Instant,
) => sql`(select json_agg(json_build_object('caseRow', ${caseJson(dayIn(now))}, 'dealings', ${dealingsAt(now)}, 'tasks', ${TASKS},
    'texts', (select coalesce(json_agg(json_build_object('digest', x.digest, 'kind', x.kind, 'sealed', x.sealed)), '[]'::json)
      from case_texts x where x.case_id = c.id and x.digest = ${ANSWERS_DIGEST})))
  from (select o.* from (select id from (${newestAlike('duplicate_index')} union ${newestAlike('key_index')}) found
      where id <> c.id order by id desc limit ${rowsAtMost(MOST_ALIKE)}) k
    cross join lateral (select * from cases where id = k.id offset 0) o) c)`

/** What happened to the case `c`, in order. What somebody did from an account that was joined is theirs. */
const EVENTS = sql`(select json_agg(json_build_object('id', e.id, 'type', e.type,
    'actor', coalesce('profile:' || j.joined_into, e.actor), 'payload', e.payload, 'at', ${instantText('e.at')}) order by e.sequence)
  from case_events e left join profiles j on j.id = case when e.actor like 'profile:%' then substr(e.actor, 9)::uuid end
  where e.case_id = c.id)`

const UPLOADS =
  sql.raw(`(select json_agg(json_build_object('id', u.id, 'ownerId', u.owner_id, 'nameSealed', u.name_sealed,
  'contentType', u.content_type)) from uploads u where u.case_id = c.id)`)

const TYPED = sql`(select json_agg(json_build_object('id', o.id, 'settled', case when o.outcome is not null then
    json_build_object('at', ${instantText('o.settled_at')}, 'by', o.settled_by, 'reasonDigest', o.reason_digest) end)
    order by o.raised_at, o.id)
  from notice_objections o where o.case_id = c.id and o.outcome is distinct from 'taken')`

/** What first notices of the item have missed at least twice among the newest that were missed, at the units of who asks. */
const oftenMissed = (now: Instant) => sql`(select json_agg(k) from (
  select m.unit_id as "unitId", m.kind, m.name
  from (select distinct r.unit_id from staff_roles r where r.staff_id = (select staff_id from principal)) u
    cross join lateral (select * from missed_items m where m.unit_id = u.unit_id and m.service_item_id = c.service_item_id
      and m.asked_at >= ${missedSince(now)}::timestamptz order by m.asked_at desc limit ${rowsAtMost(NEWEST_MISSED)}) m
  where c.ended_at is null
  group by 1, 2, 3 having count(*) >= 2 order by count(*) desc, m.kind, m.name limit ${rowsAtMost(MOST_OFTEN)}) k)`
const MOST_OFTEN = 5
/** A page reads no more of a unit's year than this, however much was missed in it. */
const NEWEST_MISSED = 50

const NONE = sql.raw(`'[]'::json`)

/** What a statement is to find: for who is no member of staff nothing of what staff alone are shown or judged by. */
const partsFor = (asks: 'resident' | 'staff', now: Instant) =>
  asks === 'staff'
    ? {
        caseRow: wholeCaseJson(dayIn(now)),
        dealings: dealingsAt(now),
        tasks: TASKS,
        duplicates: duplicatesAt(now),
        ofHolder: SAME_HOLDER,
        typed: TYPED,
        oftenMissed: oftenMissed(now),
      }
    : {
        caseRow: wholeCaseJson(dayIn(now), ownStaffWhereDecided(dayIn(now))),
        dealings: NO_STAFF_DEALINGS,
        // Who waits reads who has it in hand, and nudges them; of what is over too, where its revocation waits to be taken back.
        tasks: TASKS,
        duplicates: NONE,
        ofHolder: sql`null::json`,
        typed: NONE,
        oftenMissed: NONE,
      }

/** One round trip for a page: the case with everything it shows to who asks as what they are. */
export async function readCase(
  database: Database,
  tokenHash: string,
  caseId: string,
  asks: 'resident' | 'staff',
  now: Instant,
) {
  const parts = partsFor(asks, now)
  const select = sql`null::json as prior, ${REVISION} as revision, c.case_row as "caseRow", c.dealings,
      coalesce(c.tasks, '[]'::json) as tasks, coalesce(c.texts, '[]'::json) as texts,
      coalesce(c.events, '[]'::json) as events, coalesce(c.uploads, '[]'::json) as uploads, c.rating, coalesce(c.renewals, '[]'::json) as renewals, coalesce(c.later, '[]'::json) as later, coalesce(c.has_died, false) as "hasDied", coalesce(c.duplicates, '[]'::json) as duplicates, c.of_holder as "ofHolder",
      coalesce(c.typed, '[]'::json) as typed, coalesce(c.often_missed, '[]'::json) as "oftenMissed"
    from (select 1) one left join lateral (
      select ${parts.caseRow} as case_row, ${parts.dealings} as dealings, ${parts.tasks} as tasks, ${TEXTS} as texts,
        ${EVENTS} as events, ${UPLOADS} as uploads,
        (select r.level from ratings r where r.case_id = c.id) as rating, ${RENEWALS} as renewals, ${laterCases(barsSecond(dayIn(now)))} as later, ${hasDied('c')} as has_died,
        ${parts.duplicates} as duplicates, ${parts.ofHolder} as of_holder, ${parts.typed} as typed, ${parts.oftenMissed} as often_missed
      from cases c where c.id = ${caseId}::uuid
    ) c on true`
  const row = await findFor<StoredRead>(database, { tokenHash, now }, { select })
  if (!row) return undefined
  const { events, duplicates, renewals, ofHolder: same, ...rest } = row
  const owned = withOwned<Omit<ReadCase, 'events' | 'duplicates' | 'renewals' | 'ofHolder'>>(rest)
  return {
    ...owned,
    renewals: renewalsFrom(renewals),
    events: ofItsAccounts(events.map(eventFrom), owned.caseRow),
    duplicates: duplicates.map((each) => withCase<Duplicate>(each)),
    ofHolder: sameHolderFrom(same),
  }
}

/** What was typed, what was brought and what happened. */
export interface CaseContent extends Pick<ReadCase, 'texts' | 'events' | 'uploads'> {
  readonly caseRow: OwnedCase
  /** Until when members of staff who hold no step of it may look at it, each for a reason. */
  readonly looks: readonly Instant[]
}

/** Of these cases, by their ids, for who is no member of staff. */
export async function findContents(
  database: Database,
  ids: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, CaseContent>> {
  if (ids.length === 0) return new Map()
  const rows = await database.rows<
    StoredWith<Omit<CaseContent, 'events'>> & { readonly events: readonly StoredLog[] }
  >(sql`select ${wholeCaseJson(today, NONE)} as "caseRow", ${TEXTS} as texts, coalesce(${EVENTS}, '[]'::json) as events,
      coalesce(${UPLOADS}, '[]'::json) as uploads,
      (select coalesce(json_agg(${instantText('l.until')} order by l.until), '[]'::json)
        from case_looks l where l.case_id = c.id) as looks
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) own
      cross join lateral (select * from cases where id = own.value::uuid offset 0) c`)
  return new Map(
    rows.map(({ events, ...row }) => {
      const content = withCase<Omit<CaseContent, 'events'>>(row)
      const { caseRow } = content
      return [caseRow.id, { ...content, events: ofItsAccounts(events.map(eventFrom), caseRow) }]
    }),
  )
}
