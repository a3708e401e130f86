import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { play } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// A18: who has not said within three days how it was is asked once.
let county: County
const { born, filedFor, send } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })
beforeAll(async () => {
  county = await openCounty()
}, 120_000)
afterAll(() => county.close())

/** How often each of them is asked, and how many are. */
const invitations = async () =>
  (
    await county.services.database.rows<{ count: number }>(
      sql`select count(*)::int as count from reminders where kind = 'rating-invited'`,
    )
  )[0]?.count
async function askedOf({ personId }: { readonly personId: string }) {
  const { items } = (await (await county.as(personId)).send<Inbox>('GET', '/api/inbox')).body
  return items.filter(({ kind }) => kind === 'rating-invited')
}

const DONE = [
  ['village', 'accept'],
  ['village', 'grant'],
  ['village', 'conclude'],
  ['village', 'deliver', { method: 'electronic' }],
] as const

async function delivered(name: string) {
  const one = await born(name, 3)
  const id = await filedFor(one.person, one, 'LX-006')
  await play(county, id, DONE)
  return { ...one, id }
}
const rate = (one: Awaited<ReturnType<typeof delivered>>) =>
  one.person.send('POST', `/api/cases/${one.id}/rating`, { body: { level: 1, reasons: [] } })

test('three days after the end whoever has not rated it is asked, once; nobody else is', async () => {
  const silent = await delivered('邀未评')
  const spoken = await delivered('邀评过')
  expect((await rate(spoken)).status).toBe(201)
  const mother = await born('邀有女', 3)
  const daughter = await born('邀女儿', 3, '1972-04-05')
  const hers = await filedFor(daughter.person, mother, 'LX-006')
  const confirmed = { reason: '本人带身份证来的' }
  expect((await send(await county.as('wang-lixin'), hers, 'identity-confirmation', confirmed)).status).toBe(
    200,
  )
  await play(county, hers, DONE)
  const other = await born('邀不服', 3)
  const refused = await filedFor(other.person, other, 'LX-006')
  await play(county, refused, [['village', 'accept']])
  expect((await send(other.person, refused, 'withdrawal')).status).toBe(200)

  await setClock('2026-11-26T20:00')
  expect(await invitations()).toBe(0)
  await setClock('2026-11-27T10:00')
  expect(await invitations()).toBe(2)
  await sendAll(county)
  expect(await askedOf(silent)).toMatchObject([
    {
      title: expect.stringMatching(/办完了，请你评一评$/),
      lines: [
        '办得怎么样，点几下说一说，好的不好的都能说。不评也不影响什么',
        expect.stringMatching(/^办件编号/),
      ],
      page: `features/rating/rate?id=${silent.id}`,
    },
  ])
  expect(await askedOf(mother)).toMatchObject([{ page: `features/rating/rate?id=${hers}` }])
  for (const nobody of [spoken, daughter, other]) expect(await askedOf(nobody)).toEqual([])
  await setClock('2026-11-30T10:00')
  await setClock('2026-12-08T10:00')
  expect(await invitations()).toBe(2)
})

test('nobody is asked for whom another case of theirs was ended by a death', async () => {
  const dead = await delivered('邀已故')
  const other = await filedFor(dead.person, dead, 'LX-005')
  await play(county, other, [['village', 'terminate', { reason: 'deceased' }]])
  const before = await invitations()
  const [row] = await county.services.database.rows<{ on: string }>(
    sql`select ((ended_at at time zone 'Asia/Shanghai')::date + 3)::text as on from cases where id = ${dead.id}::uuid`,
  )
  await setClock(`${row?.on}T20:00`)
  await setClock(`${row?.on}T20:30`)
  expect(await invitations()).toBe(before)
  expect(await askedOf(dead)).toEqual([])
})

test('whoever lives though a case of theirs was ended by a death is rung of what they file afterwards', async () => {
  const living = await born('邀在世', 3)
  const ended = await filedFor(living.person, living, 'LX-005')
  await play(county, ended, [['village', 'terminate', { reason: 'deceased' }]])
  await county.door('POST', 'consents', { person: living.personId, choice: 'accept' })
  const id = await filedFor(living.person, living, 'LX-006')
  await play(county, id, [['village', 'accept']])
  await sendAll(county)
  const { items } = (await (await county.as(living.personId)).send<Inbox>('GET', '/api/inbox')).body
  expect(items.find(({ kind }) => kind === 'accepted')).toMatchObject({ channel: 'subscribe' })
})
