import type { ExpiredRows } from '../platform/db/remove-expired-rows'
import type { Log } from '../platform/ports/log'

/** At night: answers kept for replays, ended sessions, counted pushes, and files that nobody took. */
export async function removeExpired(deps: {
  readonly removeExpiredRows: () => Promise<ExpiredRows>
  readonly removeUnusedUploads: () => Promise<number>
  readonly log: Log
}) {
  const report = { ...(await deps.removeExpiredRows()), uploads: await deps.removeUnusedUploads() }
  deps.log.info('job.remove-expired', report)
  return report
}
