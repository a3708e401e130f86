import { type SQL, sql } from 'drizzle-orm'

/**
 * What is over of whoever closes their account stays the office's file, found by its number: nobody looks for the person in it
 * any more. By the parts `whose`, their profiles as they were, and `closed`.
 */
export const FORGOTTEN: SQL = sql`forgotten as (update cases c set name_parts = '{}' from whose w join closed on closed.id = w.id
  where c.ended_at is not null and c.name_parts <> '{}'
    and (c.identity_index = w.identity_index or (w.real_name_level = 3 and c.applicant_index = w.id_number_index)))`
