import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  agent,
  fitting,
  type LocalWechat,
  miniProgram,
  officialAccount,
  progressKeys,
  resident,
  startLocalWechat,
  unnamed,
} from '../../../../tests/wechat/local-wechat'
import { openidOf } from '../../../sandbox/accounts'
import { readMessageTemplates } from '../../config/message-templates'
import type { OutgoingReminder } from '../../ports/wechat'
import { describeWechat, type WechatWorld } from '../../ports/wechat.contract'
import { createMemoryCache } from '../memory-cache'
import { createWechat, createWechatIdentity } from '.'

let local: LocalWechat
let world: WechatWorld
beforeAll(async () => {
  local = await startLocalWechat()
  world = openWorld(local)
})
afterAll(() => local.close())

const templateOf = { subscribe: 'YX-CASE-PROGRESS', relation: 'YX-STAFF-TASK', template: 'YX-OA-RESULT' }
const keysOf = {
  subscribe: progressKeys,
  relation: progressKeys,
  template: ['thing1', 'character_string2', 'phrase3', 'time4', 'const5'],
}
let serial = 0

const reminder = (channel: OutgoingReminder['channel'], openid: string): OutgoingReminder => {
  serial += 1
  return {
    id: `01998f00-0000-7000-8000-${String(serial).padStart(12, '0')}`,
    channel,
    openid,
    templateId: templateOf[channel],
    page: 'pages/case/detail?id=1',
    data: Object.fromEntries(keysOf[channel].map((key) => [key, fitting[key] ?? ''])),
  }
}
const clientOptions = (at: Pick<LocalWechat, 'base' | 'clock'>, cache = createMemoryCache()) => ({
  base: at.base,
  miniProgram,
  officialAccount,
  cache,
  clock: at.clock,
  templates: readMessageTemplates(undefined),
})
const idOf = (who: 'resident' | 'staff') => (who === 'staff' ? agent.id : resident.id)

function openWorld(at: LocalWechat): WechatWorld {
  return {
    wechat: createWechat(clientOptions(at)),
    identity: createWechatIdentity(clientOptions(at)),
    resident,
    code: (who, purpose) => at.code(idOf(who), purpose),
    followerOpenid: (who) => openidOf(officialAccount.appid, idOf(who)),
    consent: async (templateId) => {
      await at.door('POST', '/consents', { person: resident.id, templateId, choice: 'accept' })
    },
    reminder,
  }
}

describe('against the local WeChat over a socket', () => describeWechat(() => world))

test('an account with templates of its own gets its ids and keywords', async () => {
  const named = ['YX-CASE-PROGRESS', 'YX-CASE-TODO', 'YX-CASE-RESULT', 'YX-STAFF-DUE']
  const others = named.map((name) => `${name}:${name.toLowerCase()}-at-wechat`).join(',')
  const templates = readMessageTemplates(`YX-STAFF-TASK:task-at-wechat:thing1=thing8:thing5=,${others}`)
  const bodies: string[] = []
  const wechat = createWechat({
    ...clientOptions(local),
    templates,
    fetch: (url, init) => {
      if (String(url).includes('employeerelationmsg')) bodies.push(String(init?.body))
      return fetch(url, init)
    },
  })
  const sent = reminder('relation', openidOf(miniProgram.appid, agent.id))
  // The local WeChat knows no such template.
  expect(await wechat.sendReminder(sent)).toEqual({ kind: 'rejected', code: 40037 })
  const { template_id, data } = JSON.parse(bodies[0] ?? '')
  expect(template_id).toBe('task-at-wechat')
  expect(Object.keys(JSON.parse(data))).toEqual([
    'thing8',
    ...progressKeys.filter((key) => !/^thing[15]$/.test(key)),
  ])
})

describe('what WeChat answers decides what becomes of a reminder', () => {
  const path = '/cgi-bin/message/wxopen/employeerelationmsg/send'
  const toAgent = () => reminder('relation', openidOf(miniProgram.appid, agent.id))
  const sendWith = async (fault: object) => {
    await local.door('POST', '/faults', { path, times: 1, ...fault })
    return world.wechat.sendReminder(toAgent())
  }

  test.each([
    [-1, { kind: 'retry', retryAfterSeconds: 30, code: -1 }],
    [45011, { kind: 'retry', retryAfterSeconds: 60, code: 45011 }],
    [43108, { kind: 'retry', retryAfterSeconds: 10, code: 43108 }],
    [40256, { kind: 'refused', because: 'not-bound' }],
    [50001, { kind: 'refused', because: 'not-bound' }],
    [40037, { kind: 'rejected', code: 40037 }],
  ])('errcode %i', async (errcode, outcome) => {
    expect(await sendWith({ kind: 'error', errcode })).toEqual(outcome)
  })

  test('a spent daily quota waits for midnight in Shanghai', async () => {
    const outcome = await sendWith({ kind: 'error', errcode: 45009 })
    expect(outcome).toMatchObject({ kind: 'retry', code: 45009 })
    const wait = outcome.kind === 'retry' ? outcome.retryAfterSeconds : 0
    const midnight = Date.parse('2026-11-25T00:00:00+08:00')
    expect(Math.abs(local.clock.milliseconds() + wait * 1000 - midnight)).toBeLessThan(5000)
  })

  test('an answer that is lost or unreadable leaves the outcome unknown', async () => {
    expect(await sendWith({ kind: 'reset' })).toEqual({ kind: 'unknown' })
    expect(await sendWith({ kind: 'bad-gateway' })).toEqual({ kind: 'unknown' })
    expect(await sendWith({ kind: 'not-json' })).toEqual({ kind: 'unknown' })
  })

  test('nobody at the address: surely not sent', async () => {
    const wechat = createWechat({ ...clientOptions(local), base: 'http://127.0.0.1:9' })
    expect(await wechat.sendReminder(toAgent())).toMatchObject({ kind: 'retry' })
    expect(await wechat.exchangeLogin('code')).toEqual({ kind: 'unavailable' })
  })

  test('an answer after the time-out: unknown', { timeout: 15_000 }, async () => {
    expect(await sendWith({ kind: 'latency', milliseconds: 6500 })).toEqual({ kind: 'unknown' })
  })
})

describe('tokens', () => {
  const tokenCalls = { count: 0 }
  const countingFetch: typeof fetch = (input, init) => {
    if (String(input).includes('stable_token')) tokenCalls.count += 1
    return fetch(input, init)
  }
  const send = (cache = createMemoryCache()) =>
    createWechat({ ...clientOptions(local, cache), fetch: countingFetch }).sendReminder(
      reminder('relation', openidOf(miniProgram.appid, agent.id)),
    )

  test('processes with one cache ask for one token', async () => {
    const cache = createMemoryCache()
    tokenCalls.count = 0
    await send(cache)
    await send(cache)
    expect(tokenCalls.count).toBe(1)
  })

  test('a token that was replaced elsewhere is fetched anew, and the message still goes out', async () => {
    const cache = createMemoryCache()
    expect(await send(cache)).toMatchObject({ kind: 'sent' })
    await local.token(miniProgram, true)
    tokenCalls.count = 0
    expect(await send(cache)).toMatchObject({ kind: 'sent' })
    expect(tokenCalls.count).toBe(1)
  })

  test('twice refused, the token is forced anew once', async () => {
    const path = '/cgi-bin/message/wxopen/employeerelationmsg/send'
    await local.door('POST', '/faults', { path, times: 2, kind: 'error', errcode: 42001 })
    tokenCalls.count = 0
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(tokenCalls.count).toBe(3)
  })

  test('a cache out of reach costs a call and no message', async () => {
    const down = () => Promise.reject(new Error('down'))
    expect(await send({ get: down, set: down, setIfAbsent: down, compareAndDelete: down })).toMatchObject({
      kind: 'sent',
    })
  })

  test('no fault that reaches the caller carries token, secret or openid', async () => {
    const wechat = createWechat({
      ...clientOptions(local),
      officialAccount: { ...officialAccount, secret: 'f'.repeat(32) },
    })
    const openid = openidOf(officialAccount.appid, resident.id)
    const fault = await wechat.findFollower(openid).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Error)
    const shown = `${fault} ${fault instanceof Error ? fault.stack : ''} ${JSON.stringify(fault)}`
    for (const secret of [openid, 'f'.repeat(32), 'access_token']) expect(shown).not.toContain(secret)
  })
})

test('somebody without a real name at WeChat is not registered', async () => {
  const openid = openidOf(miniProgram.appid, unnamed.id)
  const code = await local.code(unnamed.id, 'real-name')
  const typed = { openid, name: unnamed.name, idNumber: '341821194611180028', code }
  expect(await world.identity.confirm(typed)).toBe('not-registered')
})

describe('a code whose exchange WeChat does not do now', () => {
  const typed = { name: resident.name, idNumber: resident.idNumber }
  const openid = openidOf(miniProgram.appid, resident.id)
  const exchanges = [
    ['/sns/jscode2session', (at: WechatWorld) => at.wechat.exchangeLogin('code')],
    ['/wxa/business/getuserphonenumber', (at: WechatWorld) => at.wechat.exchangePhone('code')],
    [
      '/intp/realname/checkrealnameinfo',
      async (at: WechatWorld) => ({ kind: await at.identity.confirm({ openid, ...typed, code: 'code' }) }),
    ],
  ] as const
  const faults = [
    { kind: 'error', errcode: -1 },
    { kind: 'error', errcode: 45009 },
    { kind: 'error', errcode: 45011 },
    // Refused for good: the token, not the person.
    { kind: 'error', errcode: 40001, times: 3 },
    { kind: 'reset' },
    { kind: 'bad-gateway' },
    { kind: 'not-json' },
  ]

  test.each(exchanges.flatMap(([path, exchange]) => faults.map((fault) => ({ path, exchange, ...fault }))))(
    '$path: $kind $errcode',
    async ({ path, exchange, ...fault }) => {
      await local.door('POST', '/faults', { path, times: 1, ...fault })
      expect(await exchange(openWorld(local))).toEqual({ kind: 'unavailable' })
      await local.door('DELETE', '/faults')
    },
  )

  test.each(exchanges)('%s: nobody at the address, no token', async (_, exchange) => {
    const away = openWorld({ ...local, base: 'http://127.0.0.1:9' })
    expect(await exchange(away)).toEqual({ kind: 'unavailable' })
  })
})
