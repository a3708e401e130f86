import type { Log } from '../platform/ports/log'

/** After midnight: acceptance by silence, ends of correction notices, dates of a published calendar. */
export async function runDeadlines(deps: {
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly log: Log
}) {
  const report = await deps.runCaseDeadlines()
  if (report.moved > 0) deps.log.info('job.run-deadlines', report)
  return report
}
