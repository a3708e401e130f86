import { type Drain, drainUntilEmpty } from '../features/reminder'
import type { Log } from '../platform/ports/log'

interface DrainJob {
  readonly drain: Drain
  readonly log: Log
  /** For how long it begins more; null: until nothing is due. */
  readonly seconds: number | null
}

/** Each minute, and after each commit: sends what is due. What there is no time for waits for the next of them. */
export async function drainReminders({ drain, log, seconds }: DrainJob) {
  // By the machine's own time: a clock that is set meanwhile makes a run no longer.
  const endsAt = seconds === null ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000
  const report = await drainUntilEmpty(drain, { hasTime: () => performance.now() < endsAt })
  if (report.claimed > 0) log.info('job.drain-reminders', report)
  return report
}
