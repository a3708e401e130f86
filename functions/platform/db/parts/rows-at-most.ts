import { sql } from 'drizzle-orm'

/**
 * The number behind `limit`, in the text: of a parameter a plan that is kept knows nothing and reckons with a tenth of all
 * rows, and where one for the very number looks better a plan is made anew each time.
 */
export const rowsAtMost = (count: number) => sql.raw(String(count))

/**
 * At most so many rows of a walk in the order of an index, however few the planner expects: of a number that it does not know
 * it reckons with a tenth of them, for which it never reads all to sort them.
 */
export const walkedAtMost = (count: number) => sql.raw(`limit (select ${count})`)
