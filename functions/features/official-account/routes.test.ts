import { beforeEach, describe, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createPushChannel } from '../../platform/adapters/wechat/push-channel'
import { encryptPush, signPush } from '../../platform/adapters/wechat/push-crypto'
import type { WechatPush } from '../../platform/adapters/wechat/push-message'
import { createWechatPushRoutes, type PushedAccount } from './routes'

const account = {
  appid: 'wx0123456789abcdef',
  token: 'token',
  encodingAesKey: 'A'.repeat(43),
  mode: 'safe',
} as const
const now = '2026-11-24T01:42:00.000Z' as Instant
const nowSeconds = Date.parse(now) / 1000
const text = JSON.stringify({
  ToUserName: 'gh_1',
  FromUserName: 'o1',
  CreateTime: nowSeconds,
  MsgType: 'text',
  Content: '查进度',
})

let stored: [PushedAccount, WechatPush][]
let answer: () => Promise<string | undefined>
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const channel = createPushChannel(account)
const app = createWechatPushRoutes<WechatPush>({
  channels: { 'mini-program': channel, 'official-account': channel },
  clock: { now: () => now },
  log: silent,
  onPush: (from, push) => {
    stored.push([from, push])
    return answer()
  },
})
beforeEach(() => {
  stored = []
  answer = async () => undefined
})

function request(
  options: { timestamp?: number; body?: string; signature?: string; to?: PushedAccount } = {},
) {
  const encrypted = encryptPush(account, text)
  const timestamp = String(options.timestamp ?? nowSeconds)
  const query = new URLSearchParams({
    signature: signPush([account.token, timestamp, '7']),
    timestamp,
    nonce: '7',
    encrypt_type: 'aes',
    msg_signature: options.signature ?? signPush([account.token, timestamp, '7', encrypted]),
  })
  const body = options.body ?? JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted })
  return app.request(`/api/wechat/${options.to ?? 'mini-program'}?${query}`, { method: 'POST', body })
}

describe('the address is verified', () => {
  const verify = (token: string, timestamp = nowSeconds) => {
    const signature = signPush([token, String(timestamp), '7'])
    return app.request(
      `/api/wechat/official-account?signature=${signature}&timestamp=${timestamp}&nonce=7&echostr=4375120948345356249`,
    )
  }
  test('the echo comes back as it is', async () => {
    expect(await (await verify('token')).text()).toBe('4375120948345356249')
  })
  test('not for a wrong token or an old request', async () => {
    expect((await verify('other')).status).toBe(403)
    expect((await verify('token', nowSeconds - 301)).status).toBe(403)
    expect((await app.request('/api/wechat/official-account')).status).toBe(403)
  })
})

describe('a push', () => {
  test('is stored, then acknowledged', async () => {
    const response = await request({ to: 'official-account' })
    expect(await response.text()).toBe('success')
    expect(stored).toMatchObject([['official-account', { fromUserName: 'o1', content: '查进度' }]])
  })

  test('is answered in words, sealed', async () => {
    answer = async () => '登录小程序才看得到'
    const body = await (await request()).text()
    expect(body).toMatch(/^<xml><Encrypt>/)
    expect(body).not.toContain('登录')
  })

  test('that cannot be stored is not acknowledged', async () => {
    answer = () => Promise.reject(new Error('database down'))
    expect((await request()).status).toBe(500)
  })

  test.each([
    ['a wrong signature', { signature: '0'.repeat(40) }, 403],
    ['an old copy', { timestamp: nowSeconds - 301 }, 403],
    ['one from the future', { timestamp: nowSeconds + 301 }, 403],
    ['no JSON', { body: '{' }, 400],
    ['no cipher', { body: '{}' }, 400],
    ['an entity bomb', { body: '<!DOCTYPE a [<!ENTITY b "c">]><xml>&b;</xml>' }, 400],
    ['five megabytes', { body: 'x'.repeat(5_000_000) }, 413],
  ])('%s is refused and stores nothing', async (_, options, status) => {
    expect((await request(options)).status).toBe(status)
    expect(stored).toEqual([])
  })
})
