import { sql } from 'drizzle-orm'
import { countedUp } from '../../functions/platform/db/parts/revision'
import type { County } from './county'

/** As the operator's command would lay down another version of the privacy text. */
export const layDown = ({ services }: County, version: string) =>
  services.database.rows(sql`with laid as (update county_facts set value = value || (
      select jsonb_agg(each || jsonb_build_object('version', ${version}::text, 'changes', '写明了给谁看'))
      from jsonb_array_elements(value) each where each->>'kind' = 'privacy' and each->>'version' = '1')
    where key = 'agreements' returning 1)
    update reference_data set ${countedUp(['catalogue'])} where exists (select 1 from laid)`)

export async function takeAway({ services, visitor }: County, version: string) {
  await services.database.rows(sql`with laid as (update county_facts set value = (select jsonb_agg(each)
      from jsonb_array_elements(value) each where each->>'version' <> ${version}) where key = 'agreements' returning 1)
    update reference_data set ${countedUp(['catalogue'])} where exists (select 1 from laid)`)
  await visitor.send('GET', '/api/agreements')
}
