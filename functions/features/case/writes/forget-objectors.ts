import { sql } from 'drizzle-orm'
import { KEPT_YEARS } from '#shared/domain/account/retention'
import { commitBySystem } from '../../../platform/db/commit'
import type { CaseDeps } from '../deps'

/**
 * At night: name and telephone of who objected on a public page go after their time, whether anybody has told them or not.
 * Answers of how many. 个人信息保护法 第19、47条
 */
export const createForgetObjectors =
  ({ database, clock }: Pick<CaseDeps, 'database' | 'clock'>) =>
  (): Promise<number> => {
    const now = clock.now()
    return commitBySystem<number>(database, {
      now,
      parts: [
        sql`forgotten as (update notice_objections set contact_sealed = null where contact_sealed is not null
          and raised_at < ${now}::timestamptz - make_interval(years => ${KEPT_YEARS.objectors}::int) returning 1)`,
      ],
      answer: sql`(select to_json(count(*)) from forgotten)`,
    })
  }
