import { sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { GRANTED_ON, IS_DISOWNED } from '../../../platform/db/parts/stored-state'
import { barsSecond } from '../../application'

/** Of the confirmed reader, the principal of the statement: see `OwnCases` of the service items. */
export const ownCases = (itemId: string, today: PlainDate) => {
  const own = sql`cases c, principal p where p.real_name_level = 3 and c.applicant_index = p.id_number_index
    and c.service_item_id = ${itemId} and not ${IS_DISOWNED}`
  return sql`(select c.id from ${own} and c.ended_at is null and ${barsSecond(today)} order by c.id limit 1)
      as "openCaseId",
    (select c.id from ${own} and c.ended_at is null and c.filed_by <> p.profile_id and c.owner_id is null
      and not ${barsSecond(today)} order by c.id limit 1) as "helpedCaseId",
    (select max(${GRANTED_ON}) from ${own}) as "grantedOn"`
}
