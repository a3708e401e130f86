import type { Instant } from '#shared/domain/kernel/plain-date'
import { JOB_SCHEDULES, type JobName, type Jobs, nextRun } from './jobs'
import { claimRun, lastRunOf, noteRun, renewRun } from './platform/db/job-runs'
import { singleFlight } from './platform/single-flight'
import type { Services } from './services'

const TICK_MILLISECONDS = 250
const UNREACHABLE_MILLISECONDS = 10_000
const RENEW_MILLISECONDS = 60_000
const names = Object.keys(JOB_SCHEDULES) as JobName[]

type TimerDeps = Pick<Services, 'database' | 'clock' | 'log'>

/**
 * Runs each job when the product's clock reaches its time, or once late where that passed while nobody ran; never
 * because a process starts. Of several processes one runs it. Only the drain, which any number may run at once, begins
 * by itself and comes whenever it is woken; it waits for no other job, since somebody waits for each of its messages.
 */
export function createJobSchedule({ database, clock, log }: TimerDeps, jobs: Jobs) {
  const next = new Map<JobName, Instant>()
  /** Not asked for again before: another process is at it, or the database is away. */
  const resumeAt = new Map<JobName, Instant>()
  let wanted = true

  const attempt = async (name: JobName): Promise<boolean> => {
    try {
      await jobs[name]()
      return true
    } catch (cause) {
      log.error('job.failed', { job: name }, cause)
      return false
    }
  }
  /** However long it takes, no other process takes the run for abandoned while this one lives. */
  const attemptHeld = async (name: JobName) => {
    const renewal = setInterval(() => {
      renewRun(database, name, clock.now()).catch((cause: unknown) => {
        log.error('job.not-renewed', { job: name }, cause)
      })
    }, RENEW_MILLISECONDS)
    renewal.unref()
    return attempt(name).finally(() => clearInterval(renewal))
  }
  const drain = async (now: Instant) => {
    if (!wanted && (next.get('drain-reminders') ?? '') > now) return
    wanted = false
    next.set('drain-reminders', nextRun('drain-reminders', now))
    await attempt('drain-reminders')
  }
  const run = async (name: JobName, now: Instant) => {
    if ((resumeAt.get(name) ?? '') > now) return
    const due = next.get(name) ?? nextRun(name, await lastRunOf(database, name, now))
    next.set(name, due)
    if (due > now) return
    const claim = await claimRun(database, name, { due, now })
    if (claim.kind === 'held') resumeAt.set(name, claim.until)
    if (claim.kind === 'mine' && (await attemptHeld(name))) await noteRun(database, name, now)
    if (claim.kind === 'done') next.set(name, nextRun(name, await lastRunOf(database, name, now)))
  }
  const runWatched = (name: JobName, now: Instant) =>
    run(name, now).catch((cause: unknown) => {
      log.error('job.not-reached', { job: name }, cause)
      resumeAt.set(name, new Date(Date.parse(now) + UNREACHABLE_MILLISECONDS).toISOString() as Instant)
    })

  const drainLane = singleFlight(() => drain(clock.now()))
  const jobLane = singleFlight(async () => {
    for (const name of names.filter((each) => each !== 'drain-reminders')) await runWatched(name, clock.now())
  })

  return {
    /** After a commit: somebody is waiting for a reminder. */
    wake: () => {
      wanted = true
    },
    /** Runs what is due now: the drain, and beside it one job after the other. What still runs is not begun again. */
    tick: () => Promise.all([drainLane(), jobLane()]),
  }
}

/** Lets the schedule run until it is stopped. */
export function startTimer(deps: TimerDeps, jobs: Jobs) {
  const schedule = createJobSchedule(deps, jobs)
  let latest: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    latest = schedule.tick()
  }, TICK_MILLISECONDS)
  timer.unref()
  return {
    wake: schedule.wake,
    /** Waits for what is running. */
    stop: async () => {
      clearInterval(timer)
      await latest
    },
  }
}
