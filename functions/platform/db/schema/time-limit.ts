import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'

/** The working calendar of a year as published by the State Council's office. */
export const calendarYears = pgTable('calendar_years', {
  year: integer().primaryKey(),
  offDays: jsonb().notNull().$type<readonly string[]>(),
  workDays: jsonb().notNull().$type<readonly string[]>(),
  source: text().notNull(),
})
