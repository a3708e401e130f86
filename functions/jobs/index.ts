import { timingSafeEqual } from 'node:crypto'
import { Cron } from 'croner'
import { Hono } from 'hono'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { HttpEnv } from '../platform/http/environment'
import { ProblemError } from '../platform/http/problem'

/** Each job is idempotent: running it twice, or at the same time, does its work once. */
export const JOB_SCHEDULES = {
  'drain-reminders': '* * * * *',
  'run-deadlines': '5 0 * * *',
  // Before the offices open, so that the first push of a day tells of all that runs out; and as they do.
  'remind-of-deadlines': '20,30 8,14 * * *',
  'remove-expired': '40 3 * * *',
} as const
export type JobName = keyof typeof JOB_SCHEDULES
export type Jobs = Readonly<Record<JobName, () => Promise<unknown>>>

const names = Object.keys(JOB_SCHEDULES) as JobName[]

/** The next time after `after` at which a job falls due, by Shanghai's clock. */
export function nextRun(name: JobName, after: Instant): Instant {
  const next = new Cron(JOB_SCHEDULES[name], {
    timezone: 'Asia/Shanghai',
    paused: true,
    unref: true,
  }).nextRun(new Date(after))
  if (!next) throw new Error(`${name} never runs again`)
  return next.toISOString() as Instant
}

/** The job that falls due first after `after`, among those that move cases. */
export function nextDue(after: Instant, among: readonly JobName[] = names): { name: JobName; at: Instant } {
  const [first] = among
    .map((name) => ({ name, at: nextRun(name, after) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  if (!first) throw new Error('no job is scheduled')
  return first
}

const isSecret = (given: string, secret: string) => {
  const [left, right] = [Buffer.from(given), Buffer.from(`Bearer ${secret}`)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The platform's cron calls these with its secret; without one configured they are not there. */
export function createJobRoutes(jobs: Jobs, secret: string | null) {
  const app = new Hono<HttpEnv>()
  for (const name of names) {
    app.on(['GET', 'POST'], `/api/jobs/${name}`, async (context) => {
      if (secret === null || !isSecret(context.req.header('Authorization') ?? '', secret)) {
        throw new ProblemError('request.not-found')
      }
      await jobs[name]()
      return context.body(null, 204)
    })
  }
  return app
}
