import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isIdNumber } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { openidOf } from '../../functions/sandbox/accounts'
import { createRegister } from '../../functions/sandbox/register'
import { openBareDatabase } from '../empty-database'
import { agent, type LocalWechat, miniProgram, resident, startLocalWechat, unnamed } from './local-wechat'

let local: LocalWechat
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const newcomer = { name: '汪桂英', birth: '1944-11-30', villageCode: '341821105200' }

describe('people', () => {
  test('those of the pack, by their ids, without numbers and phones', async () => {
    const { json } = await local.door('GET', '/people')
    expect(json.people[0]).toEqual({ id: resident.id, name: '陈桂兰', roles: ['resident'], unit: '大梁村' })
  })

  test.each(['1944-11-30', '2008-02-29'])(
    'somebody invented, born %s, is known to the register',
    async (birth) => {
      const { status, json } = await local.door('POST', '/people', { ...newcomer, birth })
      expect(status).toBe(201)
      expect(isIdNumber(json.idNumber)).toBe(true)
      expect(json.idNumber.slice(6, 14)).toBe(birth.replaceAll('-', ''))
      if (birth >= '2000') expect(json.idNumber.charAt(14)).toBe('9')
      const answer = await local.wechat(
        'POST',
        '/intp/realname/checkrealnameinfo',
        { access_token: await local.token(miniProgram) },
        {
          openid: openidOf(miniProgram.appid, json.id),
          real_name: newcomer.name,
          cred_id: json.idNumber,
          cred_type: '1',
          code: await local.code(json.id, 'real-name'),
        },
      )
      expect(answer.json).toMatchObject({ verify_openid: 'V_OP_NM_MA', verify_real_name: 'V_NM_ID_MA' })
    },
  )

  // A day of birth has 899 numbers: of 80 drawn at once without regard to each other some are nearly always the same.
  test('many invented at once are all different', async () => {
    const register = createRegister(local.database, local.doors, local.clock)
    const [village] = local.doors.villages()
    const one = {
      name: '汪桂英',
      birth: plainDate('1944-11-30'),
      villageCode: village?.code ?? '',
      idNumber: null,
    }
    const made = await Promise.all(Array.from({ length: 80 }, () => register.invent(one)))
    expect(new Set(made.map(({ idNumber }) => idNumber)).size).toBe(80)
    expect(new Set(made.map(({ id }) => id)).size).toBe(80)
  })
})

test('accounts: both, with absolute push addresses', async () => {
  const { json } = await local.door('GET', '/accounts')
  expect(json.accounts).toHaveLength(2)
  expect(json.accounts[0]).toEqual({
    kind: 'mini-program',
    appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
    secret: expect.stringMatching(/^[0-9a-f]{32}$/),
    username: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
    pushUrl: `${local.origin}/api/wechat/mini-program`,
    pushToken: expect.stringMatching(/^[0-9a-f]{24}$/),
    encodingAesKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}$/),
    mode: 'safe',
    format: 'json',
  })
})

test('consents are counted per template', async () => {
  const answer = (body: object) => local.door('POST', '/consents', { person: agent.id, ...body })
  expect((await answer({ templateId: 'YX-CASE-TODO', choice: 'accept' })).json).toEqual({ credits: 1 })
  expect((await answer({ choice: 'accept' })).json).toEqual({ credits: 4 })
  const { json } = await local.door('GET', `/consents?person=${agent.id}`)
  expect(json.credits).toMatchObject({ 'YX-CASE-PROGRESS': 1, 'YX-CASE-TODO': 2, 'YX-CASE-RESULT': 1 })
})

describe('what a door cannot take', () => {
  test.each([
    ['POST', '/people', '{', 400],
    ['POST', '/people', '[]', 400],
    ['POST', '/people', { ...newcomer, extra: 1 }, 400],
    ['POST', '/people', { ...newcomer, name: 7 }, 400],
    ['POST', '/people', { ...newcomer, birth: '1944-02-30' }, 422],
    ['POST', '/people', { ...newcomer, birth: '2031-01-01' }, 422],
    ['POST', '/people', { ...newcomer, villageCode: '110000' }, 422],
    ['POST', '/login-codes', { person: 'nobody' }, 404],
    ['POST', '/login-codes', { person: 'test-resident', appid: 'wx0' }, 422],
    ['POST', '/login-codes', { person: 'test-resident', purpose: 'x' }, 400],
    ['POST', '/consents', { person: 'test-resident', templateId: 'x', choice: 'accept' }, 422],
    ['POST', '/consents', { person: 'test-resident', choice: 'perhaps' }, 400],
    ['GET', '/messages', undefined, 404],
    ['GET', '/messages?person=nobody', undefined, 404],
    ['POST', '/clock', {}, 400],
    ['POST', '/clock', { advanceHours: -1 }, 400],
    ['POST', '/clock', { advanceHours: 1, set: 'x' }, 400],
    ['POST', '/clock', { set: 'tomorrow' }, 422],
    ['POST', '/clock', { set: '2020-01-01T00:00:00+08:00' }, 409],
    ['GET', '/nothing', undefined, 404],
  ] as const)('%s %s %j: %i', async (method, path, body, status) => {
    const answer = await local.door(method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.type).toContain('application/problem+json')
    expect(answer.json.title).toMatch(/\p{Script=Han}/u)
  })
})

describe('clock', () => {
  test('starts at the demo’s first morning and answers with the county’s offset', async () => {
    const { json } = await local.door('GET', '/clock')
    expect(json.now).toMatch(/^2026-11-24T09:4\d:\d\d\.\d{3}\+08:00$/)
  })

  test('moves by hours and working days through the product’s jobs', async () => {
    local.doors.moves.length = 0
    const hour = (await local.door('POST', '/clock', { advanceHours: 1 })).json.now
    expect(hour).toMatch(/^2026-11-24T10:4/)
    // Tuesday and four working days: over a weekend.
    const days = (await local.door('POST', '/clock', { advanceWorkingDays: 4 })).json.now
    expect(days).toMatch(/^2026-11-30T10:4/)
    expect(local.doors.moves).toHaveLength(2)
  })

  test('one move at a time', async () => {
    const advance = local.doors.advance
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    Object.assign(local.doors, { advance: () => gate })
    const first = local.door('POST', '/clock', { advanceHours: 1 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await local.door('POST', '/clock', { advanceHours: 1 })).status).toBe(409)
    release()
    expect((await first).status).toBe(200)
    Object.assign(local.doors, { advance })
    expect((await local.door('POST', '/clock', { advanceHours: 1 })).status).toBe(200)
  })
})

test('the console’s page and every file that it asks for', async () => {
  const page = await (await fetch(`${local.origin}/sandbox`)).text()
  expect(page).toContain('人物和数据都是虚构的')
  const named = [...page.matchAll(/(?:href|src)="(\/sandbox\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(named).toContain('/sandbox/console.js')
  const seen = new Set<string>()
  for (const waiting = [...named, '/sandbox/faces.svg']; waiting.length > 0; ) {
    const path = waiting.pop() ?? ''
    if (seen.has(path)) continue
    seen.add(path)
    const answer = await fetch(local.origin + path)
    expect(answer.status, path).toBe(200)
    for (const [, name] of (await answer.text()).matchAll(/from '\.\/([\w-]+\.js)'/g))
      waiting.push(`/sandbox/${name}`)
  }
  expect(seen.size).toBeGreaterThan(10)
})

describe('a link to a page', () => {
  const make = async (body: object) =>
    (
      await local.wechat(
        'POST',
        '/wxa/generate_urllink',
        { access_token: await local.token(miniProgram) },
        { path: 'pages/case/detail', query: 'id=7', ...body },
      )
    ).json
  const follow = async (link: string) => {
    const { headers, status } = await fetch(link, { redirect: 'manual' })
    expect(status).toBe(302)
    return local.door('GET', `/links/${headers.get('location')?.replace('/sandbox#link=', '')}`)
  }

  test('leads there as often as it is opened, until its days are over', async () => {
    const { url_link: link } = await make({ expire_type: 1, expire_interval: 7 })
    const { url_link: other } = await make({ query: '' })
    expect(link).not.toBe(other)
    for (const _ of [1, 2]) expect((await follow(link)).json).toEqual({ page: 'pages/case/detail?id=7' })
    expect((await follow(other)).json).toEqual({ page: 'pages/case/detail' })
    await local.door('POST', '/clock', { advanceHours: 7 * 24 })
    expect(await follow(link)).toMatchObject({
      status: 410,
      json: { code: 'sandbox.link-ended', title: '这个链接过期了，让发的人再发一个' },
    })
    expect((await follow(other)).status).toBe(200)
  })

  test('is none that nobody has made', async () => {
    expect(await local.door('GET', '/links/AAAAAAAAAAAAAAAA')).toMatchObject({
      status: 404,
      json: { code: 'sandbox.link-unknown' },
    })
  })

  test.each([
    ['a page that is none', { path: 'pages/nowhere' }, 40165],
    ['a query too long', { query: 'x'.repeat(1025) }, 40212],
    ['more than 30 days', { expire_type: 1, expire_interval: 31 }, 85401],
    ['days as a text', { expire_type: 1, expire_interval: '7' }, 85401],
    ['a moment that is over', { expire_type: 0, expire_time: 1 }, 85401],
  ])('is refused for %s', async (_what, body, errcode) => {
    expect(await make(body)).toMatchObject({ errcode })
  })
})

test('what waits for each of them is asked of the product at once, and a county without the story has none', async () => {
  expect((await local.door('GET', '/waiting')).json).toMatchObject({
    waiting: { [resident.id]: 1, [unnamed.id]: 1, [agent.id]: 2 },
  })
  expect((await local.door('GET', '/story')).json).toEqual({ story: null })
})

test('to the next deadline, where there is one', async () => {
  const none = await local.door('POST', '/clock', { to: 'next-deadline' })
  expect([none.status, none.json.code]).toEqual([409, 'sandbox.no-deadline'])
  const { nextDeadline } = local.doors
  Object.assign(local.doors, { nextDeadline: async () => plainDate('2027-01-04') })
  expect((await local.door('POST', '/clock', { to: 'next-deadline' })).json.now).toMatch(/^2027-01-04T16:30/)
  Object.assign(local.doors, { nextDeadline })
})

test('a restart on the same data keeps clock, people, codes, credits and tokens', async () => {
  const database = await openBareDatabase()
  const keep = () => ({ ...database, close: async () => {} })
  const before = await startLocalWechat({ database: keep() })
  await before.door('POST', '/clock', { advanceHours: 48 })
  const { id } = (await before.door('POST', '/people', newcomer)).json
  const code = await before.code(id)
  await before.door('POST', '/consents', { person: id, choice: 'accept' })
  const token = await before.token(miniProgram)
  await before.close()

  const after = await startLocalWechat({ database: keep() })
  expect((await after.door('GET', '/clock')).json.now).toMatch(/^2026-11-26T09:4/)
  expect((await after.door('GET', `/consents?person=${id}`)).json.credits['YX-CASE-TODO']).toBe(1)
  expect(await after.token(miniProgram)).toBe(token)
  const { appid, secret } = miniProgram
  const query = { appid, secret, js_code: code, grant_type: 'authorization_code' }
  expect((await after.wechat('GET', '/sns/jscode2session', query)).json.openid).toBe(openidOf(appid, id))
  await after.close()
  await database.close()
})

test('two processes over one database share everything and push once', async () => {
  const database = await openBareDatabase()
  const keep = () => ({ ...database, close: async () => {} })
  const [left, right] = await Promise.all([
    startLocalWechat({ database: keep() }),
    startLocalWechat({ database: keep() }),
  ])
  await left.door('POST', '/clock', { advanceHours: 5 })
  expect((await right.door('GET', '/clock')).json.now).toMatch(/^2026-11-24T14:4/)
  const code = await left.code(resident.id)
  const { appid, secret } = miniProgram
  const query = { appid, secret, js_code: code, grant_type: 'authorization_code' }
  expect((await right.wechat('GET', '/sns/jscode2session', query)).json.openid).toBeDefined()
  expect((await left.wechat('GET', '/sns/jscode2session', query)).json.errcode).toBe(40163)
  await Promise.all(
    Array.from({ length: 20 }, () =>
      left.door('POST', '/consents', { person: resident.id, choice: 'accept' }),
    ),
  )
  await Promise.all([left.sandbox.settlePushes(), right.sandbox.settlePushes()])
  expect(left.received.length + right.received.length).toBe(20)
  await Promise.all([left.close(), right.close()])
  await database.close()
})

test('a push that the product did not take comes again', async () => {
  let refusals = 1
  const stubborn = await startLocalWechat({
    onPush: () => {
      refusals -= 1
      return refusals >= 0 ? new Response('no', { status: 500 }) : undefined
    },
  })
  await stubborn.door('POST', '/consents', {
    person: resident.id,
    templateId: 'YX-CASE-TODO',
    choice: 'accept',
  })
  await expect.poll(() => stubborn.received.length, { timeout: 12_000 }).toBe(2)
  await stubborn.close()
})
