import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import type { Cache } from '../../platform/ports/cache'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Follower, Wechat } from '../../platform/ports/wechat'

interface FollowerDeps {
  readonly database: Database
  readonly clock: Clock
  readonly cache: Cache
  readonly wechat: Pick<Wechat, 'findFollower' | 'listFollowers'>
}

/** What a push of the official account says of who follows it. */
interface Said {
  /** Of the official account. */
  readonly fromUserName: string
  readonly event: string | null
}

/** Whoever writes to the account, and has none with us, is not asked of WeChat each time. */
const ASKED_ONCE_IN_SECONDS = 3600
/** Longer than WeChat may take to say who somebody is. */
const LEAVING_SECONDS = 60

/** Of who has no account with us, and so has agreed to nothing, nothing is kept. Answers how many nobody knew of. */
const keep = (database: Database, now: Instant, followers: readonly Follower[]) =>
  commitBySystem<number>(database, {
    now,
    parts: [
      sql`kept as (insert into followers as f (openid, unionid, learnt_at)
        select distinct on (l.openid) l.openid, l.unionid, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(followers)}::jsonb) as l(openid text, unionid text)
        where exists (select 1 from wechat_identities i where i.unionid = l.unionid) order by l.openid
        on conflict (openid) do update set unionid = excluded.unionid, learnt_at = excluded.learnt_at
        returning xmax = 0 as is_new)`,
    ],
    answer: sql`(select count(*) filter (where is_new)::int from kept)`,
  })

/** They follow it no more, as they or WeChat say. */
export async function forgetFollowers(database: Database, now: Instant, openids: readonly string[]) {
  if (openids.length === 0) return
  await commitBySystem(database, {
    now,
    parts: [
      sql`gone as (delete from followers
        where openid in (select jsonb_array_elements_text(${JSON.stringify(openids)}::jsonb)))`,
    ],
  })
}

/**
 * Keeps who follows the official account, by its own pushes: whoever says or presses anything there follows it, until they say that
 * they do not. Which account with us is theirs only WeChat knows, and is asked at most once an hour.
 */
export const createFollowerBook =
  ({ database, clock, cache, wechat }: FollowerDeps) =>
  async ({ fromUserName: openid, event }: Said): Promise<void> => {
    const leaving = `follower-leaves:${openid}`
    if (event === 'unsubscribe') {
      await cache.set(leaving, 'yes', LEAVING_SECONDS)
      await forgetFollowers(database, clock.now(), [openid])
      return
    }
    if (event === 'subscribe') await cache.compareAndDelete(leaving, 'yes')
    const known = await database.rows(sql`select from followers where openid = ${openid}`)
    if (known.length > 0) return
    if (!(await cache.setIfAbsent(`follower-asked:${openid}`, 'yes', ASKED_ONCE_IN_SECONDS))) return
    const unionid = (await wechat.findFollower(openid))?.unionid
    if (!unionid) return
    await keep(database, clock.now(), [{ openid, unionid }])
    // They may have left while WeChat was asked: their leaving found nothing to take out.
    if ((await cache.get(leaving)) !== undefined) await forgetFollowers(database, clock.now(), [openid])
  }

/** All who follow the official account by now, and nobody else; answers how many nobody knew of. */
export const createLearnFollowers =
  ({ database, clock, wechat }: Omit<FollowerDeps, 'cache'>) =>
  async (): Promise<number> => {
    const begun = clock.now()
    let learnt = 0
    const keepSome = async (some: readonly Follower[]) => {
      learnt += await keep(database, clock.now(), some)
    }
    for (let after: string | null = null; ; ) {
      const next: string | null = await wechat.listFollowers(after, keepSome)
      if (next === null || next === after) break
      after = next
    }
    await commitBySystem(database, {
      now: clock.now(),
      parts: [sql`left_since as (delete from followers where learnt_at < ${begun}::timestamptz)`],
    })
    return learnt
  }
