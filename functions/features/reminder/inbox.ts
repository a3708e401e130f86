import { type SQL, sql } from 'drizzle-orm'
import type { Inbox } from '#shared/contract/reminder'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { wentOutAt } from '#shared/domain/reminder/delivery'
import { MY_CASES } from '#shared/domain/reminder/resident-message'
import { commit } from '../../platform/db/commit'
import { isTold } from '../../platform/db/parts/reminders'
import { rowsAtMost, walkedAtMost } from '../../platform/db/parts/rows-at-most'
import { unreadOf } from '../../platform/db/parts/unread'
import type { Intent } from '../../platform/http/idempotency'
import { findFor, type Principal, sessionPrincipal } from '../../platform/http/principal'
import type { Cipher } from '../../platform/ports/cipher'
import type { Database } from '../../platform/ports/database'
import { ownersOf } from '../application'
import { describeReminder, type ReminderRow, reminderJson } from './rows'

/** Needs `principal`: the names under which the person receives, as resident and as member of staff. */
const recipientsCte: SQL = sql`recipients as (
  select 'profile:' || profile_id as recipient from principal
  union all select 'staff:' || staff_id from principal where staff_id is not null
)`

const positionOf = (reminderId: string) => sql`(select m.created_at, m.id from reminders m
  where m.id = ${reminderId}::uuid and m.recipient in (select recipient from recipients))`

/** A resident's message is of no case, or of one that they still see: it is no page of theirs otherwise. */
const isTheirs = (today: PlainDate) => sql`(r.case_id is null or r.recipient like 'staff:%' or exists (
  select 1 from cases c, principal p where c.id = r.case_id
    and (c.filed_by = p.profile_id and c.entered_by is null and (c.owner_id is null or c.owner_id = p.profile_id)
      or exists (select 1 from (${ownersOf(today)}) o where o.id = p.profile_id))))`

const isWork = ({ recipient }: Pick<ReminderRow, 'recipient'>) => recipient.startsWith('staff:')

/** Until when staff wait is asked again each morning: nobody can be told. */
const pushAtOf = (row: ReminderRow, now: Instant) => {
  if (row.channel === 'inbox') return null
  if (row.endedAt !== null || isWork(row)) return wentOutAt(row)
  return row.availableAt > now ? row.availableAt : null
}

/** A phone keeps its version for days. That another push told it too is nothing to its reader. */
const reasonOf = ({ because }: Pick<ReminderRow, 'because'>) => {
  const [notAgreed, switchedOff] = [because === 'not-agreed', because === 'switched-off']
  const noNumber = because === 'no-number'
  return {
    because: notAgreed || switchedOff || noNumber || because === 'merged' ? null : because,
    notAgreed,
    switchedOff,
    noNumber,
  }
}

export interface InboxPage {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** One round trip: who asks, a page of their messages, newest first, and how many are unread. */
export async function findInbox(
  database: Database,
  cipher: Cipher,
  session: { readonly tokenHash: string; readonly now: Instant },
  { limit, cursor }: InboxPage,
): Promise<{ readonly principal: Principal | null; readonly inbox: Inbox }> {
  const after = cursor === undefined ? sql`` : sql`and (r.created_at, r.id) < ${positionOf(cursor)}`
  const found = await findFor<{
    readonly unread: number
    readonly reminders: readonly { readonly row: ReminderRow; readonly isTheirs: boolean }[]
  }>(database, session, {
    parts: [recipientsCte],
    select: sql`${unreadOf(sql`select recipient from recipients`, session.now)} as unread,
        (select coalesce(json_agg(page.reminder), '[]'::json) from (
          select json_build_object('row', ${reminderJson}, 'isTheirs', ${isTheirs(dayIn(session.now))}) as reminder from recipients k cross join lateral (
            select * from reminders r where r.recipient = k.recipient and r.dropped_at is null
              and ${isTold('r', session.now)} ${after}
            order by r.created_at desc, r.id desc limit ${limit + 1}::int
          ) r order by r.created_at desc, r.id desc limit ${limit + 1}::int
        ) page) as reminders`,
  })
  const reminders = found?.reminders ?? []
  const shown = reminders.slice(0, limit)
  return {
    principal: found?.principal ?? null,
    inbox: {
      items: shown.map(({ row, isTheirs: sees }) => ({
        ...describeReminder(cipher, row),
        ...(sees ? {} : { page: MY_CASES }),
        ...reasonOf(row),
        pushAt: pushAtOf(row, session.now),
        to: isWork(row) ? 'work' : 'me',
        urgent: row.urgent,
        read: row.readAt !== null,
      })),
      unread: found?.unread ?? 0,
      nextCursor: reminders.length > limit ? (shown.at(-1)?.row.id ?? null) : null,
    },
  }
}

/** What a page shows at most is marked first; of the rest a statement marks so many, and the next one goes on. */
const SHOWN = 50
const MARKED_AT_ONCE = 1000

/**
 * Marks what the page shows up to and including a message of one's own as read, and at most a thousand of the rest for
 * each name under which one receives. `unread`, at most 100, says whether there is more: then it is asked for again.
 */
export const markInboxRead = (
  database: Database,
  session: { readonly tokenHash: string; readonly now: Instant },
  upTo: string,
  intent: Intent,
) => {
  const seen = sql`r.recipient = k.recipient and r.dropped_at is null and ${isTold('r', session.now)}
    and (r.created_at, r.id) <= (select created_at, id from position)`
  return commit(database, {
    by: sessionPrincipal(session.tokenHash, session.now),
    parts: [
      recipientsCte,
      sql`position as ${positionOf(upTo)}`,
      sql`seen as (select s.id from recipients k cross join lateral (
          (select r.id from reminders r where ${seen} and r.created_at <= (select created_at from position)
            order by r.created_at desc limit ${rowsAtMost(SHOWN)})
          union
          (select r.id from reminders r where ${seen} and r.read_at is null
            order by r.created_at desc ${walkedAtMost(MARKED_AT_ONCE)})
        ) s)`,
      sql`marked as (update reminders r set read_at = ${session.now}::timestamptz
        where r.id = any(array(select id from seen)) and r.read_at is null returning r.id)`,
    ],
    demands: [{ holds: sql`exists (select 1 from position)`, code: 'reminder.not-found' }],
    intent,
    status: 200,
    answer: sql`(select json_build_object('read', (select count(*) from marked),
      'unread', ${unreadOf(sql`select recipient from recipients`, session.now, sql`select id from marked`)}))`,
    now: session.now,
  })
}
