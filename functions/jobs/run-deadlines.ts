import type { Log } from '../platform/ports/log'

/**
 * After midnight: acceptance by silence, ends of correction notices, dates of a published calendar; and what was filed before
 * the search was kept comes to be found.
 */
export async function runDeadlines(deps: {
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly fillSearch: () => Promise<number>
  readonly log: Log
}) {
  const report = await deps.runCaseDeadlines()
  if (report.moved > 0) deps.log.info('job.run-deadlines', report)
  const found = await deps.fillSearch()
  if (found > 0) deps.log.info('job.fill-search', { found })
  return report
}

/** Of a run of the night; the next goes on. */
const MOST_FILLED = 20_000

/** Once a day, though something cannot be moved: lines of the present shape for what was written with older ones. */
export async function runNight({
  fillLines,
  ...deps
}: Parameters<typeof runDeadlines>[0] & { readonly fillLines: (most: number) => Promise<number> }) {
  try {
    return await runDeadlines(deps)
  } finally {
    try {
      const filled = await fillLines(MOST_FILLED)
      if (filled > 0) deps.log.info('job.fill-lines', { filled })
    } catch (cause) {
      // Lists go by the state of what has no line: the night's own work is done all the same, and not done again for it.
      deps.log.error('job.fill-lines-failed', {}, cause)
    }
  }
}
