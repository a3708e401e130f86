import { type SQL, sql } from 'drizzle-orm'

/** Of the case `c` what whoever leaves had filed for themselves: their own account has it. */
const FILED_SELF: SQL = sql`(select w.id from whose w where w.id = c.filed_by and w.real_name_level = 3
    and w.id_number_index = c.applicant_index)`

/**
 * What a person leaves stays the office's file, found by its number, over or going on: nobody looks for the person in it any
 * more. A typed number is no proof that it is one's own: of whoever is not confirmed, only what they filed for themselves and
 * nobody took over. By the parts `whose`, their profiles as they were, and `closed`; each way by an index of its own. What the
 * confirmed filed for themselves is marked as had by their account, by which `returnedPart` knows it.
 */
export const FORGOTTEN: SQL = sql`forgotten as (update cases c set name_parts = '{}', owner_id = coalesce(c.owner_id, ${FILED_SELF})
  where (c.name_parts <> '{}' or (c.owner_id is null and ${FILED_SELF} is not null)) and c.id in (
    select o.id from whose w join closed on closed.id = w.id join cases o on o.applicant_index = w.id_number_index
      where w.real_name_level = 3
    union all select f.id from whose w join closed on closed.id = w.id join cases f on f.filed_by = w.id
      where f.entered_by is null and f.owner_id is null and f.identity_index = w.identity_index))`

/**
 * Whoever comes back is confirmed with the number again: what their former account had is theirs as it was, filed by
 * themselves or taken over. Whoever else has closed an account since has filed for them, and stays another.
 */
export const returnedPart = (profileId: string, numberIndex: string): SQL =>
  sql`returned as (update cases c set
      filed_by = case when c.filed_by = c.owner_id then ${profileId}::uuid else c.filed_by end,
      owner_id = case when c.filed_by = c.owner_id then null else ${profileId}::uuid end
    from profiles x where c.applicant_index = ${numberIndex} and x.id = c.owner_id and x.closed_at is not null)`
