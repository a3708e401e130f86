import { type SQL, sql } from 'drizzle-orm'

/** An array of plain words, digests and ids: none has a quote or a backslash. */
export const texts = (values: readonly string[]): SQL =>
  sql`${`{${values.map((value) => `"${value}"`).join(',')}}`}::text[]`
