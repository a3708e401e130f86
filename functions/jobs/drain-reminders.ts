import { type Drain, drainUntilEmpty } from '../features/reminder'
import type { Log } from '../platform/ports/log'

/** Each minute, and after each commit: sends what is due. */
export async function drainReminders(deps: { readonly drain: Drain; readonly log: Log }) {
  const report = await drainUntilEmpty(deps.drain)
  if (report.claimed > 0) deps.log.info('job.drain-reminders', report)
  return report
}
