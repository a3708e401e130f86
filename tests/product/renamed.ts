import { sql } from 'drizzle-orm'
import { countedUp } from '../../functions/platform/db/parts/revision'
import type { County } from './county'

/** As another pack would say it: units, kinds of documents, the item itself. */
export async function renameAll({ services: { database } }: Pick<County, 'services'>) {
  await database.rows(
    sql`update units set name = name || '（新）', short_name = short_name || '（新）', phone = '0563-0000000'`,
  )
  await database.rows(sql`update units set review_authority = review_authority || '（新）', court = court || '（新）'
    where review_authority is not null`)
  await database.rows(sql`update service_items set guide = replace(
    jsonb_set(jsonb_set(guide, '{name}', to_jsonb(guide->>'name' || '（新）')),
      '{resultDocument,title}', to_jsonb((guide#>>'{resultDocument,title}') || '（新）'))::text,
    '"decidedInNameOf": "', '"decidedInNameOf": "新的')::jsonb`)
  await database.rows(
    sql`update county_facts set value = replace(value::text, '通知书', '告知单')::jsonb where key = 'document-kinds'`,
  )
  await database.rows(sql`update reference_data set ${countedUp(['catalogue', 'registry', 'calendar'])}`)
}
