import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../ports/database'
import { instantText } from './parts/instant'
import { jobRuns } from './schema/job'

const LEASE_SECONDS = 600

/** When the job last ran. One that was never heard of counts as run now: nothing of it was missed. */
export async function lastRunOf({ rows }: Database, name: string, now: Instant): Promise<Instant> {
  const [row] = await rows<{ at: Instant }>(sql`with begun as (
      insert into job_runs (name, last_run_at) values (${name}, ${now}::timestamptz) on conflict do nothing
      returning last_run_at
    ) select ${instantText('last_run_at')} as at from begun
    union all select ${instantText('last_run_at')} from job_runs where name = ${name}`)
  return row?.at ?? now
}

type Claim =
  | { readonly kind: 'mine' }
  | { readonly kind: 'done' }
  /** Another process runs it, or broke off in it. */
  | { readonly kind: 'held'; readonly until: Instant }

/** Takes the run that fell due at `due`, unless it was done or somebody is at it: one of several processes gets it. */
export async function claimRun(
  { rows }: Database,
  name: string,
  { due, now }: { readonly due: Instant; readonly now: Instant },
): Promise<Claim> {
  const [row] = await rows<{ mine: boolean; until: Instant | null }>(sql`with mine as (
      update job_runs set leased_until = ${now}::timestamptz + make_interval(secs => ${LEASE_SECONDS}::int)
      where name = ${name} and last_run_at < ${due}::timestamptz
        and (leased_until is null or leased_until <= ${now}::timestamptz) returning 1
    ) select exists(select 1 from mine) as mine, (select ${instantText('leased_until')} from job_runs
      where name = ${name} and last_run_at < ${due}::timestamptz) as until`)
  if (row?.mine) return { kind: 'mine' }
  return row?.until ? { kind: 'held', until: row.until } : { kind: 'done' }
}

/** Holds on to a run that goes on. */
export const renewRun = ({ db }: Database, name: string, now: Instant) =>
  db
    .update(jobRuns)
    .set({ leasedUntil: new Date(Date.parse(now) + LEASE_SECONDS * 1000).toISOString() })
    .where(and(eq(jobRuns.name, name), isNotNull(jobRuns.leasedUntil)))

/** Notes a run that came to its end, and that it began at `at`. */
export const noteRun = ({ db }: Database, name: string, at: Instant) =>
  db
    .insert(jobRuns)
    .values({ name, lastRunAt: at })
    .onConflictDoUpdate({
      target: jobRuns.name,
      set: { lastRunAt: sql`greatest(${jobRuns.lastRunAt}, excluded.last_run_at)`, leasedUntil: null },
    })
