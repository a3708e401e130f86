import { OfficialAccount, ServerRequest } from 'node-easywechat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPushChannel } from '../../functions/platform/adapters/wechat/push-channel'
import { type Account, openidOf, pushFormats, pushModes } from '../../functions/sandbox/accounts'
import { openBareDatabase } from '../empty-database'
import { miniProgram, officialAccount, type ReceivedPush, resident, startLocalWechat } from './local-wechat'

let local: Awaited<ReturnType<typeof startLocalWechat>>
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const choose = (kind: string, form: object | string) => local.door('POST', `/accounts/${kind}`, form)
const pushed = async (account: Account) => {
  await local.sandbox.settlePushes()
  local.received.length = 0
  const person = resident.id
  await (account.kind === 'mini-program'
    ? local.door('POST', '/consents', { person, templateId: 'YX-CASE-TODO', choice: 'accept' })
    : local.door('POST', '/official-account/messages', { person, text: '老年钱 <1>' }))
  await local.sandbox.settlePushes()
  const [push] = local.received
  if (!push || local.received.length > 1) throw new Error(`${local.received.length} pushes`)
  return push
}

/** As the product would read it in a configuration of that mode. */
const openedIn = (mode: Account['mode'], account: Account, { query, body }: ReceivedPush) => {
  const { signature = '', timestamp = '', nonce = '', msg_signature: messageSignature = '' } = query
  const channel = createPushChannel({ ...account, token: account.pushToken, mode })
  return channel.open({ signature, timestamp, nonce, messageSignature }, body)
}

/** As a package of other people reads it. */
const readByOthers = async (
  { appid: app_id, secret, pushToken: token, encodingAesKey: aes_key }: Account,
  { query, path, body }: ReceivedPush,
) => {
  const app = new OfficialAccount({ app_id, secret, token, aes_key })
  const request = new ServerRequest('POST', `${path}?${new URLSearchParams(query)}`, {}, Buffer.from(body))
  app.setRequest(request)
  const message = await app.getServer().getRequestMessage(request)
  const { msg_signature: signature, nonce = '', timestamp } = query
  return signature
    ? app.getEncryptor().decrypt(message['Encrypt'] ?? '', signature, nonce, Number(timestamp))
    : String(message['FromUserName'])
}

const forms = [miniProgram, officialAccount].flatMap((account) =>
  pushModes.flatMap((mode) => pushFormats.map((format) => ({ account, kind: account.kind, mode, format }))),
)

test.each(forms)('$kind, $mode, $format: each reads it who is set up for it', async (form) => {
  const { account, kind, mode, format } = form
  const answer = await choose(kind, { mode, format })
  expect([answer.status, answer.json.account]).toMatchObject([200, { kind, mode, format }])
  const push = await pushed(account)
  expect(push.body.startsWith('<')).toBe(format === 'xml')
  const said =
    kind === 'mini-program'
      ? { event: 'subscribe_msg_popup_event', list: [{ templateId: 'YX-CASE-TODO', status: 'accept' }] }
      : { messageType: 'text', content: '老年钱 <1>', messageId: expect.stringMatching(/^\d{19}$/) }
  const whole = { ok: true, value: { fromUserName: openidOf(account.appid, resident.id), ...said } }
  const isPlain = mode === 'plain'
  expect(openedIn('plain', account, push).ok).toBe(mode !== 'safe')
  if (mode !== 'safe') expect(openedIn('plain', account, push)).toMatchObject(whole)
  expect(openedIn('safe', account, push)).toMatchObject(isPlain ? { ok: false, error: 'malformed' } : whole)
  expect(push.query['encrypt_type']).toBe(isPlain ? undefined : 'aes')
  expect(push.body.includes(openidOf(account.appid, resident.id))).toBe(mode !== 'safe')
  expect(await readByOthers(account, push)).toContain(openidOf(account.appid, resident.id))
})

describe('the choice', () => {
  test.each([
    ['mini-program', { mode: 'secret' }, 400],
    ['mini-program', { format: 'yaml' }, 400],
    ['mini-program', { colour: 'red' }, 400],
    ['mini-program', '{', 400],
    ['shop', { mode: 'safe' }, 404],
  ])('%s %j: %i in Chinese', async (kind, form, status) => {
    const before = (await local.door('GET', '/accounts')).json
    const answer = await choose(kind, form)
    expect(answer.status).toBe(status)
    expect(answer.json.title).toMatch(/\p{Script=Han}/u)
    expect((await local.door('GET', '/accounts')).json).toEqual(before)
  })

  test('is of one account and of what was named, is shown, and outlives a restart beside a second process', async () => {
    const database = await openBareDatabase()
    const keep = () => ({ ...database, close: async () => {} })
    const formsOf = async (from: typeof local) =>
      (await from.door('GET', '/accounts')).json.accounts.map(({ mode, format }: Account) => [mode, format])
    const [left, right] = [
      await startLocalWechat({ database: keep() }),
      await startLocalWechat({ database: keep() }),
    ]
    await left.door('POST', '/accounts/mini-program', { mode: 'compatible' })
    await right.door('POST', '/accounts/official-account', { format: 'json' })
    const chosen = [
      ['compatible', 'json'],
      ['safe', 'json'],
    ]
    expect([await formsOf(left), await formsOf(right)]).toEqual([chosen, chosen])
    await Promise.all([left.close(), right.close()])
    const after = await startLocalWechat({ database: keep() })
    expect(await formsOf(after)).toEqual(chosen)
    await after.close()
    await database.close()
  })
})
