import type { CalendarYear, WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { revisionOf } from '../../platform/db/parts/revision'
import { ONE_ROW, tableJson } from '../../platform/db/parts/table-json'
import { calendarYears } from '../../platform/db/schema/time-limit'
import type { Database } from '../../platform/ports/database'

/** The published years, as of one revision of the calendar. */
export interface PublishedCalendar {
  readonly revision: number
  readonly calendar: WorkingCalendar
}

export async function loadCalendar({ db }: Database): Promise<PublishedCalendar> {
  const { year, offDays, workDays } = calendarYears
  const [row] = await db
    .select({
      revision: revisionOf('calendar'),
      years: tableJson(calendarYears, { year, offDays, workDays }),
    })
    .from(ONE_ROW)
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
