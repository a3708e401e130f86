import { sql } from 'drizzle-orm'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { type Committed, commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import { countedUp } from '../../platform/db/parts/revision'
import { profilePrincipal } from '../../platform/http/principal'
import { type CalendarDeps, type CalendarRequest, yearNow } from './draft-calendar'

/**
 * A year is what a colleague has drafted; then the days of open cases go by it. Two of one office are needed: 403 for
 * whoever drafted it, 404 for a draft that is none of that year, 409 where it was published or a newer one lies there, or the
 * year is no more as it was when it was drafted.
 */
export async function publishCalendar(
  { database, clock, ids, moveDates }: CalendarDeps,
  { principal, intent }: CalendarRequest,
  { year, draftId }: { readonly year: number; readonly draftId: string },
): Promise<Committed> {
  const now = clock.now()
  const by = principal.staffId
  const committed = await commit(database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`draft as (select d.*, exists (select 1 from calendar_drafts n where n.year = d.year and n.id > d.id) as is_over,
          d.year_was is distinct from ${yearNow(year)} as is_of_another
        from calendar_drafts d where d.id = ${draftId}::uuid and d.year = ${year}::int)`,
      sql`published as (update calendar_drafts d set published_by = ${by}, published_at = ${now}::timestamptz
        from draft where d.id = draft.id and d.published_at is null and d.drafted_by <> ${by} and not draft.is_over
          and not draft.is_of_another
        returning d.year, d.off_days, d.work_days)`,
      sql`laid as (insert into calendar_years (year, off_days, work_days, source)
        select year, off_days, work_days, ${`本县一人录入，另一人公布，${dayIn(now)}`}::text from published
        on conflict (year) do update set off_days = excluded.off_days, work_days = excluded.work_days,
          source = excluded.source returning 1)`,
      sql`revised as (update reference_data set ${countedUp(['calendar'])} where exists(select 1 from laid) returning 1)`,
      sql`actor as (select ${`staff:${by}`}::text as actor)`,
      auditPart(
        [{ id: ids.next(), action: 'time-limit.publish-calendar', subject: `calendar:${year}` }],
        now,
      ),
    ],
    demands: [
      { holds: sql`exists(select 1 from draft)`, code: 'time-limit.draft-missing' },
      {
        holds: sql`not exists(select 1 from draft where drafted_by = ${by})`,
        code: 'time-limit.own-draft',
      },
      {
        holds: sql`not exists(select 1 from draft where published_at is not null)`,
        code: 'time-limit.draft-published',
      },
      { holds: sql`not exists(select 1 from draft where is_over)`, code: 'time-limit.draft-superseded' },
      { holds: sql`not exists(select 1 from draft where is_of_another)`, code: 'time-limit.year-changed' },
      { holds: sql`exists(select 1 from revised)`, code: 'time-limit.draft-published' },
    ],
    answer: sql`json_build_object('year', ${year}::int)`,
  })
  await moveDates()
  return committed
}
