import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Follower, Wechat } from '../../platform/ports/wechat'

interface FollowerDeps {
  readonly database: Database
  readonly clock: Clock
  readonly wechat: Pick<Wechat, 'findFollower' | 'listFollowers'>
}

/** What a push of the official account says of who follows it. */
interface Said {
  /** Of the official account. */
  readonly fromUserName: string
  readonly event: string | null
}

/** Of who has no account with us, and so has agreed to nothing, nothing is kept. */
const keep = (database: Database, now: Instant, followers: readonly Follower[]) =>
  commitBySystem<number>(database, {
    now,
    parts: [
      sql`kept as (insert into followers as f (openid, unionid, learnt_at)
        select distinct on (l.openid) l.openid, l.unionid, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(followers)}::jsonb) as l(openid text, unionid text)
        where exists (select 1 from wechat_identities i where i.unionid = l.unionid) order by l.openid
        on conflict (openid) do update set unionid = excluded.unionid where f.unionid <> excluded.unionid returning 1)`,
    ],
    answer: sql`(select count(*)::int from kept)`,
  })

/**
 * Keeps who follows the official account, by its own pushes: whoever says or presses anything there follows it, until they say that
 * they do not. Which account with us is theirs only WeChat knows, and is asked once.
 */
export const createFollowerBook =
  ({ database, clock, wechat }: FollowerDeps) =>
  async ({ fromUserName: openid, event }: Said): Promise<void> => {
    const now = clock.now()
    if (event === 'unsubscribe') {
      await commitBySystem(database, {
        now,
        parts: [sql`gone as (delete from followers where openid = ${openid})`],
      })
      return
    }
    const known = await database.rows(sql`select from followers where openid = ${openid}`)
    if (known.length > 0) return
    const unionid = (await wechat.findFollower(openid))?.unionid
    if (unionid) await keep(database, now, [{ openid, unionid }])
  }

/** All who follow the official account by now, ten thousand at a time; answers how many nobody knew of. */
export const createLearnFollowers =
  ({ database, clock, wechat }: FollowerDeps) =>
  async (): Promise<number> => {
    let learnt = 0
    for (let after: string | null = null; ; ) {
      const { followers, next } = await wechat.listFollowers(after)
      learnt += await keep(database, clock.now(), followers)
      if (next === null || next === after) return learnt
      after = next
    }
  }
