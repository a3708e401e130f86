import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryCache } from '../../platform/adapters/memory-cache'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import { drainUntilEmpty } from './drain'
import { createFollowerBook, createLearnFollowers } from './followers'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const CARD = 'YX-CASE-TODO'
let database: Database
let outbox: ReturnType<typeof createOutbox>

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
})
const drain = () => drainUntilEmpty(outbox.worker())
const sentBy = () =>
  outbox.wechat.received.map(({ channel, openid, templateId }) => ({ channel, openid, templateId }))

describe('who takes none by the mini program', () => {
  it('is told by the official account that they follow, once, in the words of its template', async () => {
    const { recipient, openid } = await outbox.resident()
    const follower = await outbox.follow(openid)
    const id = await outbox.plan({ recipient, templateId: CARD })
    expect(await drain()).toMatchObject({ sent: 1, inbox: 0 })
    expect(sentBy()).toEqual([{ channel: 'template', openid: follower, templateId: 'YX-OA-TODO' }])
    expect(outbox.wechat.received[0]?.data).not.toHaveProperty('date4')
    expect(await outbox.find(id)).toMatchObject({ channel: 'template', because: null, sent: true })
    expect(await drain()).toMatchObject({ claimed: 0 })
  })

  it('is told there where WeChat says that no consent is left (43101), and the consent stays spent', async () => {
    const { recipient, openid } = await outbox.resident({ [CARD]: 1 })
    const follower = await outbox.follow(openid)
    const id = await outbox.plan({ recipient, templateId: CARD })
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'no-consent' }))
    expect(await drain()).toMatchObject({ sent: 1, inbox: 0 })
    expect(sentBy()).toEqual([{ channel: 'template', openid: follower, templateId: 'YX-OA-TODO' }])
    expect(await outbox.credits(openid, CARD)).toBe(0)
    const attempts = await database.rows(
      sql`select channel, attempt, outcome from deliveries where reminder_id = ${id}::uuid order by begun_at, channel`,
    )
    expect(attempts).toEqual([
      { channel: 'subscribe', attempt: 1, outcome: 'refused' },
      { channel: 'template', attempt: 2, outcome: 'sent' },
    ])
  })

  it('finds it in the app, with the first reason, where they follow nothing', async () => {
    const { recipient } = await outbox.resident()
    const id = await outbox.plan({ recipient, templateId: CARD })
    expect(await drain()).toMatchObject({ inbox: 1, sent: 0 })
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
  })

  it('finds it in the app, with the first reason, where WeChat says that they follow no more, and asks no more', async () => {
    const { recipient, openid } = await outbox.resident()
    await outbox.follow(openid)
    const first = await outbox.plan({ recipient, templateId: CARD })
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'not-following' }))
    expect(await drain()).toMatchObject({ inbox: 1, sent: 0 })
    const second = await outbox.plan({ recipient, templateId: CARD })
    expect(await drain()).toMatchObject({ inbox: 1, sent: 0 })
    for (const id of [first, second])
      expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
    expect(outbox.wechat.received).toEqual([])
  })

  it('is told by no account where they said that they want none', async () => {
    const { recipient, openid } = await outbox.resident({ [CARD]: 1 })
    await outbox.follow(openid)
    await database.rows(
      sql`update consent_credits set refused_at = now(), credits = 0 where openid = ${openid}`,
    )
    const id = await outbox.plan({ recipient, templateId: CARD })
    expect(await drain()).toMatchObject({ inbox: 1, sent: 0 })
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
  })

  it('finds it in the app where the account has no such template', async () => {
    const { recipient, openid } = await outbox.resident()
    await outbox.follow(openid)
    const id = await outbox.plan({ recipient, templateId: CARD })
    const worker = outbox.worker({ templates: { has: (name) => name !== 'YX-OA-TODO' } })
    expect(await drainUntilEmpty(worker)).toMatchObject({ inbox: 1, sent: 0 })
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-agreed' })
  })

  it('is told by no second account what may have reached their phone', async () => {
    const { recipient, openid } = await outbox.resident({ [CARD]: 1 })
    await outbox.follow(openid)
    const id = await outbox.plan({ recipient, templateId: CARD })
    outbox.wechat.script.push(
      () => ({ kind: 'unknown' }),
      () => ({ kind: 'refused', because: 'no-consent' }),
    )
    await drain()
    outbox.advance(61)
    await drain()
    expect(await outbox.find(id)).toMatchObject({ channel: 'subscribe', because: 'outcome-unknown' })
    expect(outbox.wechat.received).toEqual([])
  })

  it('takes what was told with it along', async () => {
    const { recipient, openid } = await outbox.resident({ [CARD]: 1 })
    await outbox.follow(openid)
    const ids = [
      await outbox.plan({ recipient, templateId: CARD }),
      await outbox.plan({ recipient, templateId: CARD }),
    ]
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'no-consent' }))
    await drain()
    expect(outbox.wechat.received).toHaveLength(1)
    for (const id of ids) expect(await outbox.find(id)).toMatchObject({ channel: 'template', sent: true })
  })

  it('does not hear by it where they are staff: those bind the employee messages', async () => {
    const { recipient, openid } = await outbox.staff()
    await outbox.follow(openid)
    const id = await outbox.plan({ recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' })
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'not-bound' }))
    await drain()
    expect(await outbox.find(id)).toMatchObject({ channel: 'inbox', because: 'not-bound' })
  })

  it('is told by none where they refuse while it waits for the morning, and by the mini program where they agree', async () => {
    outbox.advance(13 * 3600)
    const [refusing, agreeing] = [await outbox.resident({ [CARD]: 0 }), await outbox.resident({ [CARD]: 0 })]
    for (const { openid, recipient } of [refusing, agreeing]) {
      await outbox.follow(openid)
      await outbox.plan({ recipient, templateId: CARD })
    }
    await drain()
    expect(sentBy()).toEqual([])
    await database.rows(sql`update consent_credits set refused_at = now() where openid = ${refusing.openid}`)
    await database.rows(sql`update consent_credits set credits = 1 where openid = ${agreeing.openid}`)
    outbox.advance(10 * 3600)
    await drain()
    expect(sentBy()).toEqual([{ channel: 'subscribe', openid: agreeing.openid, templateId: CARD }])
  })

  it('is told by none where they refused on another of their phones', async () => {
    const { recipient, profileId, openid } = await outbox.resident({ [CARD]: 1 })
    await outbox.follow(openid)
    await database.rows(
      sql`update consent_credits set refused_at = now(), credits = 0 where openid = ${openid}`,
    )
    await outbox.bind(profileId, `second-${openid}`)
    await database.rows(
      sql`update wechat_identities set created_at = created_at + interval '1 day' where openid = ${`second-${openid}`}`,
    )
    await outbox.plan({ recipient, templateId: CARD })
    await drain()
    expect(sentBy()).toEqual([])
  })

  it('goes on by the account where nobody knows whether it arrived, under the same id, and by none once they have left', async () => {
    const [stays, leaves] = [await outbox.resident(), await outbox.resident()]
    const [follower, left] = [await outbox.follow(stays.openid), await outbox.follow(leaves.openid)]
    for (const { recipient } of [stays, leaves]) {
      outbox.wechat.script.push(() => ({ kind: 'unknown' }))
      await outbox.plan({ recipient, templateId: CARD })
      await outbox.worker()()
    }
    await database.rows(sql`delete from followers where openid = ${left}`)
    outbox.advance(61)
    await drain()
    expect(sentBy()).toEqual([{ channel: 'template', openid: follower, templateId: 'YX-OA-TODO' }])
  })

  it('is no follower any more once WeChat says so', async () => {
    const { recipient, openid } = await outbox.resident()
    await outbox.follow(openid)
    await outbox.plan({ recipient, templateId: CARD })
    outbox.wechat.script.push(() => ({ kind: 'refused', because: 'not-following' }))
    await drain()
    expect(await database.rows(sql`select from followers where unionid = ${`u-${openid}`}`)).toEqual([])
  })
})

describe('who follows', () => {
  const kept = async () =>
    (
      await database.rows<{ row: string }>(
        sql`select openid || ' ' || unionid as row from followers order by 1`,
      )
    ).map(({ row }) => row)
  const nobody = async () => null
  const bookOf = (find: (openid: string) => Promise<{ unionid: string | null } | undefined>) =>
    createFollowerBook({
      database,
      clock: outbox.clock,
      cache: createMemoryCache(() => Date.parse(outbox.clock.now())),
      wechat: { findFollower: find, listFollowers: nobody },
    })
  const account = async (unionid: string) => {
    const { openid } = await outbox.resident()
    await database.rows(sql`update wechat_identities set unionid = ${unionid} where openid = ${openid}`)
  }
  beforeEach(async () => {
    await database.rows(sql`delete from followers`)
    await database.rows(sql`delete from wechat_identities`)
    for (const unionid of ['u1', 'u2', 'u3']) await account(unionid)
  })

  it('is kept from the first push on, asked of WeChat once, and gone when they leave', async () => {
    const asked: string[] = []
    const book = bookOf(async (openid) => {
      asked.push(openid)
      return { unionid: 'u1' }
    })
    await book({ fromUserName: 'f1', event: 'subscribe' })
    await book({ fromUserName: 'f1', event: 'CLICK' })
    await book({ fromUserName: 'f1', event: null })
    expect([asked, await kept()]).toEqual([['f1'], ['f1 u1']])
    await book({ fromUserName: 'f1', event: 'unsubscribe' })
    expect(await kept()).toEqual([])
  })

  it('is not kept before they have an account with us, nor asked of WeChat more than once an hour', async () => {
    let asked = 0
    const book = bookOf(async () => {
      asked += 1
      return { unionid: 'u9' }
    })
    for (const event of ['subscribe', null, 'CLICK']) await book({ fromUserName: 'f9', event })
    expect([asked, await kept()]).toEqual([1, []])
    await account('u9')
    outbox.advance(3601)
    await book({ fromUserName: 'f9', event: 'view_miniprogram' })
    expect([asked, await kept()]).toEqual([2, ['f9 u9']])
  })

  it('is not kept who leaves while WeChat is asked', async () => {
    const answers: ((who: { unionid: string }) => void)[] = []
    const book = bookOf(() => new Promise((resolve) => answers.push(resolve)))
    const asking = book({ fromUserName: 'f1', event: 'subscribe' })
    await expect.poll(() => answers.length).toBe(1)
    await book({ fromUserName: 'f1', event: 'unsubscribe' })
    answers[0]?.({ unionid: 'u1' })
    await asking
    expect(await kept()).toEqual([])
  })

  it('is nobody of whom WeChat knows no number across accounts', async () => {
    await bookOf(async () => ({ unionid: null }))({ fromUserName: 'f1', event: 'subscribe' })
    await bookOf(async () => undefined)({ fromUserName: 'f2', event: null })
    expect(await kept()).toEqual([])
  })

  it('is learnt of those before, page by page, twice as once; who has left since is gone', async () => {
    const pages = new Map<string | null, readonly { openid: string; unionid: string }[]>([
      [
        null,
        [
          { openid: 'f1', unionid: 'u1' },
          { openid: 'f2', unionid: 'u2' },
        ],
      ],
      [
        'f2',
        [
          { openid: 'f3', unionid: 'u3' },
          { openid: 'f9', unionid: 'u9' },
        ],
      ],
    ])
    const learn = createLearnFollowers({
      database,
      clock: outbox.clock,
      wechat: {
        findFollower: async () => undefined,
        listFollowers: async (after, each) => {
          const page = pages.get(after) ?? []
          await each(page)
          return page.at(-1)?.openid ?? null
        },
      },
    })
    expect([await learn(), await kept()]).toEqual([3, ['f1 u1', 'f2 u2', 'f3 u3']])
    outbox.advance(1)
    expect(await learn()).toBe(0)
    pages.set(null, [{ openid: 'f2', unionid: 'u2' }])
    outbox.advance(1)
    expect([await learn(), await kept()]).toEqual([0, ['f2 u2', 'f3 u3']])
  })
})
