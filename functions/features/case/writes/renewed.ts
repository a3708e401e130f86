import { sql } from 'drizzle-orm'
import { OFFERED_DAYS_BEFORE } from '#shared/domain/case/result/certificate'
import { addDays, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Change } from '../../../platform/db/commit'
import { hasDied, IS_GRANTED_STATUS, renewalGoesOn, renewsOwn } from '../../../platform/db/parts/stored-state'
import type { Filed } from './case-write'

/** Of a filing: what is renewed by it, and by which guide. */
interface Renewing {
  readonly item: Pick<ServiceItem, 'id' | 'resultDocument'>
  readonly write: Filed
}

/**
 * Nobody renews for the dead, and one renews one's own, by the same item and confirmed: whoever only typed a number is told nothing of what it has. Who it is
 * hears why it cannot be renewed now.
 */
export const renewalDemands = (planned: readonly Renewing[], today: PlainDate): Change['demands'] =>
  planned.flatMap(({ item, write: { columns, state } }) => {
    const { renews, identityConfirmed } = state
    if (renews === undefined) return []
    const isRenewable = item.resultDocument.certificate?.renewable === true
    const held = sql`select 1 from certificates r join cases c on c.id = r.case_id
      where r.case_id = ${renews}::uuid and r.valid_to is not null and c.service_item_id = ${item.id}
        and c.applicant_index = ${columns.applicantIndex}`
    return [
      {
        holds: sql`${identityConfirmed && isRenewable}::boolean and exists(${held} and not ${hasDied('c')})`,
        code: 'certificate.not-renewable',
      },
      { holds: sql`exists(${held} and ${IS_GRANTED_STATUS})`, code: 'certificate.taken-back' },
      {
        holds: sql`exists(${held} and r.valid_to between ${today}::date
          and ${addDays(today, OFFERED_DAYS_BEFORE)}::date)`,
        code: 'certificate.renewal-not-now',
      },
      {
        holds: sql`not exists(select 1 from cases n where ${renewsOwn(sql`${renews}::uuid`)}
          and n.service_item_id = ${item.id} and n.applicant_index = ${columns.applicantIndex} and ${renewalGoesOn})`,
        code: 'certificate.renewal-open',
      },
    ]
  })
