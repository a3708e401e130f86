import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { goesBySms } from '#shared/domain/reminder/channels'
import type { Colleague, Night } from '#shared/domain/reminder/hours'
import { smsTemplate } from '#shared/domain/reminder/sms'
import { followerTemplate } from '#shared/domain/reminder/templates'
import { isPowerHeld } from '../../platform/db/parts/held'
import { instantText } from '../../platform/db/parts/instant'
import { IS_OPEN, IS_STILL_OPEN, rungToday } from '../../platform/db/parts/reminders'
import type { Database } from '../../platform/ports/database'
import type { MessageTemplates } from '../../platform/ports/message-templates'
import type { SmsAccount } from '../../platform/ports/sms'
import { isOvertaken } from './overtaken'

/** A reminder that this worker holds until its lease ends, with everything its delivery needs. */
export interface ClaimedReminder extends Colleague {
  readonly id: string
  readonly recipient: string
  readonly caseId: string | null
  readonly kind: string
  readonly createdAt: Instant
  readonly urgent: boolean
  readonly templateId: string | null
  readonly bodySealed: string
  readonly caseNumber: string | null
  readonly channel: 'subscribe' | 'relation' | 'template' | 'sms' | 'inbox'
  /** It is so no more, or a later one says it: `MESSAGE_KINDS`. */
  readonly overtaken: boolean
  /** The last one. */
  readonly attempts: number
  /** Of how many nobody knows how they ended. */
  readonly unknown: number
  /** One of them spent a consent, by which it is sent again. */
  readonly holdsConsent: boolean
  /** Nobody knows how one of the former attempts ended: it may have reached the person. */
  readonly mayBeOut: boolean
  /** The reminder whose push told it too, or may have. */
  readonly mergedInto: string | null
  /** How often the phone has rung today, or may have, and when last. */
  readonly rungToday: number
  readonly rungAt: Instant | null
  readonly openid: string | null
  /** How it is told whoever follows the official account; null where they do not, or the account has no template for it. */
  readonly asFollower: { readonly openid: string; readonly templateId: string } | null
  /** How a short message tells it; null where the county sends none for it. */
  readonly bySms: { readonly templateId: string; readonly templateCode: string } | null
  /** Of whose account their number is, sealed. It is opened when it is sent to. */
  readonly profileId: string | null
  readonly phoneSealed: string | null
  /** What said that it takes none of this message. */
  readonly refusedBy: readonly string[]
  readonly credits: number
  /** Consents were given, and nobody has taken them back. */
  readonly hasAgreed: boolean
  /** On one of their phones they said that they want none of this template. */
  readonly hasRefused: boolean
  /** Groups of messages for which they want no phone to ring. */
  readonly silenced: readonly string[]
  /** By which they want no phone to ring: `SWITCHED_WAYS`. None of whoever is at work. */
  readonly unwanted: readonly string[]
  readonly night: Night | null
  readonly forEnterprise: boolean
}

/** What the county has at WeChat, and at its provider of short messages. */
export interface Accounts {
  /** The mini program that sends, and whose openids it sends to. */
  readonly appid: string
  readonly templates: Pick<MessageTemplates, 'has'>
  /** Null: it has none. */
  readonly sms: SmsAccount | null
}

const bySmsOf = ({ templateId, kind, recipient }: Row, sms: SmsAccount | null): ClaimedReminder['bySms'] => {
  const template = templateId === null ? undefined : smsTemplate(templateId)
  if (template === undefined || !goesBySms(kind) || !recipient.startsWith('profile:')) return null
  const templateCode = sms?.codeOf(template)
  return templateCode === undefined ? null : { templateId: template, templateCode }
}

type Row = Pick<ClaimedReminder, 'templateId' | 'kind' | 'recipient'>

export interface Lease {
  readonly token: string
  readonly now: Instant
  readonly seconds: number
  readonly batch: number
}

/** Of one person at most so many ride along. */
const MOST_BESIDE = 100

/**
 * Leases the next due reminders, urgent ones first, one statement for any number of workers: rows that another one is
 * just taking are skipped, rows whose lease has ended are taken over. With them comes what else waits for the same people, be it put
 * off; whoever is just being told something is left to that worker. Of several WeChat accounts of a person the one with consents
 * left is chosen.
 */
export async function claimReminders(database: Database, { appid, templates, sms }: Accounts, lease: Lease) {
  const { token, now, seconds, batch } = lease
  const isFree = sql`(leased_until is null or leased_until <= ${now}::timestamptz)`
  // Each kind by its own end of the index: of both at once all that waits for later would be gone through.
  const due = (urgent: boolean, most: SQL) => sql`select id from reminders
      where ${IS_OPEN} and ${urgent ? sql`urgent` : sql`not urgent`} and available_at <= ${now}::timestamptz
        and ${isFree} and not exists (select 1 from reminders o where o.recipient = reminders.recipient
          and coalesce(o.sent_at, o.failed_at, o.dropped_at) is null and o.leased_until > ${now}::timestamptz)
      order by available_at, id limit ${most} for update skip locked`
  const rows = await database.rows<
    Omit<ClaimedReminder, 'asFollower' | 'bySms'> & { readonly follower: string | null }
  >(sql`with urgent_due as materialized (${due(true, sql`${batch}::int`)}),
    calm_due as materialized (${due(false, sql`(select ${batch}::int - count(*) from urgent_due)`)}),
    first as (select id from urgent_due union all select id from calm_due),
    people as materialized (select distinct r.recipient from reminders r join first on first.id = r.id),
    rung as materialized (select p.recipient, o.* from people p cross join lateral (
      select count(*)::int as times, max(d.begun_at) as last from ${rungToday(sql`p.recipient`, now)}) o),
    beside as (select b.id from people p cross join lateral (select id from reminders
      where recipient = p.recipient and ${IS_STILL_OPEN} and (available_at <= ${now}::timestamptz or put_off) and ${isFree}
      order by created_at, id limit ${MOST_BESIDE}::int for update skip locked) b),
    due as (select id from first union select id from beside),
    claimed as (
      update reminders r set lease_token = ${token}::uuid,
        leased_until = ${now}::timestamptz + make_interval(secs => ${seconds}::int)
      from due where r.id = due.id
      returning r.id, r.recipient, r.case_id, r.event_id, r.kind, r.created_at, r.urgent, r.template_id, r.body_sealed, r.channel,
        r.may_be_out, r.merged_into
    )
    select c.id, c.recipient, c.case_id as "caseId", c.kind, ${instantText('c.created_at')} as "createdAt", c.merged_into as "mergedInto", c.urgent, c.template_id as "templateId", c.body_sealed as "bodySealed",
      k.case_number as "caseNumber", c.channel, ${isOvertaken(now)} as overtaken,
      coalesce(d.attempts, 0) as attempts, coalesce(d.unknown, 0) as unknown,
      coalesce(d.refused, '[]') as "refusedBy", p.id as "profileId", p.phone_sealed as "phoneSealed",
      coalesce(d.spent, false) as "holdsConsent", c.may_be_out as "mayBeOut",
      rung.times as "rungToday", ${instantText('rung.last')} as "rungAt", w.openid, f.openid as follower,
      greatest(coalesce(w.credits, 0), 0) as credits,
      coalesce(w.agreed, false) as "hasAgreed", exists(select 1 from wechat_identities i
        join consent_credits n on n.openid = i.openid and n.template_id = c.template_id and n.refused_at is not null
        where i.profile_id = p.id and i.appid = ${appid}) as "hasRefused", coalesce(p.silenced, '[]') as silenced,
      case when c.recipient like 'profile:%' then coalesce(p.unwanted_ways, '[]') else '[]' end as unwanted, p.night,
      coalesce(s.part_time, false) as "partTime", coalesce(s.duty_hours, '[]') as "dutyHours",
      coalesce(s.leave, '[]') as leave,
      exists(select 1 from enterprise_agents a where a.profile_id = p.id
        and ${isPowerHeld(dayIn(now))}) as "forEnterprise"
    from claimed c
    left join lateral (select max(t.attempt) as attempts,
        (count(*) filter (where coalesce(t.outcome, 'unknown') = 'unknown'))::int as unknown,
        jsonb_agg(distinct t.channel) filter (where t.outcome = 'refused') as refused,
        bool_or(t.spent_consent) filter (where coalesce(t.outcome, 'unknown') = 'unknown') as spent
      from deliveries t where t.reminder_id = c.id) d on true
    join rung on rung.recipient = c.recipient
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
    left join lateral (select f.openid from wechat_identities i join followers f on f.unionid = i.unionid
      where i.profile_id = p.id order by f.learnt_at desc, f.openid limit 1) f on true
    order by c.urgent desc, c.created_at, c.id`)
  return rows.map(({ follower, ...row }): ClaimedReminder => {
    const templateId = row.templateId === null ? undefined : followerTemplate(row.templateId)
    const isOffered = follower !== null && templateId !== undefined && templates.has(templateId)
    return {
      ...row,
      asFollower: isOffered ? { openid: follower, templateId } : null,
      bySms: bySmsOf(row, sms),
    }
  })
}
