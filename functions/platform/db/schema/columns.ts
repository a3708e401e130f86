import { timestamp } from 'drizzle-orm/pg-core'

/** Milliseconds, as PGlite keeps them too; read and written as ISO text. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'string' })
