import { sql } from 'drizzle-orm'
import { REMINDER_REASON_LABELS } from '#shared/contract/reminder.labels'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { type Delivered, deliveryStatus } from '#shared/domain/reminder/delivery'
import { hoursOn, type Resident } from '#shared/domain/reminder/hours'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { readableBody } from './features/reminder'
import type { Reference } from './features/service-item'
import { isPowerHeld } from './platform/db/parts/held'
import { instantText } from './platform/db/parts/instant'
import { IS_OUT, IS_STILL_OPEN, RECEIPTS } from './platform/db/parts/reminders'
import type { Cipher } from './platform/ports/cipher'
import type { Database } from './platform/ports/database'
import type { DayFacts, DayPerson, DayPush, DayReminder } from './sandbox/reminder-day'

interface Row extends Delivered {
  readonly id: string
  readonly recipient: string
  readonly urgent: boolean
  readonly writtenAt: Instant
  readonly availableAt: Instant
  readonly endedAt: Instant | null
  readonly droppedAt: Instant | null
  readonly bodySealed: string
  readonly toldBy: string | null
  readonly caseNumber: string | null
}

interface Asked {
  readonly database: Database
  readonly cipher: Cipher
  readonly reference: Reference
  readonly now: Instant
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly staffId: string | null
    readonly profileId: string | null
  }[]
}

/** What was to be told on the day of `now`: written since its midnight, or not yet told then. */
const remindersOf = ({ database, now }: Asked) => {
  const midnight = sql`${instantAt(dayIn(now), 0)}::timestamptz`
  return database.rows<Row>(sql`select r.id, r.recipient, r.urgent, ${instantText('r.created_at')} as "writtenAt",
      ${instantText('r.available_at')} as "availableAt", ${instantText('r.sent_at')} as "endedAt",
      ${instantText('r.dropped_at')} as "droppedAt", r.channel, r.because, r.body_sealed as "bodySealed",
      r.merged_into as "toldBy", c.case_number as "caseNumber", ${RECEIPTS} as receipts
    from reminders r left join cases c on c.id = r.case_id
    where r.created_at >= ${midnight} or coalesce(r.sent_at, r.dropped_at) >= ${midnight} or ${IS_STILL_OPEN}
    order by r.created_at, r.id`)
}

const pushesOf = ({ database, now }: Asked) =>
  database.rows<
    Omit<DayPush, 'kind'> & { readonly forEnterprise: boolean }
  >(sql`select d.recipient, d.template_id as "templateId",
      ${instantText('d.begun_at')} as at, exists(select 1 from enterprise_agents a
        where d.recipient = 'profile:' || a.profile_id and ${isPowerHeld(dayIn(now))}) as "forEnterprise"
    from deliveries d where d.begun_at >= ${instantAt(dayIn(now), 0)}::timestamptz and ${IS_OUT}`)

/** Of these people who acts for a firm, for a day lets their phones ring more often; and who has a night of their own. */
const residentsOf = async ({ database, now, people }: Asked) => {
  const profiles = people.flatMap(({ profileId }) => (profileId === null ? [] : [profileId]))
  const rows = await database.rows<Resident & { id: string; isAgent: boolean }>(sql`select p.id, p.night,
      exists (select 1 from enterprise_agents a where a.profile_id = p.id and ${isPowerHeld(dayIn(now))}) as "isAgent"
    from profiles p where p.id in (select jsonb_array_elements_text(${JSON.stringify(profiles)}::jsonb)::uuid)`)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** All that the console shows of a day of reminders; titles of those people alone. */
export async function findReminderDay(asked: Asked): Promise<DayFacts> {
  const { cipher, reference, now } = asked
  const [rows, pushes, residents] = await Promise.all([
    remindersOf(asked),
    pushesOf(asked),
    residentsOf(asked),
  ])
  const limits = reference.fact('reminder-limits', USUAL_LIMITS)
  const kindOf = (recipient: string, forEnterprise: boolean): DayPush['kind'] => {
    if (!recipient.startsWith('staff:')) return forEnterprise ? 'enterprise' : 'resident'
    return reference.staff.get(recipient.slice('staff:'.length))?.partTime ? 'part-timer' : 'staff'
  }
  const people = asked.people.map(({ id, name, staffId, profileId }): DayPerson => {
    const member = staffId === null ? undefined : reference.staff.get(staffId)
    const own = profileId === null ? null : `profile:${profileId}`
    const resident = profileId === null ? undefined : residents.get(profileId)
    return {
      id,
      name,
      recipients: [...(staffId === null ? [] : [`staff:${staffId}`]), ...(own === null ? [] : [own])],
      kind: kindOf(staffId === null ? '' : `staff:${staffId}`, resident?.isAgent === true),
      hours: hoursOn(member ?? { night: resident?.night ?? null }, dayIn(now), reference.calendar),
    }
  })
  const shown = new Set(people.flatMap(({ recipients }) => recipients))
  return {
    now,
    people,
    pushes: pushes.map(({ forEnterprise, ...push }) => ({
      ...push,
      kind: kindOf(push.recipient, forEnterprise),
    })),
    reminders: rows.map(
      (row): DayReminder => ({
        id: row.id,
        recipient: row.recipient,
        urgent: row.urgent,
        title: shown.has(row.recipient) ? readableBody(cipher, row).title : null,
        writtenAt: row.writtenAt,
        availableAt: row.availableAt,
        endedAt: row.endedAt,
        droppedAt: row.droppedAt,
        inInbox: row.channel === 'inbox',
        because: row.because === null ? null : REMINDER_REASON_LABELS[row.because],
        isMerged: row.because === 'merged',
        toldBy: row.toldBy,
        status: deliveryStatus(row),
      }),
    ),
    ...limits,
  }
}
