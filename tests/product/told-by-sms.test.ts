import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { smsVariables } from '../../functions/sandbox/sms/account'
import { play } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// H5: who takes nothing by WeChat is told by short message what the law has them told, once.
let county: County
const CORRECTION = { reason: '再对一遍', items: [{ kind: 'field', name: 'mobile', reason: '打不通' }] }
const { born, filedFor } = disowning(() => county)
beforeAll(async () => {
  county = await openCounty(smsVariables)
  await county.door('POST', 'clock', { set: '2026-11-24T09:47:00+08:00' })
})
afterAll(() => county.close())

type Who = Awaited<ReturnType<typeof born>>
async function smsOf({ personId }: Who) {
  await sendAll(county)
  const { body } = await county.door<{ sms: { text: string }[] }>('GET', `sms?person=${personId}`)
  return body.sms.map(({ text }) => text)
}
const inboxOf = async ({ personId }: Who) =>
  (await (await county.as(personId)).send<Inbox>('GET', '/api/inbox')).body.items
const ofKind = async (who: Who, kind: string) => (await inboxOf(who)).find((message) => message.kind === kind)

test('a correction notice goes by short message once, and says no name and no number but the end of the case’s', async () => {
  const who = await born('短信一', 3)
  const id = await filedFor(who.person, who, 'LX-006')
  const before = await smsOf(who)
  await play(county, id, [['village', 'request-correction', CORRECTION]])
  const after = await smsOf(who)
  expect(after).toHaveLength(before.length + 1)
  const [row] = await county.services.database.rows<{ number: string }>(
    sql`select case_number as number from cases where id = ${id}::uuid`,
  )
  expect(after[0]).toContain('有事等你办')
  expect(after[0]).toContain(`尾号${row?.number.slice(-4)}`)
  expect(after[0]).not.toContain(row?.number)
  expect(after[0]).not.toContain('短信一')
  expect(await smsOf(who)).toHaveLength(after.length)
  expect(await ofKind(who, 'correction-requested')).toMatchObject({
    channel: 'sms',
    because: null,
    status: 'sent',
  })
})

test('how far it is goes by none', async () => {
  const who = await born('短信二', 3)
  const id = await filedFor(who.person, who, 'LX-006')
  const before = await smsOf(who)
  await play(county, id, [['village', 'accept']])
  expect(await smsOf(who)).toHaveLength(before.length)
  expect(await ofKind(who, 'accepted')).toMatchObject({ channel: 'inbox', notAgreed: true })
})

test('where WeChat says that no consent is left, it goes on by short message', async () => {
  const who = await born('短信三', 3)
  await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
  const id = await filedFor(who.person, who, 'LX-006')
  await county.door('POST', 'faults', {
    path: '/cgi-bin/message/subscribe/send',
    times: 1,
    kind: 'error',
    errcode: 43101,
  })
  const before = await smsOf(who)
  await play(county, id, [['village', 'request-correction', CORRECTION]])
  expect((await smsOf(who)).length).toBe(before.length + 1)
})

test('a number that takes none: the app says so', async () => {
  const who = await born('短信四', 3)
  const id = await filedFor(who.person, who, 'LX-006')
  await sendAll(county)
  await county.door('POST', 'faults', { path: 'sms', times: 1, kind: 'error', errcode: 1 })
  await play(county, id, [['village', 'request-correction', CORRECTION]])
  await sendAll(county)
  expect(await ofKind(who, 'correction-requested')).toMatchObject({
    channel: 'inbox',
    noNumber: true,
    because: null,
  })
})
