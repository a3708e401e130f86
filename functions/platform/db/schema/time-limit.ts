import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'

const days = () => jsonb().notNull().$type<readonly string[]>()

/** The working calendar of a year as published by the State Council's office. */
export const calendarYears = pgTable('calendar_years', {
  year: integer().primaryKey(),
  offDays: days(),
  workDays: days(),
  source: text().notNull(),
})

/**
 * A year as it was before it was changed, until the dates of open cases go by what it is now. A trigger writes it, whoever
 * changes the year.
 */
export const formerCalendars = pgTable('former_calendars', {
  year: integer().primaryKey(),
  offDays: days(),
  workDays: days(),
})
