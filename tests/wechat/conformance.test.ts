import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPushChannel } from '../../functions/platform/adapters/wechat/push-channel'
import { openidOf } from '../../functions/sandbox/accounts'
import {
  agent,
  type LocalWechat,
  miniProgram,
  officialAccount,
  progressKeys,
  type ReceivedPush,
  resident,
  startLocalWechat,
  valuesFor,
} from './local-wechat'

const HOUR = 3_600_000
let local: LocalWechat
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const credentials = ({ appid, secret } = miniProgram) => ({ appid, secret })
const pass = async (milliseconds: number) => {
  const at = new Date(local.clock.milliseconds() + milliseconds).toISOString()
  expect((await local.door('POST', '/clock', { set: at })).status).toBe(200)
}
const toResident = () => openidOf(miniProgram.appid, resident.id)
const consent = (templateId: string, choice = 'accept') =>
  local.door('POST', '/consents', { person: resident.id, templateId, choice })
const progress = (changes: object = {}) => ({
  touser: toResident(),
  template_id: 'YX-CASE-PROGRESS',
  page: 'pages/case/detail?id=1',
  data: valuesFor(...progressKeys),
  ...changes,
})
const send = async (body: unknown, path = '/cgi-bin/message/subscribe/send', account = miniProgram) =>
  local.wechat('POST', path, { access_token: await local.token(account) }, body)

describe('login codes', () => {
  const exchange = (query: Record<string, string>) =>
    local.wechat('GET', '/sns/jscode2session', {
      ...credentials(),
      grant_type: 'authorization_code',
      ...query,
    })

  test('one use: the second answer is 40163, an unknown code 40029', async () => {
    const code = await local.code(resident.id)
    const first = await exchange({ js_code: code })
    expect(first.json).toEqual({
      openid: expect.stringMatching(/^o.{27}$/),
      session_key: expect.stringMatching(/^.{22}==$/),
      unionid: expect.any(String),
    })
    expect((await exchange({ js_code: code })).json.errcode).toBe(40163)
    expect((await exchange({ js_code: 'unknown' })).json.errcode).toBe(40029)
  })

  test('of ten that try one code at once, one succeeds', async () => {
    const code = await local.code(resident.id)
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange({ js_code: code })))
    expect(answers.filter((answer) => answer.json.openid)).toHaveLength(1)
  })

  test('five minutes, no more', async () => {
    const code = await local.code(resident.id)
    await pass(301_000)
    expect((await exchange({ js_code: code })).json.errcode).toBe(40029)
  })

  test.each([
    [{ appid: 'wx0' }, 40013],
    [{ appid: '' }, 41002],
    [{ secret: 'x' }, 40125],
    [{ secret: '' }, 41004],
    [{ js_code: '' }, 41008],
    [{ js_code: 'x', grant_type: 'x' }, 40002],
    [{ js_code: 'a\u0000b' }, 40029],
  ])('%o answers %i with status 200 and a request id', async (query, errcode) => {
    const answer = await exchange({ js_code: 'x', ...query })
    expect(answer.status).toBe(200)
    expect(answer.json.errcode).toBe(errcode)
    expect(answer.json.errmsg).toMatch(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })
})

describe('tokens', () => {
  const classic = async () =>
    (await local.wechat('GET', '/cgi-bin/token', { ...credentials(), grant_type: 'client_credential' })).json
  const errorOf = async (token: string) =>
    (await local.wechat('POST', '/cgi-bin/clear_quota', { access_token: token }, {})).json.errcode

  test('stable: the same token until its last five minutes, then a new one beside it', async () => {
    const first = await local.token(miniProgram)
    expect(await local.token(miniProgram)).toBe(first)
    expect(first.length).toBeGreaterThan(100)
    await pass(2 * HOUR - 299_000)
    const second = await local.token(miniProgram)
    expect(second).not.toBe(first)
    expect(await errorOf(first)).toBe(40013)
    await pass(300_000)
    expect(await errorOf(first)).toBe(42001)
    expect(await errorOf(second)).toBe(40013)
  })

  test('many at once get one stable token', async () => {
    await pass(3 * HOUR)
    const tokens = await Promise.all(Array.from({ length: 8 }, () => local.token(miniProgram)))
    expect(new Set(tokens).size).toBe(1)
  })

  test('forced: the former dies at once, and too soon changes nothing', async () => {
    const first = await local.token(miniProgram)
    await pass(31_000)
    const forced = await local.token(miniProgram, true)
    expect(forced).not.toBe(first)
    expect(await errorOf(first)).toBe(40001)
    expect(await local.token(miniProgram, true)).toBe(forced)
  })

  test('forced at most 20 times a day', async () => {
    await pass(24 * HOUR)
    const seen = new Set<string | undefined>()
    for (let turn = 0; turn < 21; turn += 1) {
      await pass(31_000)
      seen.add(await local.token(miniProgram, true))
    }
    expect(seen.size).toBe(21)
    expect(seen.has(undefined)).toBe(true)
  })

  test('classic: each call a new one, the former good for five minutes; stable stays untouched', async () => {
    const stable = await local.token(miniProgram)
    const first = (await classic()).access_token
    const second = (await classic()).access_token
    expect(second).not.toBe(first)
    expect(await errorOf(first)).toBe(40013)
    await pass(301_000)
    expect(await errorOf(first)).toBe(40001)
    expect(await errorOf(second)).toBe(40013)
    expect(await local.token(miniProgram)).toBe(stable)
  })

  test('missing, malformed, of the other account, wrong method, no body, no JSON', async () => {
    const path = '/cgi-bin/message/subscribe/send'
    const token = await local.token(miniProgram)
    const other = await local.token(officialAccount)
    const codes = await Promise.all([
      local.wechat('POST', path, {}, {}),
      local.wechat('POST', path, { access_token: 'nonsense' }, {}),
      local.wechat('POST', path, { access_token: other }, {}),
      local.wechat('GET', path, { access_token: token }),
      local.wechat('POST', path, { access_token: token }, ''),
      local.wechat('POST', path, { access_token: token }, '{'),
      local.wechat('GET', '/cgi-bin/stable_token', credentials()),
    ])
    expect(codes.map((answer) => answer.json.errcode)).toEqual([
      41001, 40014, 40001, 43002, 44002, 47001, 43002,
    ])
  })
})

describe('subscription messages', () => {
  test('one consent, one message; ten at once with three consents send three', async () => {
    await consent('YX-CASE-PROGRESS')
    expect((await send(progress())).text).toMatch(/"msgid":\d{19}/)
    expect((await send(progress())).json.errcode).toBe(43101)
    for (let time = 0; time < 3; time += 1) await consent('YX-CASE-PROGRESS')
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(progress())))
    expect(answers.filter((answer) => answer.json.errcode === 0)).toHaveLength(3)
  })

  test('a rejection adds nothing', async () => {
    expect((await consent('YX-CASE-TODO', 'reject')).json).toEqual({ credits: 0 })
  })

  test('the checks come in WeChat’s order and spend nothing', async () => {
    const data = valuesFor(...progressKeys)
    const faults: [object, number][] = [
      [{ touser: openidOf(officialAccount.appid, resident.id), template_id: 'x' }, 40003],
      [{ template_id: 'x', page: 'pages/none' }, 40037],
      [{ template_id: 'YX-STAFF-TASK' }, 40037],
      [{ page: 'pages/none', data: {} }, 41030],
      [{ data: {} }, 47003],
      [{ data: { ...data, extra1: { value: 'x' } } }, 47003],
      [{ data: { ...data, thing1: { value: '敏感词' } } }, 45168],
    ]
    for (const [change, errcode] of faults) {
      expect((await send(progress(change))).json.errcode, JSON.stringify(change)).toBe(errcode)
    }
  })

  test.each([
    ['thing1', '二'.repeat(20), true],
    ['thing1', '二'.repeat(21), false],
    ['thing1', '一\n二', false],
    ['thing1', '', false],
    ['thing1', '好😀', false],
    ['character_string2', 'A-1', true],
    ['character_string2', '编号1', false],
    ['character_string2', 'a'.repeat(33), false],
    ['phrase3', '已受理', true],
    ['phrase3', '已经受理了吗', false],
    ['phrase3', '受理1', false],
    ['date4', '2026年12月8日', true],
    ['date4', '2026年12月8日 09:00', true],
    ['date4', '2026-12-08', true],
    ['date4', '12月8日~12月9日', true],
    ['date4', '明天', false],
  ])('%s "%s" fits: %s', async (key, value, fits) => {
    const data = { ...valuesFor(...progressKeys), [key]: { value } }
    const answer = await send(progress({ data }))
    expect(answer.json.errcode).toBe(fits ? 43101 : 47003)
    if (!fits) expect(answer.json.errmsg).toContain(`data.${key}.value`)
  })
})

describe('employee and template messages', () => {
  const relation = '/cgi-bin/message/wxopen/employeerelationmsg/send'
  const task = (person: string, data: unknown) => ({
    touser: openidOf(miniProgram.appid, person),
    template_id: 'YX-STAFF-TASK',
    page: 'pages/home/index',
    data,
  })

  test('employee data is JSON in a string, and only the bound receive it', async () => {
    const data = JSON.stringify(valuesFor(...progressKeys))
    expect((await send(task(agent.id, data), relation)).json.errcode).toBe(0)
    expect((await send(task(agent.id, valuesFor(...progressKeys)), relation)).json.errcode).toBe(40097)
    expect((await send(task(resident.id, data), relation)).json.errcode).toBe(40256)
    await local.door('POST', '/relations', { person: resident.id })
    expect((await send(task(resident.id, data), relation)).json.errcode).toBe(0)
  })

  test('a template message: 64-bit id, once per client_msg_id in ten minutes, followers only', async () => {
    const path = '/cgi-bin/message/template/send'
    const body = (changes: object = {}) => ({
      touser: openidOf(officialAccount.appid, resident.id),
      template_id: 'YX-OA-RESULT',
      miniprogram: { appid: miniProgram.appid, pagepath: 'pages/home/index' },
      data: valuesFor('thing1', 'character_string2', 'phrase3', 'time4', 'const5'),
      client_msg_id: 'case-1',
      ...changes,
    })
    const idOf = async () => /"msgid":(\d+)/.exec((await send(body(), path, officialAccount)).text)?.[1]
    const first = await idOf()
    expect(BigInt(first ?? 0) > 2n ** 53n).toBe(true)
    expect(await idOf()).toBe(first)
    await pass(601_000)
    expect(await idOf()).not.toBe(first)
    const miniprogram = { appid: 'wx0', pagepath: 'x' }
    expect((await send(body({ miniprogram }), path, officialAccount)).json.errcode).toBe(40013)
    await local.door('POST', '/official-account/events', { person: resident.id, event: 'unsubscribe' })
    expect((await send(body({ client_msg_id: 'case-2' }), path, officialAccount)).json.errcode).toBe(43004)
    await local.door('POST', '/official-account/events', { person: resident.id, event: 'subscribe' })
  })

  test('customer service: 3 in the minute after following, 5 after a message', async () => {
    const say = async () =>
      (
        await send(
          { touser: openidOf(officialAccount.appid, agent.id), msgtype: 'text', text: { content: '你好' } },
          '/cgi-bin/message/custom/send',
          officialAccount,
        )
      ).json.errcode
    expect(await say()).toBe(45015)
    await local.door('POST', '/official-account/messages', { person: agent.id, text: '老年钱' })
    const answers: number[] = []
    for (let time = 0; time < 6; time += 1) answers.push(await say())
    expect(answers).toEqual([0, 0, 0, 0, 0, 45047])
  })
})

test('the menu’s limits', async () => {
  const create = async (button: unknown) =>
    (await send({ button }, '/cgi-bin/menu/create', officialAccount)).json.errcode
  const view = { type: 'view', name: '政策', url: 'https://www.example.gov.cn' }
  expect(await create([view, view, view, view])).toBe(40016)
  expect(await create([{ ...view, name: '一二三四五六' }])).toBe(40018)
  expect(await create([{ name: '便民', sub_button: Array(6).fill(view) }])).toBe(40023)
  expect(await create([{ ...view, url: '' }])).toBe(40020)
  expect(await create([{ type: 'dance', name: '跳' }])).toBe(40017)
  expect(
    await create([view, { name: '便民', sub_button: [{ ...view, type: 'click', key: 'CONTACT' }] }]),
  ).toBe(0)
  const token = await local.token(officialAccount)
  const menu = await local.wechat('GET', '/cgi-bin/menu/get', { access_token: token })
  expect(menu.json.menu.button).toHaveLength(2)
  await local.wechat('GET', '/cgi-bin/menu/delete', { access_token: token })
  expect((await local.wechat('GET', '/cgi-bin/menu/get', { access_token: token })).json.errcode).toBe(46003)
})

describe('pushes', () => {
  const channels = {
    '/api/wechat/mini-program': createPushChannel({ ...miniProgram, token: miniProgram.pushToken }),
    '/api/wechat/official-account': createPushChannel({
      ...officialAccount,
      token: officialAccount.pushToken,
    }),
  }
  const open = ({ path, query, body }: ReceivedPush) => {
    const opened = channels[path as keyof typeof channels].open(
      {
        signature: query['signature'] ?? '',
        timestamp: query['timestamp'] ?? '',
        nonce: query['nonce'] ?? '',
        messageSignature: query['msg_signature'] ?? '',
      },
      body,
    )
    return opened.ok ? opened.value : undefined
  }
  const during = async (work: () => Promise<unknown>) => {
    await local.sandbox.settlePushes()
    local.received.length = 0
    await work()
    await local.sandbox.settlePushes()
    return local.received.map(open)
  }

  test('a consent and a message are told to the product, sealed', async () => {
    const pushes = await during(async () => {
      await consent('YX-CASE-RESULT')
      await send(progress({ template_id: 'YX-CASE-RESULT' }))
    })
    expect(pushes).toMatchObject([
      { event: 'subscribe_msg_popup_event', list: [{ templateId: 'YX-CASE-RESULT', status: 'accept' }] },
      {
        event: 'subscribe_msg_sent_event',
        list: [{ errorCode: '0', messageId: expect.stringMatching(/^\d{19}$/) }],
      },
    ])
    expect(local.received[0]?.body).not.toContain('YX-CASE-RESULT')
  })

  test('without a template all three are asked for', async () => {
    const [push] = await during(() =>
      local.door('POST', '/consents', { person: resident.id, choice: 'accept' }),
    )
    expect(push?.list.map((entry) => entry.templateId)).toEqual([
      'YX-CASE-PROGRESS',
      'YX-CASE-TODO',
      'YX-CASE-RESULT',
    ])
  })

  test('quick consents are told in different seconds, by which the product tells repeated events', async () => {
    const pushes = await during(async () => {
      for (let time = 0; time < 3; time += 1) await consent('YX-CASE-TODO')
    })
    expect(new Set(pushes.map((push) => push?.createTime)).size).toBe(3)
  })

  test('words to the official account come in XML', async () => {
    const [push] = await during(() =>
      local.door('POST', '/official-account/messages', { person: resident.id, text: '查进度 <1> & ]]>' }),
    )
    expect(push).toMatchObject({ messageType: 'text', content: '查进度 <1> & ]]>' })
    expect(push?.fromUserName).toBe(openidOf(officialAccount.appid, resident.id))
  })

  test('a wrong signature and a duplicate can be ordered', async () => {
    await local.door('POST', '/faults', { path: 'push', kind: 'duplicate', times: 1 })
    await local.door('POST', '/faults', { path: 'push', kind: 'bad-signature', times: 1 })
    const twice = await during(() => consent('YX-CASE-TODO'))
    expect(twice).toHaveLength(2)
    const [forged] = await during(() => consent('YX-CASE-TODO'))
    expect(forged).toBeUndefined()
  })
})
