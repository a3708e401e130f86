import { type SQL, sql } from 'drizzle-orm'
import { KEPT_YEARS } from '#shared/domain/account/retention'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../ports/database'
import { commitBySystem } from './commit'
import { projected } from './parts/consents'
import { isCounted } from './parts/reminders'
import { rowsAtMost } from './parts/rows-at-most'

export interface ExpiredRows {
  /** Answers kept for replays. */
  readonly answers: number
  readonly sessions: number
  readonly pushes: number
  /** Of closed accounts, of which nothing but their number was left. */
  readonly messages: number
}

/**
 * Removes what only a while was needed: answers and codes of desks after a day, counted pushes after a week, ended sessions after thirty days;
 * the messages of closed accounts once they count no more.
 */
export async function removeExpiredRows({ rows }: Database, at: Instant): Promise<ExpiredRows> {
  const now = sql`${at}::timestamptz`
  const [row] = await rows<ExpiredRows>(sql`with answers as (
      delete from idempotency_keys where created_at < ${now} - interval '24 hours' returning 1
    ), ended as (
      delete from sessions where least(expires_at, revoked_at) < ${now} - interval '30 days' returning 1
    ), codes as (delete from desk_logins where expires_at < ${now} - interval '24 hours'
    ), pushes as (delete from received_pushes where received_at < ${now} - interval '7 days' returning 1
    ), messages as (delete from reminders r using profiles p
        where p.closed_at > ${now} - interval '30 days' and r.recipient = 'profile:' || p.id
          and not ${isCounted(at)} returning 1)
    select (select count(*)::int from answers) as answers, (select count(*)::int from ended) as sessions,
      (select count(*)::int from pushes) as pushes, (select count(*)::int from messages) as messages`)
  return row ?? { answers: 0, sessions: 0, pushes: 0, messages: 0 }
}

/** What entries of consents came to whose year is over opens their book anew; how it came about is kept no longer. */
async function closeBooks(database: Database, now: Instant, batchSize: number) {
  const moment = yearsBefore(sql`${now}::timestamptz`, KEPT_YEARS.messages)
  for (let last = batchSize; last === batchSize; ) {
    last = await commitBySystem<number>(database, {
      now,
      parts: [
        sql`books as materialized (select distinct openid, template_id from consent_entries
          where at < ${moment} and kind <> 'opening' limit ${rowsAtMost(batchSize)})`,
        sql`every as materialized (select e.* from books b join consent_entries e on e.openid = b.openid
          and e.template_id = b.template_id where e.at < ${moment})`,
        sql`closed as (delete from consent_entries e using every v where e.key = v.key and e.kind <> 'opening')`,
        sql`opened as (insert into consent_entries (key, openid, template_id, kind, at, credits, refused_at)
          select 'opening:' || p.openid || ':' || p.template_id, p.openid, p.template_id, 'opening', p.updated_at, p.credits,
            p.refused_at from (${projected(sql.raw('every'))}) p
          on conflict (key) do update set at = excluded.at, credits = excluded.credits, refused_at = excluded.refused_at)`,
      ],
      answer: sql`(select to_json(count(*)) from books)`,
    })
  }
}

export type OldRows = Readonly<Record<(typeof OLD)[number]['name'], number>>

const BATCH = 5000

/** The case `c` goes on, or has ended later: the days of 复议 and suit count from its end, however long it took. */
const isFresh = (moment: SQL) => sql`(c.ended_at is null or c.ended_at >= ${moment})`

/** Rows `r` whose years are over; `now` is the moment, `today` its day. */
const OLD = [
  {
    name: 'activityDays',
    table: 'activity_days',
    key: 'day, profile_id',
    isOver: (_now: SQL, today: SQL) => sql`r.day < ${yearsBefore(today, KEPT_YEARS.activity)}`,
  },
  {
    name: 'oldMessages',
    table: 'reminders',
    key: 'id',
    isOver: (now: SQL) => sql`r.created_at < ${yearsBefore(now, KEPT_YEARS.messages)}
      and not exists (select 1 from cases c where c.id = r.case_id
        and ${isFresh(yearsBefore(now, KEPT_YEARS.messages))})`,
  },
  {
    name: 'powers',
    table: 'enterprise_agents',
    key: 'enterprise_id, profile_id',
    isOver: (now: SQL, today: SQL) => sql`r.until < ${yearsBefore(today, KEPT_YEARS.powers)}
      and not exists (select 1 from enterprises e join cases c on c.applicant_index = e.credit_code_index
        where e.id = r.enterprise_id and ${isFresh(yearsBefore(now, KEPT_YEARS.powers))}
          and coalesce(c.owner_id, c.filed_by) = r.profile_id)`,
  },
  {
    name: 'missedItems',
    table: 'missed_items',
    key: 'case_id, sequence, kind, name, unit_id',
    isOver: (now: SQL) => sql`r.asked_at < ${yearsBefore(now, KEPT_YEARS.missed)}`,
  },
  {
    name: 'auditEntries',
    table: 'audit_entries',
    key: 'id',
    isOver: (now: SQL) => sql`r.at < ${yearsBefore(now, KEPT_YEARS.log)}`,
  },
  {
    name: 'looks',
    table: 'case_looks',
    key: 'id',
    isOver: (now: SQL) => sql`r.until < ${yearsBefore(now, KEPT_YEARS.log)}`,
  },
  {
    // Whoever closed their account while WeChat was asked who they are.
    name: 'followers',
    table: 'followers',
    key: 'openid',
    isOver: () => sql`not exists (select 1 from wechat_identities i where i.unionid = r.unionid)`,
  },
] as const

const yearsBefore = (moment: SQL, years: number) => sql`${moment} - make_interval(years => ${years}::int)`

/**
 * Removes rows whose years are over, some thousand in a statement: none holds what a server writes for long. By their keys:
 * one that is just being written moves to another place, where it would be passed over; and asked once more, for it may have
 * been renewed.
 */
export async function removeOldRows(database: Database, at: Instant, batchSize = BATCH): Promise<OldRows> {
  const { rows } = database
  const [now, today] = [sql`${at}::timestamptz`, sql`${dayIn(at)}::date`]
  const removed: [string, number][] = []
  for (const { name, table, key, isOver } of OLD) {
    const [target, keys] = [sql.raw(table), sql.raw(key)]
    const batch = () =>
      rows<{ found: number; removed: number }>(sql`with found as materialized (
          select ${keys} from ${target} r where ${isOver(now, today)} limit ${rowsAtMost(batchSize)}),
        removed as (delete from ${target} r where (${keys}) in (select ${keys} from found)
          and ${isOver(now, today)} returning 1)
        select (select count(*)::int from found) as found, (select count(*)::int from removed) as removed`)
    let count = 0
    // One that was renewed meanwhile is found and not removed: what is left behind it is there all the same.
    for (let last = batchSize; last === batchSize; ) {
      const [done] = await batch()
      last = done?.found ?? 0
      count += done?.removed ?? 0
    }
    removed.push([name, count])
  }
  await closeBooks(database, at, batchSize)
  return Object.fromEntries(removed) as OldRows
}
