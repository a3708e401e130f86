import { sql } from 'drizzle-orm'
import type { CalendarDrafted, CalendarMoves, DraftCalendar } from '#shared/contract/time-limit'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { type CalendarFault, calendarFaults } from '#shared/domain/time-limit/calendar-faults'
import { type Change, type Committed, commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import type { Brake } from '../../platform/http/brake'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { HttpDeps } from '../../platform/http/route'
import type { Ids } from '../../platform/ports/ids'

export interface CalendarDeps extends HttpDeps {
  readonly ids: Ids
  readonly brake: Brake
  /** As the database has it now. */
  readonly calendar: () => Promise<WorkingCalendar>
  /** What another year would do to open cases; given by app.ts: cases come after this. */
  readonly listMoves: (year: number, calendar: WorkingCalendar) => Promise<CalendarMoves>
  /** Moves the days of so many open cases; the job of the night goes on with the others. */
  readonly moveDates: () => Promise<void>
}

/** A year as the database has it; null where it has no calendar. */
export const yearNow = (year: number) =>
  sql`(select jsonb_build_object('offDays', y.off_days, 'workDays', y.work_days) from calendar_years y
    where y.year = ${year}::int)`

/** The newest draft of a year while it waits for a second person. */
const waitingDraft = (year: number) =>
  sql`(select case when d.published_at is null then d.id end from calendar_drafts d where d.year = ${year}::int
    order by d.id desc limit 1)`

export interface CalendarRequest {
  readonly principal: Principal
  readonly intent: Intent
}

/** Each looks at open cases by the thousand. */
const DRAFTS_AN_HOUR = 20

const WORDS = {
  'other-year': '不在这一年里',
  twice: '写了两次',
  'no-weekend': '不是周六周日，本来就上班',
} as const

function told(fault: CalendarFault, today: PlainDate) {
  const code = `time-limit.${fault.fault}`
  return fault.fault === 'worked'
    ? { pointer: `/${fault.list}`, code, message: `${dayWords(fault.day, today)} 是法定节假日，要放假` }
    : { pointer: `/${fault.list}/${fault.at}`, code, message: WORDS[fault.fault] }
}

/** It goes over no draft and no year that its maker has not seen. */
const seenDemands = (year: number, { over, was }: DraftCalendar): Change['demands'] => [
  ...(over === undefined
    ? []
    : [
        {
          holds: sql`${waitingDraft(year)} is not distinct from ${over}::uuid`,
          code: 'time-limit.draft-superseded' as const,
        },
      ]),
  ...(was === undefined
    ? []
    : [
        {
          holds: sql`${yearNow(year)} is not distinct from ${was && JSON.stringify(was)}::jsonb`,
          code: 'time-limit.year-changed' as const,
        },
      ]),
]

/**
 * Lays down what a year shall be, for a second person to publish, and counts the open cases whose days it would move. 422
 * `time-limit.calendar-invalid` names each day that cannot be; 409 where a colleague
 * has drafted or published it since (`over`, `was`: what was seen); 429 of who drafts one after another.
 */
export async function draftCalendar(
  { database, clock, ids, brake, calendar, listMoves }: CalendarDeps,
  { principal, intent }: CalendarRequest,
  year: number,
  days: DraftCalendar,
): Promise<Committed> {
  const now = clock.now()
  const offDays = days.offDays as PlainDate[]
  const workDays = days.workDays as PlainDate[]
  const errors = calendarFaults(year, { offDays, workDays }).map((fault) => told(fault, dayIn(now)))
  if (errors.length > 0) throw new ProblemError('time-limit.calendar-invalid', { errors })
  await brake.limit('calendar-drafts', principal.profileId, DRAFTS_AN_HOUR, 3600)
  const drafted = new Map(await calendar()).set(year, {
    offDays: new Set(offDays),
    workDays: new Set(workDays),
  })
  const draftId = ids.next()
  const { cases, tasks, more } = await listMoves(year, drafted)
  const answer: CalendarDrafted = { draftId, moves: { cases, tasks, ...(more ? { more } : {}) } }
  const actor = `staff:${principal.staffId}`
  return commit(database, {
    now,
    intent,
    status: 201,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`drafted as (insert into calendar_drafts (id, year, off_days, work_days, year_was, drafted_by, drafted_at)
        select ${draftId}::uuid, ${year}::int, ${JSON.stringify(offDays.sort())}::jsonb,
          ${JSON.stringify(workDays.sort())}::jsonb, ${yearNow(year)}, ${principal.staffId}, ${now}::timestamptz
        returning 1)`,
      sql`actor as (select ${actor}::text as actor)`,
      auditPart([{ id: ids.next(), action: 'time-limit.draft-calendar', subject: `calendar:${year}` }], now),
    ],
    demands: seenDemands(year, days),
    answer: sql`${JSON.stringify(answer)}::json`,
  })
}
