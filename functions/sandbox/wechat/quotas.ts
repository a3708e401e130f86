import { and, eq, like, ne, sql } from 'drizzle-orm'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { quotas } from '../schema'
import { done, type Endpoint, textOf, type World } from './endpoint'
import { WechatError } from './errors'

const CLEARED_A_MONTH = 10

/** Counts one call; 45009 beyond the day's limit. */
export async function countCall(world: World, appid: string, path: string, limit: number) {
  const [row] = await world.database.db
    .insert(quotas)
    .values({ appid, path, day: dayIn(world.clock.now()), used: 1 })
    .onConflictDoUpdate({
      target: [quotas.appid, quotas.path, quotas.day],
      set: { used: sql`${quotas.used} + 1` },
    })
    .returning({ used: quotas.used })
  if (row && row.used > limit) throw new WechatError(45009)
}

/** The endpoints that tell and empty quotas; `limitOf` knows the day's limit of a path. */
export const quotaEndpoints = (limitOf: (path: string) => number | undefined): readonly Endpoint[] => [
  {
    path: '/cgi-bin/openapi/quota/get',
    method: 'POST',
    access: 'either',
    async handle(world, { account, body }) {
      const path = textOf(body['cgi_path']) ?? ''
      const limit = limitOf(path)
      if (limit === undefined) throw new WechatError(40097)
      const [row] = await world.database.db
        .select()
        .from(quotas)
        .where(
          and(
            eq(quotas.appid, account.appid),
            eq(quotas.path, path),
            eq(quotas.day, dayIn(world.clock.now())),
          ),
        )
      const used = row?.used ?? 0
      return { ...done, quota: { daily_limit: limit, used, remain: Math.max(0, limit - used) } }
    },
  },
  {
    path: '/cgi-bin/clear_quota',
    method: 'POST',
    access: 'either',
    async handle(world, { account, body }) {
      if (body['appid'] !== account.appid) throw new WechatError(40013)
      const today = dayIn(world.clock.now())
      const cleared = await world.database.db
        .select({ used: quotas.used })
        .from(quotas)
        .where(
          and(
            eq(quotas.appid, account.appid),
            eq(quotas.path, '/cgi-bin/clear_quota'),
            like(quotas.day, `${today.slice(0, 7)}%`),
          ),
        )
      if (cleared.reduce((sum, row) => sum + row.used, 0) >= CLEARED_A_MONTH) throw new WechatError(48006)
      await countCall(world, account.appid, '/cgi-bin/clear_quota', CLEARED_A_MONTH)
      await world.database.db
        .update(quotas)
        .set({ used: 0 })
        .where(
          and(
            eq(quotas.appid, account.appid),
            eq(quotas.day, today),
            ne(quotas.path, '/cgi-bin/clear_quota'),
          ),
        )
      return done
    },
  },
]
