import type { ExpiredRows, OldRows } from '../platform/db/remove-expired-rows'
import type { Log } from '../platform/ports/log'

/**
 * At night: answers kept for replays, ended sessions, counted pushes, files that nobody took, what outlived who left, and
 * whatever has been kept for its years.
 */
export async function removeExpired(deps: {
  readonly removeExpiredRows: () => Promise<ExpiredRows>
  readonly removeOldRows: () => Promise<OldRows>
  readonly removeUnusedUploads: () => Promise<number>
  readonly endRecords: () => Promise<number>
  readonly log: Log
}) {
  const report = {
    ...(await deps.removeExpiredRows()),
    ...(await deps.removeOldRows()),
    uploads: await deps.removeUnusedUploads(),
    records: await deps.endRecords(),
  }
  deps.log.info('job.remove-expired', report)
  return report
}
