import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { Colleague } from '#shared/domain/reminder/hours'
import { isPowerHeld } from '../../platform/db/parts/held'
import { IS_OPEN } from '../../platform/db/parts/reminders'
import type { Database } from '../../platform/ports/database'
import { isOvertaken } from './overtaken'

/** A reminder that this worker holds until its lease ends, with everything its delivery needs. */
export interface ClaimedReminder extends Colleague {
  readonly id: string
  readonly recipient: string
  readonly urgent: boolean
  readonly templateId: string | null
  readonly bodySealed: string
  readonly caseNumber: string | null
  readonly channel: 'subscribe' | 'relation' | 'template' | 'sms' | 'inbox'
  /** It is so no more, or a later one says it: `MESSAGE_KINDS`. */
  readonly overtaken: boolean
  readonly attempts: number
  /** A former attempt began and nobody knows how it ended; what it reserved is still spent. */
  readonly begun: boolean
  /** Nobody knows how one of the former attempts ended: it may have reached the person. */
  readonly mayHaveGone: boolean
  readonly openid: string | null
  readonly credits: number
  /** Consents were given, and nobody has taken them back. */
  readonly hasAgreed: boolean
  readonly forEnterprise: boolean
}

export interface Lease {
  readonly token: string
  readonly now: Instant
  readonly seconds: number
  readonly batch: number
}

/**
 * Leases the next due reminders, urgent ones first, one statement for any number of workers: rows that another one is
 * just taking are skipped, rows whose lease has ended are taken over. Of several WeChat accounts of a person the one with consents
 * left is chosen.
 */
export function claimReminders(database: Database, appid: string, lease: Lease) {
  const { token, now, seconds, batch } = lease
  // Each kind by its own end of the index: of both at once all that waits for later would be gone through.
  const due = (urgent: boolean, most: SQL) => sql`select id from reminders
      where ${IS_OPEN} and ${urgent ? sql`urgent` : sql`not urgent`} and available_at <= ${now}::timestamptz
        and (leased_until is null or leased_until <= ${now}::timestamptz)
      order by available_at, id limit ${most} for update skip locked`
  return database.rows<ClaimedReminder>(sql`with urgent_due as materialized (${due(true, sql`${batch}::int`)}),
    calm_due as materialized (${due(false, sql`(select ${batch}::int - count(*) from urgent_due)`)}),
    due as (select id from urgent_due union all select id from calm_due),
    claimed as (
      update reminders r set lease_token = ${token}::uuid,
        leased_until = ${now}::timestamptz + make_interval(secs => ${seconds}::int)
      from due where r.id = due.id
      returning r.id, r.recipient, r.case_id, r.event_id, r.kind, r.created_at, r.urgent, r.template_id, r.body_sealed, r.channel,
        r.attempts, r.sending_at, r.unknown_sends
    )
    select c.id, c.recipient, c.urgent, c.template_id as "templateId", c.body_sealed as "bodySealed",
      k.case_number as "caseNumber", c.channel, ${isOvertaken(now)} as overtaken,
      c.attempts, c.sending_at is not null as begun,
      (c.sending_at is not null or c.unknown_sends > 0) as "mayHaveGone", w.openid, coalesce(w.credits, 0) as credits,
      coalesce(w.agreed, false) as "hasAgreed",
      coalesce(s.part_time, false) as "partTime", coalesce(s.duty_hours, '[]') as "dutyHours",
      coalesce(s.leave, '[]') as leave,
      exists(select 1 from enterprise_agents a where a.profile_id = p.id
        and ${isPowerHeld(dayIn(now))}) as "forEnterprise"
    from claimed c
    left join lateral (select case_number from cases where id = c.case_id offset 0) k on true
    left join staff s on s.active and s.id = case when c.recipient like 'staff:%' then substr(c.recipient, 7) end
    left join lateral (select * from profiles where id = case when c.recipient like 'profile:%'
      then substr(c.recipient, 9)::uuid else (select b.id from profiles b where b.staff_id = s.id) end offset 0) o on true
    left join lateral (select * from profiles where id = coalesce(o.joined_into, o.id) offset 0) p on true
    left join lateral (
      select i.openid, n.credits, n.credits is not null and n.refused_at is null as agreed from wechat_identities i
      left join consent_credits n on n.openid = i.openid and n.template_id = c.template_id
      where i.profile_id = p.id and i.appid = ${appid}
      order by coalesce(n.credits, 0) desc, i.created_at desc, i.id desc limit 1
    ) w on true
    order by c.urgent desc, c.id`)
}
