import { sql } from 'drizzle-orm'
import type { CalendarToPublish } from '#shared/contract/time-limit'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { instantText } from '../../platform/db/parts/instant'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { CalendarDeps } from './draft-calendar'

/** Who lays a year down, and who else publishes it. */
export const CALENDAR_ROLES = ['admin', 'chief-liaison'] as const

const roles = sql.join(
  CALENDAR_ROLES.map((role) => sql`${role}`),
  sql`, `,
)

/** A year as it is, and the newest draft of it while that waits for a second person. */
export async function readCalendar(
  { database, clock }: Pick<CalendarDeps, 'database' | 'clock'>,
  { staffId }: Pick<Principal, 'staffId'>,
  year: number,
): Promise<CalendarToPublish> {
  const [held] = await database.rows<Omit<CalendarToPublish, 'year' | 'today'>>(
    sql`select y.off_days as "offDays", y.work_days as "workDays",
        (select json_agg(each.year order by each.year) from calendar_years each) as years,
        (select case when d.published_at is null then json_build_object('draftId', d.id, 'offDays', d.off_days,
            'workDays', d.work_days, 'draftedBy', coalesce(s.name, d.drafted_by), 'draftedAt', ${instantText('d.drafted_at')},
            'isOwn', d.drafted_by = ${staffId}) end
          from calendar_drafts d left join staff s on s.id = d.drafted_by
          where d.year = ${year}::int order by d.id desc limit 1) as draft,
        (select coalesce(json_agg(distinct s.name), '[]') from staff s join staff_roles r on r.staff_id = s.id
          where r.role in (${roles}) and s.active and s.id <> ${staffId}) as colleagues
      from (select 1) one left join calendar_years y on y.year = ${year}::int`,
  )
  if (!held) throw new Error('the calendar cannot be read')
  return { year, today: dayIn(clock.now()), ...held, years: held.years ?? [] }
}

interface DraftedDays {
  readonly offDays: readonly PlainDate[]
  readonly workDays: readonly PlainDate[]
}

/** The calendar as it would be with a draft; 404 for one that is none of that year. */
export async function readDrafted(
  { database, calendar }: Pick<CalendarDeps, 'database' | 'calendar'>,
  { year, draftId }: { readonly year: number; readonly draftId: string },
): Promise<WorkingCalendar> {
  const [drafted] = await database.rows<DraftedDays>(
    sql`select off_days as "offDays", work_days as "workDays" from calendar_drafts
      where id = ${draftId}::uuid and year = ${year}::int`,
  )
  if (!drafted) throw new ProblemError('time-limit.draft-missing')
  const { offDays, workDays } = drafted
  return new Map(await calendar()).set(year, { offDays: new Set(offDays), workDays: new Set(workDays) })
}
