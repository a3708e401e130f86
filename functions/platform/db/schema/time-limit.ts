import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

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
 * changes the year, and counts the calendar up.
 */
export const formerCalendars = pgTable('former_calendars', {
  year: integer().primaryKey(),
  offDays: days(),
  workDays: days(),
  /** Of the calendar, after the last change of this year. */
  revision: integer().notNull(),
})

/** What a member of staff has laid down that a year shall be; another one publishes it, the newest of the year alone. */
export const calendarDrafts = pgTable('calendar_drafts', {
  id: uuid().primaryKey(),
  year: integer().notNull(),
  offDays: days(),
  workDays: days(),
  /** The year as it was when this was drafted; null where it had no calendar. */
  yearWas: jsonb().$type<{ offDays: string[]; workDays: string[] }>(),
  draftedBy: text().notNull(),
  draftedAt: instant().notNull(),
  publishedBy: text(),
  publishedAt: instant(),
})
