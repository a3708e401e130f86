import { customType, timestamp } from 'drizzle-orm/pg-core'

/** Milliseconds, as PGlite keeps them too; read and written as ISO text. */
const KIND = { withTimezone: true, precision: 3, mode: 'string' } as const
export const instant = (name?: string) => (name === undefined ? timestamp(KIND) : timestamp(name, KIND))

/** The number of a transaction, which never comes again in the life of a database server. */
export const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' })
