import { sql } from 'drizzle-orm'

/**
 * The number behind `limit`, in the text: of a parameter a plan that is kept knows nothing and reckons with a tenth of all
 * rows, and where one for the very number looks better a plan is made anew each time.
 */
export const rowsAtMost = (count: number) => sql.raw(String(count))
