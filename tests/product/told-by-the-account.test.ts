import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { createLearnFollowers } from '../../functions/features/reminder'
import { play } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// H5: who takes no message of the mini program and follows the official account is told by that.
let county: County
const { born, filedFor } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })
beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T09:47')
})
afterAll(() => county.close())

type Who = Awaited<ReturnType<typeof born>>
const event = ({ personId }: Who, kind: string) =>
  county.door('POST', 'official-account/events', { person: personId, event: kind })
const followersKept = () =>
  county.services.database.rows<{ openid: string }>(sql`select openid from followers order by 1`)
async function arrivedAt({ personId }: Who) {
  await sendAll(county)
  const { body } = await county.door<{
    deliveries: { api: string; title: string; lines: { label: string; value: string }[]; page: string }[]
  }>('GET', `deliveries?person=${personId}`)
  return body.deliveries
}
const inboxOf = async ({ personId }: Who) =>
  (await (await county.as(personId)).send<Inbox>('GET', '/api/inbox')).body.items

async function accepted(who: Who, itemId = 'LX-006') {
  const id = await filedFor(who.person, who, itemId)
  await play(county, id, [['village', 'accept']])
  return id
}

test('a follower without a consent hears by the account, reads so in the app, and in the app alone once they have left', async () => {
  const who = await born('号关注', 3)
  expect((await event(who, 'subscribe')).status).toBe(201)
  await vi.waitFor(async () => expect(await followersKept()).toHaveLength(1))
  const id = await accepted(who)
  const [card] = await arrivedAt(who)
  expect(card).toMatchObject({ api: 'template', page: expect.stringContaining(id) })
  expect(card?.lines.map(({ label }) => label)).toEqual(['事项', '办件编号', '进度', '时间', '说明'])
  for (const { label, value } of card?.lines ?? []) expect(value, label).not.toBe('')
  const told = await inboxOf(who)
  expect(told[0]).toMatchObject({ channel: 'template', because: null })
  await vi.waitFor(async () => expect((await inboxOf(who))[0]?.status).toBe('delivered'))

  await event(who, 'unsubscribe')
  await vi.waitFor(async () => expect(await followersKept()).toEqual([]))
  const before = (await arrivedAt(who)).length
  await accepted(who, 'LX-015')
  expect(await arrivedAt(who)).toHaveLength(before)
  expect((await inboxOf(who))[0]).toMatchObject({ channel: 'inbox', notAgreed: true })
})

test('whoever has consents is told by the mini program, follower or not', async () => {
  const who = await born('号同意', 3)
  await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
  await event(who, 'subscribe')
  await vi.waitFor(async () => expect(await followersKept()).toHaveLength(1))
  await accepted(who)
  expect(await arrivedAt(who)).toMatchObject([{ api: 'subscribe' }])
})

test('the followers of before are learnt from WeChat, twice as once', async () => {
  await county.services.database.rows(sql`delete from followers`)
  const learn = createLearnFollowers(county.services)
  const learnt = await learn()
  expect(learnt).toBeGreaterThan(50)
  expect(await followersKept()).toHaveLength(learnt)
  expect(await learn()).toBe(0)
})
