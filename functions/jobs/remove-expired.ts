import type { ExpiredRows } from '../platform/db/remove-expired-rows'
import type { Log } from '../platform/ports/log'

/** At night: answers kept for replays, ended sessions, counted pushes, files that nobody took, and what outlived who left. */
export async function removeExpired(deps: {
  readonly removeExpiredRows: () => Promise<ExpiredRows>
  readonly removeUnusedUploads: () => Promise<number>
  readonly endRecords: () => Promise<number>
  readonly log: Log
}) {
  const report = {
    ...(await deps.removeExpiredRows()),
    uploads: await deps.removeUnusedUploads(),
    records: await deps.endRecords(),
  }
  deps.log.info('job.remove-expired', report)
  return report
}
