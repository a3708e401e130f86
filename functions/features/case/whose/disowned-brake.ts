import { type SQL, sql } from 'drizzle-orm'
import { leftFilings } from '../../../platform/db/parts/left-filings'
import { wasDisownedBy } from '../../../platform/db/parts/stored-state'
import { ProblemError } from '../../../platform/http/problem'
import type { Database } from '../../../platform/ports/database'

const CODE = 'application.disowned'

/**
 * Whether the profile, or one that its person has closed since, filed a case on its own phone of which whoever has the number
 * has said that it is not theirs.
 */
const hasDisowned = (profileId: SQL, index: SQL) => {
  const isIt = sql`c.entered_by is null and c.was_disowned and ${wasDisownedBy(index)}`
  return sql`(exists (select 1 from cases c where c.filed_by = ${profileId} and ${isIt})
    or exists (select 1 from ${leftFilings(profileId)} l join cases c on c.id = l.case_id where ${isIt}))`
}

/**
 * Part of the filing statement: nobody files anew under a number of which somebody has said, of a case of theirs, that it
 * is not the filer's to use. Its owner does, and staff who have the owner before them.
 */
export const DISOWNED_DEMAND = {
  holds: sql`not exists (select 1 from filers s where not s.confirmed and s.entered_by is null
    and ${hasDisowned(sql`s.profile_id`, sql`s.applicant_index`)})`,
  code: CODE,
} as const

/** Nor does anybody put such a number into a case that they have filed. */
export async function checkNotDisowned(
  database: Database,
  { profileId, applicantIndex }: { readonly profileId: string; readonly applicantIndex: string },
): Promise<void> {
  const [found] = await database.rows(sql`select 1
    where ${hasDisowned(sql`${profileId}::uuid`, sql`${applicantIndex}::text`)}`)
  if (found) throw new ProblemError(CODE)
}
