import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** When each job last ran to its end, whoever ran it: what was missed while nobody ran is known by it. */
export const jobRuns = pgTable('job_runs', {
  name: text().primaryKey(),
  lastRunAt: instant().notNull(),
  /** Held by the process that runs it; a run that broke off is taken over afterwards. */
  leasedUntil: instant(),
})
