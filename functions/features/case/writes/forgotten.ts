import { type SQL, sql } from 'drizzle-orm'

/**
 * What a person leaves stays the office's file, found by its number, over or going on: nobody looks for the person in it any
 * more. A typed number is no proof that it is one's own: of whoever is not confirmed, only what they filed for themselves and
 * nobody took over. By the parts `whose`, their profiles as they were, and `closed`; each way by an index of its own.
 */
export const FORGOTTEN: SQL = sql`forgotten as (update cases c set name_parts = '{}' where c.name_parts <> '{}' and c.id in (
    select o.id from whose w join closed on closed.id = w.id join cases o on o.applicant_index = w.id_number_index
      where w.real_name_level = 3
    union all select f.id from whose w join closed on closed.id = w.id join cases f on f.filed_by = w.id
      where f.entered_by is null and f.owner_id is null and f.identity_index = w.identity_index))`
