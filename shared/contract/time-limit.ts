import { z } from 'zod'
import { day, flag, id, integer, moment, text } from './primitives'

/** Ten years: no limit of a guide or a law counts further in days. */
const MOST_DAYS = 3650

/** A limit to count out. `start` is not counted itself; `working`: 工作日, `calendar`: 自然日. */
export const dueDateQuery = z.strictObject({
  start: day,
  days: z
    .string()
    .regex(/^(0|[1-9]\d{0,3})$/)
    .transform(Number)
    .pipe(z.int().max(MOST_DAYS)),
  unit: z.enum(['working', 'calendar']),
})

/** The last day of a limit and how it was counted: as many days are counted as it has, the last of them `dueOn`. */
export const dueDate = z
  .strictObject({
    dueOn: day,
    counted: z.array(day),
    /** Between start and last day; `reason`: 周末 or 放假. */
    skipped: z.array(z.strictObject({ on: day, reason: text })),
  })
  .meta({ id: 'DueDate' })
export type DueDate = z.infer<typeof dueDate>

/** A year of this century, as an address names it. */
export const calendarParams = z.strictObject({
  year: z
    .string()
    .regex(/^20\d\d$/)
    .transform(Number),
})
const days = z.array(day).max(366)
/**
 * A year as it shall be: its days off, weekends of holidays among them, and the weekends that are worked. `over`: the draft
 * that it was made of, null where none waited; without it whatever waits is superseded. `was`: the year that it was made of as it
 * was read, null where it had none; without it the year as it is now is gone over.
 */
export const draftCalendar = z
  .strictObject({
    offDays: days,
    workDays: days,
    over: id.nullable().optional(),
    was: z.strictObject({ offDays: days, workDays: days }).nullable().optional(),
  })
  .meta({ id: 'DraftCalendar' })
export type DraftCalendar = z.infer<typeof draftCalendar>
/** `moves`: open cases, and shares of their steps, whose days would be others; `more`: so many are open that not all were looked at. */
export const calendarDrafted = z
  .strictObject({
    draftId: id,
    moves: z.strictObject({ cases: integer, tasks: integer, more: z.literal(true).optional() }),
  })
  .meta({ id: 'CalendarDrafted' })
export type CalendarDrafted = z.infer<typeof calendarDrafted>

export const calendarMovesQuery = z.strictObject({ draftId: id })
/** What a draft would do to open cases if it were published now. */
export const calendarMoves = z
  .strictObject({
    cases: integer,
    /** Cases whose applicant is told of it. */
    messages: integer,
    tasks: integer,
    /** Cases that had no day. */
    dated: integer,
    later: integer,
    earlier: integer,
    /** So many are open that not all were looked at. */
    more: flag,
    /** The first of them, each by one of its days; whose they are is for those who work on them. */
    told: z.array(
      z.strictObject({
        /** 办件编号 */
        number: text,
        itemName: text,
        /** Of the organ that decides. */
        organName: text,
        of: z.enum(['promised', 'statutory', 'correction', 'acceptance', 'share']),
        from: day.nullable(),
        to: day.nullable(),
      }),
    ),
  })
  .meta({ id: 'CalendarMoves' })
export type CalendarMoves = z.infer<typeof calendarMoves>
/** What a second person looks at before publishing: the year as it is, its days null where it has none yet, and its newest draft. */
export const calendarToPublish = z
  .strictObject({
    year: integer,
    offDays: days.nullable(),
    workDays: days.nullable(),
    /** All that have a calendar, in order. */
    years: z.array(integer),
    today: day,
    /** Null where none waits; `draftedBy`: the colleague's name; `isOwn`: another must publish it. */
    draft: z
      .strictObject({
        draftId: id,
        offDays: days,
        workDays: days,
        draftedBy: text,
        draftedAt: moment,
        isOwn: flag,
      })
      .nullable(),
    /**
     * By whom and when it came to be as it is, by name, and the year as it was before, null where it had no calendar; null where nobody
     * here has published it.
     */
    published: z
      .strictObject({
        draftedBy: text,
        draftedAt: moment,
        publishedBy: text,
        publishedAt: moment,
        was: z.strictObject({ offDays: days, workDays: days }).nullable(),
      })
      .nullable(),
    /** Who else may publish, by name. */
    colleagues: z.array(text),
  })
  .meta({ id: 'CalendarToPublish' })
export type CalendarToPublish = z.infer<typeof calendarToPublish>
export const publishCalendar = z.strictObject({ draftId: id }).meta({ id: 'PublishCalendar' })
export const calendarPublished = z.strictObject({ year: integer }).meta({ id: 'CalendarPublished' })
