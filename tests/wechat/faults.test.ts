import { afterAll, beforeAll, expect, test } from 'vitest'
import { openidOf } from '../../functions/sandbox/accounts'
import { pushes } from '../../functions/sandbox/schema'
import {
  type LocalWechat,
  miniProgram,
  officialAccount,
  resident,
  startLocalWechat,
  valuesFor,
} from './local-wechat'

let local: LocalWechat
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const order = (fault: object) => local.door('POST', '/faults', { times: 1, ...fault })
const consent = (choice = 'accept') =>
  local.door('POST', '/consents', { person: resident.id, templateId: 'YX-CASE-TODO', choice })
const message = {
  touser: openidOf(officialAccount.appid, resident.id),
  template_id: 'YX-OA-RESULT',
  data: valuesFor('thing1', 'character_string2', 'phrase3', 'time4', 'const5'),
}
const path = '/cgi-bin/message/template/send'
const send = async (client_msg_id: string) =>
  local.wechat(
    'POST',
    path,
    { access_token: await local.token(officialAccount) },
    { ...message, client_msg_id },
  )
const shown = async () =>
  (await local.door('GET', `/deliveries?person=${resident.id}`)).json.deliveries.length

test('a fault that cannot be on its path is refused', async () => {
  for (const fault of [
    { path: 'push', kind: 'latency' },
    { path, kind: 'corrupt' },
  ]) {
    const answer = await order(fault)
    expect([answer.status, answer.json.code]).toEqual([422, 'sandbox.fault-elsewhere'])
    expect(answer.json.title).toMatch(/\p{Script=Han}/u)
  }
  expect((await order({ path, kind: 'nonsense' })).status).toBe(400)
  expect((await local.door('GET', '/faults')).json).toEqual({ faults: [] })
})

test('a push held back comes after the next one of its account, not of the other', async () => {
  await local.sandbox.settlePushes()
  local.received.length = 0
  await order({ path: 'push', kind: 'reorder' })
  await consent()
  await local.sandbox.settlePushes()
  await local.door('POST', '/official-account/messages', { person: resident.id, text: '老年钱' })
  await local.sandbox.settlePushes()
  expect(local.received.map((each) => each.path)).toEqual(['/api/wechat/official-account'])
  await consent()
  await local.sandbox.settlePushes()
  expect(local.received.map((each) => each.path)).toEqual([
    '/api/wechat/official-account',
    '/api/wechat/mini-program',
    '/api/wechat/mini-program',
  ])
})

test('one after which none comes waits 30 seconds at most', async () => {
  await local.sandbox.settlePushes()
  await local.database.db.delete(pushes)
  await order({ path: 'push', kind: 'reorder' })
  const from = Date.now()
  await consent()
  await local.sandbox.settlePushes()
  const [held] = await local.database.db.select().from(pushes)
  expect(held?.outcome).toBe('held back')
  expect((held?.dueAtMachine ?? 0) - from).toBeGreaterThan(29_000)
  expect((held?.dueAtMachine ?? 0) - Date.now()).toBeLessThanOrEqual(30_000)
  await local.database.db.update(pushes).set({ dueAtMachine: Date.now() })
  await local.sandbox.settlePushes()
  const [after] = await local.database.db.select().from(pushes)
  expect(after).toMatchObject({ outcome: 'acknowledged', attempts: 1 })
})

test('what it pushes has come before the call is answered', async () => {
  await local.sandbox.settlePushes()
  local.received.length = 0
  await order({ path, kind: 'before-answer' })
  expect((await send('first')).json.errcode).toBe(0)
  expect(local.received).toHaveLength(1)
})

test('a connection that ends after the call leaves one message, whoever sends it again under its id', async () => {
  const before = await shown()
  await order({ path, kind: 'reset' })
  await expect(send('lost')).rejects.toThrow()
  expect(await shown()).toBe(before + 1)
  expect((await send('lost')).json.errcode).toBe(0)
  expect(await shown()).toBe(before + 1)
})

test('what is switched off in the settings leaves no message, and is told as a change', async () => {
  await consent()
  expect((await consent('switch-off')).json).toEqual({ credits: 0 })
  await local.door('POST', '/accounts/mini-program', { mode: 'plain', format: 'xml' })
  await local.sandbox.settlePushes()
  local.received.length = 0
  await consent('switch-off')
  await local.sandbox.settlePushes()
  const [push] = local.received
  expect(push?.body).toContain('<Event><![CDATA[subscribe_msg_change_event]]></Event>')
  expect(push?.body).toContain(
    '<SubscribeMsgChangeEvent><List><TemplateId><![CDATA[YX-CASE-TODO]]></TemplateId>' +
      '<SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgChangeEvent>',
  )
  expect(push?.query['openid']).toBe(openidOf(miniProgram.appid, resident.id))
})
