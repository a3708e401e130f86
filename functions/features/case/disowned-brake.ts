import { sql } from 'drizzle-orm'
import { wasDisownedBy } from '../../platform/db/parts/stored-state'

/**
 * Part of the filing statement: nobody files anew under a number of which somebody has said, of a case of theirs, that it
 * is not the filer's to use. Its owner does, and staff who have the owner before them.
 */
export const DISOWNED_DEMAND = {
  holds: sql`not exists (select 1 from standing s, cases c where not s.confirmed and s."enteredBy" is null
    and c.filed_by = s.profile_id and c.entered_by is null and ${wasDisownedBy(sql`s.applicant_index`)})`,
  code: 'application.disowned',
} as const
