import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** A row `a` of `enterprise_agents` is a power that has not ended. */
export const isPowerHeld = (today: PlainDate): SQL => sql`(a.until is null or a.until >= ${today}::date)`

/** The row `of` of `profiles` is the one account of a confirmed person. */
export const isConfirmedAccount = (of: 'p' | 'f' | 'o' | 'owner'): SQL =>
  sql.raw(`(${of}.real_name_level = 3 and ${of}.joined_into is null)`)

/**
 * Whether the papers on file of the row `p` of `profiles` open: to whoever is confirmed, until they take back what they
 * agreed to for it. 个人信息保护法 第15条
 */
export const opensPapers: SQL = sql`(p.real_name_level = 3 and (not p.consents @> '[{"purpose":"sensitive"}]'::jsonb
  or exists (select 1 from jsonb_array_elements(p.consents) c
    where c->>'purpose' = 'sensitive' and c->>'withdrawnAt' is null)))`
