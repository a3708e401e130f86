import { type SQL, sql } from 'drizzle-orm'
import { rowsAtMost } from './rows-at-most'

/** Beyond this many nobody counts: a page shows 99+. */
const COUNTED = 100

/**
 * How many messages of `recipients` (an SQL list or query of `profile:<id>`, `staff:<id>`) are unread, at most 100: a row
 * of an index each, however many there are. `marked`: a query of the ids that the same statement marks as read.
 */
export const unreadOf = (
  recipients: SQL,
  marked?: SQL,
): SQL => sql`(select count(*)::int from (select 1 from reminders m
  where m.recipient in (${recipients}) and m.read_at is null and m.dropped_at is null
    ${marked === undefined ? sql`` : sql`and m.id not in (${marked})`} limit ${rowsAtMost(COUNTED)}) unread)`
