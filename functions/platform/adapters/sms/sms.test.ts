import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalWechat, resident, startLocalWechat } from '../../../../tests/wechat/local-wechat'
import { smsAccount } from '../../../sandbox/sms/account'
import type { OutgoingSms } from '../../ports/sms'
import { describeSms, type SmsWorld } from '../../ports/sms.contract'
import { createSms, type SmsOptions } from '.'
import { signedHeaders } from './signature'

let local: LocalWechat
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const smsOf = (changes: Partial<SmsOptions> = {}) =>
  createSms({
    url: `${local.origin}/sandbox/sms`,
    keyId: smsAccount.keyId,
    secret: smsAccount.keySecret,
    sign: smsAccount.sign,
    clock: local.clock,
    ...changes,
  })
const message = (changes: Partial<OutgoingSms> = {}): OutgoingSms => ({
  to: resident.phone,
  templateCode: [...smsAccount.templates.keys()][0] ?? '',
  parameters: { item: '高龄津贴 & 补贴', day: '2026年12月8日', tail: '0001' },
  id: '01998f00-0000-7000-8000-000000000001',
  ...changes,
})
const arrived = async () =>
  ((await local.door('GET', `/sms?person=${resident.id}`)).json.sms as { text: string }[]).map(
    ({ text }) => text,
  )
const world = (): SmsWorld => ({ sms: smsOf(), phone: resident.phone, message, arrived })

describe('against the local provider over a socket', () => describeSms(world))

test('the signature is that of the published algorithm', () => {
  // The canonical request is written down here by hand; its digests were taken with openssl.
  const headers = signedHeaders({
    url: new URL('https://dysmsapi.aliyuncs.com/'),
    action: 'SendSms',
    version: '2017-05-25',
    body: 'a=b',
    keyId: 'id',
    secret: 'secret',
    date: '2026-11-24T01:42:00Z',
    nonce: 'n',
  })
  expect(headers['x-acs-content-sha256']).toBe(
    '42144f3939c3ffbbf0bf8b1f12affb5c23a4c5bd41e0ff672d54a5754f062058',
  )
  expect(headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=a063e1e55ae8eddd2bb673712c375dad9316709969357b6e58416e7704f3c7a0',
  )
})

test('neither number nor key stands in the address or in a header', async () => {
  const asked: string[] = []
  const sms = smsOf({
    fetch: (url, init) => {
      asked.push(`${url} ${JSON.stringify(init?.headers)}`)
      return fetch(url, init)
    },
  })
  expect(await sms.send(message())).toMatchObject({ kind: 'sent' })
  expect(asked).toHaveLength(1)
  for (const secret of [resident.phone, smsAccount.keySecret]) expect(asked[0]).not.toContain(secret)
})

test('another key, another secret, another signature, an old clock and an altered body are not taken', async () => {
  const before = (await arrived()).length
  const old = { now: () => '2026-11-01T00:00:00.000Z' as const }
  const altered: typeof fetch = (url, init) => fetch(url, { ...init, body: `${init?.body}&x=1` })
  const wrong = [{ keyId: 'LTAI0' }, { secret: 'x' }, { sign: '别县' }, { fetch: altered }]
  for (const changes of wrong)
    expect(await smsOf(changes).send(message())).toMatchObject({ kind: 'rejected' })
  expect(await smsOf({ clock: old as SmsOptions['clock'] }).send(message())).toMatchObject({ kind: 'retry' })
  expect(await arrived()).toHaveLength(before)
})

describe('what the provider answers decides what becomes of a message', () => {
  const sendWith = async (fault: object) => {
    await local.door('POST', '/faults', { path: 'sms', times: 1, ...fault })
    return smsOf().send(message())
  }
  test.each([
    [1, { kind: 'refused', code: 'isv.MOBILE_NUMBER_ILLEGAL' }],
    [2, { kind: 'retry', retryAfterSeconds: 600, code: 'isv.BUSINESS_LIMIT_CONTROL' }],
    [3, { kind: 'retry', retryAfterSeconds: 60, code: 'Throttling.User' }],
    [4, { kind: 'retry', retryAfterSeconds: 600, code: 'isv.AMOUNT_NOT_ENOUGH' }],
    [5, { kind: 'rejected', code: 'isv.SMS_TEMPLATE_ILLEGAL' }],
  ])('error %i', async (errcode, outcome) => {
    expect(await sendWith({ kind: 'error', errcode })).toEqual(outcome)
  })

  test('an answer that is lost or unreadable leaves the outcome unknown', async () => {
    const before = (await arrived()).length
    for (const kind of ['reset', 'bad-gateway', 'not-json'])
      expect(await sendWith({ kind })).toEqual({ kind: 'unknown' })
    expect(await arrived()).toHaveLength(before + 1)
  })

  test('an answer after the time-out: unknown', { timeout: 15_000 }, async () => {
    expect(await sendWith({ kind: 'latency', milliseconds: 6500 })).toEqual({ kind: 'unknown' })
  })

  test('nobody at the address: surely not sent', async () => {
    expect(await smsOf({ url: 'http://127.0.0.1:2' }).send(message())).toMatchObject({ kind: 'retry' })
  })
})
