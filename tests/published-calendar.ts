import { readdirSync, readFileSync } from 'node:fs'
import type { CalendarYear, WorkingCalendar } from '#shared/domain/time-limit/calendar'

const FOLDER = new URL('../drizzle/packs/langxi/calendars/', import.meta.url)

interface YearFile {
  readonly year: number
  readonly offDays: readonly string[]
  readonly workDays: readonly string[]
}

/** The years of the county pack: 2015 to 2026. */
export const publishedCalendar = (): WorkingCalendar =>
  new Map(
    readdirSync(FOLDER).map((file): [number, CalendarYear] => {
      const { year, offDays, workDays } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as YearFile
      return [year, { offDays: new Set(offDays), workDays: new Set(workDays) }]
    }),
  )
