import { sql } from 'drizzle-orm'
import type { CalendarYear, WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { revisionOf } from '../../platform/db/parts/revision'
import type { Database } from '../../platform/ports/database'

/** The published years, as of one revision of the calendar. */
export interface PublishedCalendar {
  readonly revision: number
  readonly calendar: WorkingCalendar
}

interface Rows {
  readonly revision: number
  readonly years: readonly {
    readonly year: number
    readonly offDays: readonly string[]
    readonly workDays: readonly string[]
  }[]
}

export async function loadCalendar(database: Database): Promise<PublishedCalendar> {
  const [row] = await database.rows<Rows>(sql`select ${revisionOf('calendar')} as revision,
    (select coalesce(json_agg(json_build_object('year', year, 'offDays', off_days, 'workDays', work_days)), '[]'::json)
      from calendar_years) as years`)
  if (!row) throw new Error('the calendar cannot be read')
  return {
    revision: row.revision,
    calendar: new Map<number, CalendarYear>(
      row.years.map(({ year, offDays, workDays }) => [
        year,
        { offDays: new Set(offDays), workDays: new Set(workDays) },
      ]),
    ),
  }
}
