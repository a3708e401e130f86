import { addDays, addMonths, type PlainDate } from '../../kernel/plain-date'
import { isWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'

/** 行政复议法 第20条 */
const REVIEW_DAYS = 60
/** 行政诉讼法 第46条 */
const SUIT_MONTHS = 6

/**
 * Over the days off (民法典 第203条). Null where the day or those it goes on to are of a year without a calendar: a right is
 * never told as over while it is not.
 */
function offDaysOver(calendar: WorkingCalendar, counted: PlainDate): PlainDate | null {
  let day = counted
  while (isWorkingDay(calendar, day) === false) day = addDays(day, 1)
  return isWorkingDay(calendar, day) ? day : null
}

/**
 * The last days on which review and suit are asked for against what was served on `servedOn`; that day is not counted. Where
 * one is null, it is not before the day that is counted, and days off only move it on.
 */
export function remedyDays(servedOn: PlainDate, calendar: WorkingCalendar) {
  const [review, suit] = [addDays(servedOn, REVIEW_DAYS), addMonths(servedOn, SUIT_MONTHS)]
  const [reviewUntil, suitUntil] = [offDaysOver(calendar, review), offDaysOver(calendar, suit)]
  return {
    reviewUntil,
    suitUntil,
    reviewNotBefore: reviewUntil === null ? review : null,
    suitNotBefore: suitUntil === null ? suit : null,
  }
}
