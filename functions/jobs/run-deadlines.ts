import { eachOf, nameCases } from '../platform/one-by-one'
import type { Log } from '../platform/ports/log'

interface Deadlines {
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly fillSearch: () => Promise<number>
  readonly log: Log
}

/** What time brings about, and what was filed before the search was kept comes to be found. */
export const deadlineWorks = ({ runCaseDeadlines, fillSearch, log }: Deadlines) => ({
  'job.run-deadlines': async () => {
    const report = await runCaseDeadlines()
    if (report.moved > 0) log.info('job.run-deadlines', report)
  },
  'job.fill-search': async () => {
    const found = await fillSearch()
    if (found > 0) log.info('job.fill-search', { found })
  },
})

/** Of a run of the night; the next goes on. */
const MOST_FILLED = 20_000

/**
 * After midnight: acceptance by silence, ends of correction notices, dates of a published calendar. Once a day, though something cannot
 * be moved: lines of the present shape for what was written with older ones.
 */
export async function runNight({
  fillLines,
  ...deps
}: Deadlines & { readonly fillLines: (most: number) => Promise<number> }) {
  try {
    await eachOf(deps.log, deadlineWorks(deps))
  } finally {
    try {
      const filled = await fillLines(MOST_FILLED)
      if (filled > 0) deps.log.info('job.fill-lines', { filled })
    } catch (cause) {
      // Lists go by the state of what has no line: the night's own work is done all the same, and not done again for it.
      nameCases(deps.log, 'job.fill-lines-failed', cause)
      deps.log.error('job.fill-lines-failed', {}, cause)
    }
  }
}
