import { sql } from 'drizzle-orm'
import { CONSENTS_KEPT_YEARS, REASONS_KEPT_YEARS } from '#shared/domain/account/closing'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../../platform/db/commit'
import { IS_DISOWNED_OR_MAY_BE } from '../../../platform/db/parts/stored-state'
import type { AccountDeps } from '../accounts'
import { emptiedParts } from './gone'

/** What was filed on a day counts for that day; what was disowned or may be, as long as that is so and its case is kept. */
const countedNoMore = (now: Instant) => sql`counted_no_more as (delete from left_filings l where not exists (
  select 1 from cases c where c.id = l.case_id
    and (${IS_DISOWNED_OR_MAY_BE} or c.filed_at >= ${instantAt(dayIn(now), 0)}::timestamptz)))`

/**
 * At night: what somebody agreed to outlives their account for some years, why they left for one; whatever else a closed
 * account has, for the day. Answers how many records ended. 个人信息保护法 第19、47、56条
 */
export const createEndRecords =
  ({ database, clock }: Pick<AccountDeps, 'database' | 'clock'>) =>
  async (): Promise<number> => {
    const now = clock.now()
    await commitBySystem(database, { now, parts: [...emptiedParts(), countedNoMore(now)] })
    return commitBySystem<number>(database, {
      now,
      parts: [
        sql`ended as (update profiles set consents = '[]'::jsonb
          where closed_at <= ${now}::timestamptz - make_interval(years => ${CONSENTS_KEPT_YEARS}::int)
            and consents <> '[]'::jsonb returning 1)`,
        sql`unsaid as (delete from closing_reasons
          where closed_on <= ${dayIn(now)}::date - make_interval(years => ${REASONS_KEPT_YEARS}::int) returning 1)`,
      ],
      answer: sql`(select to_json((select count(*) from ended) + (select count(*) from unsaid)))`,
    })
  }
