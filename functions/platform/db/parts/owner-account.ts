import { type SQL, sql } from 'drizzle-orm'
import { isForFiler } from './stored-state'

/** The account `profileId` is theirs for whom the case `k` was applied, as far as anybody knows: by number, or by what they said of themselves. */
export const isAccountOf = (profileId: SQL): SQL => sql`exists (select 1 from profiles x
    join profiles p on p.id in (x.id, x.joined_into)
  where x.id = ${profileId} and (k.owner_id = p.id or (k.filed_by = p.id and ${isForFiler('k')})
    or p.id_number_index = k.applicant_index or p.identity_index = k.identity_index))`
