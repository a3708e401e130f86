import { type SQL, sql } from 'drizzle-orm'
import { wasDisownedBy } from '../../../platform/db/parts/stored-state'
import { ProblemError } from '../../../platform/http/problem'
import type { Database } from '../../../platform/ports/database'

const CODE = 'application.disowned'

/**
 * Accounts of the person of a profile: it, and those with its number, confirmed or typed like that. What somebody else has
 * typed binds nobody who is confirmed.
 */
const accountsOf = (profileId: SQL) => sql`(select ${profileId} as id
  union all select was.id from profiles f join profiles was on was.id_number_index = f.id_number_index
    and was.real_name_level >= f.real_name_level where f.id = ${profileId}) w`

/** A case that they filed on a phone, of which whoever has the number has said that it is not theirs. */
const disownedOf = (index: SQL) =>
  sql`cases c on c.filed_by = w.id and c.entered_by is null and ${wasDisownedBy(index)}`

/**
 * Part of the filing statement: nobody files anew under a number of which somebody has said, of a case of theirs, that it
 * is not the filer's to use. Its owner does, and staff who have the owner before them.
 */
export const DISOWNED_DEMAND = {
  holds: sql`not exists (select 1 from standing s cross join lateral ${accountsOf(sql`s.profile_id`)}
    join ${disownedOf(sql`s.applicant_index`)} where not s.confirmed and s."enteredBy" is null)`,
  code: CODE,
} as const

/** Nor does anybody put such a number into a case that they have filed. */
export async function checkNotDisowned(
  database: Database,
  { profileId, applicantIndex }: { readonly profileId: string; readonly applicantIndex: string },
): Promise<void> {
  const [found] = await database.rows(sql`select 1 from ${accountsOf(sql`${profileId}::uuid`)}
    join ${disownedOf(sql`${applicantIndex}::text`)} limit 1`)
  if (found) throw new ProblemError(CODE)
}
