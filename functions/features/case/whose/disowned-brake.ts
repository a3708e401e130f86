import { type SQL, sql } from 'drizzle-orm'
import { wasDisownedBy } from '../../../platform/db/parts/stored-state'
import { ProblemError } from '../../../platform/http/problem'
import type { Database } from '../../../platform/ports/database'

const CODE = 'application.disowned'

/** A case that the profile filed on its own phone, of which whoever has the number has said that it is not theirs. */
const disownedOf = (profileId: SQL, index: SQL) =>
  sql`c.filed_by = ${profileId} and c.entered_by is null and c.was_disowned and ${wasDisownedBy(index)}`

/**
 * Part of the filing statement: nobody files anew under a number of which somebody has said, of a case of theirs, that it
 * is not the filer's to use. Its owner does, and staff who have the owner before them.
 */
export const DISOWNED_DEMAND = {
  holds: sql`not exists (select 1 from filers s, cases c where not s.confirmed and s.entered_by is null
    and ${disownedOf(sql`s.profile_id`, sql`s.applicant_index`)})`,
  code: CODE,
} as const

/** Nor does anybody put such a number into a case that they have filed. */
export async function checkNotDisowned(
  database: Database,
  { profileId, applicantIndex }: { readonly profileId: string; readonly applicantIndex: string },
): Promise<void> {
  const [found] = await database.rows(sql`select 1 from cases c
    where ${disownedOf(sql`${profileId}::uuid`, sql`${applicantIndex}::text`)} limit 1`)
  if (found) throw new ProblemError(CODE)
}
