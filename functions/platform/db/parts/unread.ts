import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { isTold } from './reminders'
import { rowsAtMost } from './rows-at-most'

/** Beyond this many nobody counts: a page shows 99+. */
const COUNTED = 100

/**
 * How many messages of `recipients` (an SQL list or query of `profile:<id>`, `staff:<id>`) are unread, at most 100: a row
 * of an index each, however many there are. `marked`: a query of the ids that the same statement marks as read.
 */
export const unreadOf = (
  recipients: SQL,
  now: Instant,
  marked?: SQL,
): SQL => sql`(select count(*)::int from (select 1 from reminders m
  where m.recipient in (${recipients}) and m.read_at is null and m.dropped_at is null and ${isTold('m', now)}
    ${marked === undefined ? sql`` : sql`and m.id not in (${marked})`} limit ${rowsAtMost(COUNTED)}) unread)`
