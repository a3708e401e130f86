import { beforeEach, expect, test, vi } from 'vitest'
import type { HttpAnswer, LogInAnswer, Method } from './platform'

interface Sent {
  readonly method: Method
  readonly path: string
  readonly key: string | undefined
  readonly authorization: string | undefined
}

const host = {
  store: new Map<string, unknown>(),
  sent: [] as Sent[],
  answers: [] as (HttpAnswer | 'nothing')[],
  logIn: { kind: 'code', code: 'C' } as LogInAnswer,
  ids: 0,
  idFails: false,
  /** Runs once, while the next request is under way. */
  meanwhile: undefined as (() => void) | undefined,
}

const platform = {
  host: 'wechat',
  read: (key: string) => host.store.get(key),
  write: (key: string, value: unknown) => host.store.set(key, value),
  remove: (key: string) => host.store.delete(key),
  forgetWhere: (isOne: (key: string) => boolean) => {
    for (const key of [...host.store.keys()]) if (isOne(key)) host.store.delete(key)
  },
  prefersLargeText: () => false,
  randomId: async () => {
    if (host.idFails) throw new Error('no random number')
    host.ids += 1
    return `id-${host.ids}`
  },
  logIn: async () => host.logIn,
  request: async (
    method: Method,
    path: string,
    options: { headers?: Record<string, string>; body?: unknown } = {},
  ): Promise<HttpAnswer> => {
    if (path === '/api/sessions') return { status: 201, body: { token: 'fresh' } }
    const { authorization, 'idempotency-key': key } = { ...options.headers }
    host.sent.push({ method, path, key, authorization })
    host.meanwhile?.()
    host.meanwhile = undefined
    const answer = host.answers.shift() ?? { status: 200, body: { ok: true } }
    if (answer === 'nothing') throw new Error('no network')
    return answer
  },
  downloadFile: async (_path: string, { authorization }: { authorization?: string }) =>
    authorization === 'Bearer fresh' ? { status: 200, source: 'wxfile://photo' } : { status: 401 },
}

vi.mock('./index', () => ({ platform }))

const { ask, call, download } = await import('./api')
const { closeSession } = await import('./session')
const { today } = await import('./clock')

const problem = (status: number, code: string): HttpAnswer => ({ status, body: { code, title: code } })
const keys = () => host.sent.map((each) => each.key)

beforeEach(() => {
  host.store.clear()
  host.sent.length = 0
  host.answers.length = 0
  host.logIn = { kind: 'code', code: 'C' }
  host.idFails = false
})

test('a wish that found no key finds one at the next try', async () => {
  host.idFails = true
  expect((await call('POST', '/api/cases', { serviceItemId: 'b' })).ok).toBe(false)
  expect(host.sent).toEqual([])
  host.idFails = false
  expect((await call('POST', '/api/cases', { serviceItemId: 'b' })).ok).toBe(true)
})

test('a late refusal of an old session does not end the one that was opened meanwhile', async () => {
  host.store.set('token', 'old')
  host.answers.push(problem(401, 'account.session-ended'))
  host.meanwhile = () => host.store.set('token', 'newer')
  expect((await call('GET', '/api/account')).ok).toBe(true)
  expect(host.sent.map((each) => each.authorization)).toEqual(['Bearer old', 'Bearer newer'])
  expect(host.store.get('token')).toBe('newer')
})

test('a wish keeps its key over lost answers and troubles of the server, until it was decided', async () => {
  host.answers.push('nothing', problem(503, 'server.unavailable'), problem(409, 'request.still-running'))
  for (const _ of [1, 2, 3, 4]) await call('POST', '/api/cases', { serviceItemId: 'a' })
  expect(new Set(keys()).size).toBe(1)
  await call('POST', '/api/cases', { serviceItemId: 'a' })
  expect(keys()[4]).not.toBe(keys()[0])
})

test('what is only asked has no key, and leaves nothing on the phone', async () => {
  host.answers.push('nothing')
  for (const _ of [1, 2]) await ask('/api/work/identity-checks', { idNumber: '1' })
  expect(host.sent.map(({ method, key }) => [method, key])).toEqual([
    ['POST', undefined],
    ['POST', undefined],
  ])
  expect([...host.store.keys()].filter((name) => name !== 'token')).toEqual([])
})

test('a refused wish is over: what is sent after mending has a new key', async () => {
  host.answers.push(problem(422, 'application.invalid'))
  await call('POST', '/api/cases', { phone: '1' })
  await call('POST', '/api/cases', { phone: '1' })
  expect(keys()[0]).not.toBe(keys()[1])
})

test('two taps at once send one key; another body has its own', async () => {
  await Promise.all([
    call('POST', '/api/cases', 1),
    call('POST', '/api/cases', 1),
    call('POST', '/api/cases', 2),
  ])
  expect(keys()[0]).toBe(keys()[1])
  expect(keys()[2]).not.toBe(keys()[0])
})

test('a read carries no key', async () => {
  await call('GET', '/api/cases')
  expect(keys()).toEqual([undefined])
})

test('a session that has ended is opened anew and the request repeated with the same key', async () => {
  host.store.set('token', 'old')
  host.answers.push(problem(401, 'account.session-ended'))
  const answer = await call('POST', '/api/cases', {})
  expect(answer.ok).toBe(true)
  expect(host.sent.map((each) => each.authorization)).toEqual(['Bearer old', 'Bearer fresh'])
  expect(new Set(keys()).size).toBe(1)
})

test('two that meet an ended session at once share one login, and neither goes without a session', async () => {
  host.store.set('token', 'old')
  host.answers.push(problem(401, 'account.session-ended'), problem(401, 'account.session-ended'))
  const answers = await Promise.all([call('GET', '/api/cases'), call('GET', '/api/inbox')])
  expect(answers.map(({ ok }) => ok)).toEqual([true, true])
  expect(host.sent.map((each) => each.authorization)).toEqual([
    'Bearer old',
    'Bearer old',
    'Bearer fresh',
    'Bearer fresh',
  ])
})

test('where there is no session one is opened first: nothing is sent that could only be refused', async () => {
  expect((await call('GET', '/api/cases')).ok).toBe(true)
  expect(host.sent.map((each) => each.authorization)).toEqual(['Bearer fresh'])
})

test.each(['/api/home', '/api/service-items?q=x', '/api/service-items/LX-005', '/api/about'])(
  '%s, which is there for everybody, waits for no login',
  async (path) => {
    expect((await call('GET', path)).ok).toBe(true)
    expect(host.sent.map((each) => each.authorization)).toEqual([undefined])
  },
)

test('a photo is brought again after the session was opened', async () => {
  expect(await download('/api/files/a')).toEqual({ ok: true, value: 'wxfile://photo' })
})

test('a second 401 is told, not repeated for ever', async () => {
  host.answers.push(problem(401, 'account.not-logged-in'), problem(401, 'account.session-ended'))
  const answer = await call('GET', '/api/account')
  expect(answer).toMatchObject({ ok: false, error: { code: 'account.session-ended' } })
  expect(host.sent).toHaveLength(2)
})

test('whoever logged out is not logged in again by a request', async () => {
  closeSession()
  host.answers.push(problem(401, 'account.not-logged-in'))
  expect(await call('GET', '/api/account')).toMatchObject({
    ok: false,
    error: { code: 'account.not-logged-in' },
  })
  expect(host.sent).toHaveLength(1)
})

const WHERE = { address: '/sandbox', words: '选一个人登录' }

test('where nobody can log in, the sentence and the way are told', async () => {
  host.logIn = { kind: 'unavailable', sentence: '在微信里打开就能登录', where: WHERE }
  host.answers.push(problem(401, 'account.not-logged-in'))
  expect(await call('GET', '/api/account')).toMatchObject({
    ok: false,
    error: { code: 'account.open-in-wechat', title: '在微信里打开就能登录', where: WHERE },
  })
})

test('the day is the one of the server, as its last answer dates itself', async () => {
  host.answers.push({ status: 200, body: {}, date: 'Mon, 30 Nov 2026 16:30:00 GMT' })
  await call('GET', '/api/home')
  expect(today()).toBe('2026-12-01')
  host.answers.push({ status: 200, body: {}, date: 'not a date' })
  await call('GET', '/api/home')
  expect(today()).toBe('2026-12-01')
})

test('no network, and an answer that is not ours, are told in words', async () => {
  host.answers.push('nothing', { status: 502, body: undefined })
  expect(await call('GET', '/api/cases')).toMatchObject({ ok: false, error: { code: 'network.unreachable' } })
  expect(await call('GET', '/api/cases')).toMatchObject({ ok: false, error: { code: 'server.unavailable' } })
})
