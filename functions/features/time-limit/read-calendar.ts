import { sql } from 'drizzle-orm'
import type { CalendarToPublish } from '#shared/contract/time-limit'
import { instantText } from '../../platform/db/parts/instant'
import type { Database } from '../../platform/ports/database'

/** A year as it is, and the newest draft of it while that waits for a second person. */
export async function readCalendar({ rows }: Database, year: number): Promise<CalendarToPublish> {
  const [held] = await rows<Pick<CalendarToPublish, 'offDays' | 'workDays' | 'draft'>>(
    sql`select y.off_days as "offDays", y.work_days as "workDays",
        (select case when d.published_at is null then json_build_object('draftId', d.id, 'offDays', d.off_days,
            'workDays', d.work_days, 'draftedBy', coalesce(s.name, d.drafted_by), 'draftedAt', ${instantText('d.drafted_at')}) end
          from calendar_drafts d left join staff s on s.id = d.drafted_by
          where d.year = ${year}::int order by d.id desc limit 1) as draft
      from (select 1) one left join calendar_years y on y.year = ${year}::int`,
  )
  if (!held) throw new Error('the calendar cannot be read')
  return { year, ...held }
}
