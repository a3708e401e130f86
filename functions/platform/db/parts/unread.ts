import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { isTold } from './reminders'
import { walkedAtMost } from './rows-at-most'

/** Beyond this many nobody counts: a page shows 99+. */
const COUNTED = 100

/**
 * How many messages of `recipients` (a query of `profile:<id>`, `staff:<id>`) are unread, at most 100: a row
 * of an index each, which is walked in its order, since a sum over all of them would read however many there are. `marked`: a
 * query of the ids that the same statement marks as read.
 */
export const unreadOf = (
  recipients: SQL,
  now: Instant,
  marked?: SQL,
): SQL => sql`(select least(count(*), ${sql.raw(String(COUNTED))})::int
  from (${recipients}) k(recipient) cross join lateral (select 1 from reminders m
    where m.recipient = k.recipient and m.read_at is null and m.dropped_at is null and ${isTold('m', now)}
      ${marked === undefined ? sql`` : sql`and m.id not in (${marked})`}
    order by m.created_at desc ${walkedAtMost(COUNTED)}) unread)`
