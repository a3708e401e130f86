import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** A row `a` of `enterprise_agents` is a power that has not ended. */
export const isPowerHeld = (today: PlainDate): SQL => sql`(a.until is null or a.until >= ${today}::date)`

/** The row `of` of `profiles` is the one account of a confirmed person. */
export const isConfirmedAccount = (of: 'p' | 'f' | 'o' | 'owner'): SQL =>
  sql.raw(`(${of}.real_name_level = 3 and ${of}.joined_into is null)`)
