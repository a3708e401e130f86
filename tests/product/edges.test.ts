import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm } from '#shared/contract/application'
import { openServer } from '../../functions/open-server'
import { parseEnvironment } from '../../functions/platform/config/environment'
import { type County, openCounty, type Person } from './county'

let county: County
let resident: Person
beforeAll(async () => {
  county = await openCounty()
  resident = await county.as('li-jianguo')
}, 120_000)
afterAll(() => county.close())

const headersOf = async (path: string) => (await fetch(`${county.url}${path}`)).headers

test.each(['/', '/index.html', '/sandbox', '/sandbox/console.js', '/no-such-page'])(
  '%s says what it may load, who may frame it and what it tells others',
  async (path) => {
    const headers = await headersOf(path)
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
  },
)

test('pages post photos to the store that the forms name, and speak to no other', async () => {
  const other = await openCounty({
    S3_ENDPOINT: 'https://files.example:9000/s3',
    S3_BUCKET: 'papers',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
  })
  try {
    const policy = (await fetch(`${other.url}/`)).headers.get('Content-Security-Policy')
    expect(policy).toMatch(/connect-src 'self' https:\/\/files\.example:9000(;|$)/)
    expect((await headersOf('/')).get('Content-Security-Policy')).toMatch(/connect-src 'self'(;|$)/)
  } finally {
    await other.close()
  }
}, 120_000)

test('what is answered to one person is kept by nobody on the way', async () => {
  const personal = [
    '/api/account',
    '/api/sessions',
    '/api/home',
    '/api/cases',
    '/api/inbox',
    '/api/service-items/LX-005',
    '/api/service-items/LX-005/form',
  ]
  for (const path of personal) {
    const answer = await resident.send('GET', path)
    expect([path, answer.status, answer.headers.get('Cache-Control')]).toEqual([path, 200, 'no-store'])
  }
  const refused = await county.visitor.send('GET', '/api/cases')
  expect([refused.status, refused.headers.get('Cache-Control')]).toEqual([401, 'no-store'])
  const queue = await (await county.as('zhao-min')).send('GET', '/api/work/cases')
  expect([queue.status, queue.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
})

test('without the server around it, as a function answers, the product says the same of its answers', async () => {
  for (const path of ['/api/about', '/api/account', '/api/cases', '/api/no-such-door', '/no-such-page']) {
    const { headers } = await county.app.app.request(path)
    expect([path, headers.get('X-Content-Type-Options'), headers.get('Referrer-Policy')]).toEqual([
      path,
      'nosniff',
      'no-referrer',
    ])
    if (path.startsWith('/api/')) expect([path, headers.get('Cache-Control')]).toEqual([path, 'no-store'])
  }
})

test('while it starts it says so: a problem to programs, a page that tries again to people', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starting-'))
  const probe = createServer()
  const port = await new Promise<number>((done) =>
    probe.listen(0, '127.0.0.1', () => done((probe.address() as { port: number }).port)),
  )
  await new Promise((done) => probe.close(done))
  const url = `http://127.0.0.1:${port}`
  const environment = { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent' }
  const opening = openServer(parseEnvironment(environment), process.cwd())
  const untilAnswered = async (path: string, headers: Record<string, string>) => {
    for (;;) {
      const response = await fetch(url + path, { headers }).catch(() => undefined)
      if (response) return response
      await new Promise((done) => setTimeout(done, 5))
    }
  }
  const asked = await untilAnswered('/api/home', { Accept: 'application/json' })
  const page = await untilAnswered('/', { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
  await (await opening).close()
  await rm(folder, { recursive: true, force: true })

  expect([asked.status, asked.headers.get('Content-Type')]).toEqual([
    503,
    'application/problem+json; charset=utf-8',
  ])
  const problem = (await asked.json()) as Record<string, unknown>
  expect(problem).toMatchObject({ code: 'server.unavailable', status: 503, detail: '正在启动，马上就好' })
  expect(problem['title']).toMatch(/[\u4e00-\u9fff]/)
  expect(problem['requestId']).toMatch(/^[\da-f-]{36}$/)
  expect(asked.headers.get('X-Request-Id')).toBe(problem['requestId'])
  expect(Number(asked.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(asked.headers.get('Cache-Control')).toBe('no-store')

  expect([page.status, page.headers.get('Content-Type')]).toEqual([503, 'text/html; charset=utf-8'])
  expect(Number(page.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'self'")
  const html = await page.text()
  expect(html).toContain('正在启动')
  expect(html).toMatch(/<meta http-equiv="refresh" content="\d+"/)
}, 120_000)

test('in a year without a calendar the form offers the half days that are then taken', async () => {
  await county.door('POST', 'clock', { set: '2026-12-29T09:00:00+08:00' })
  const person = await county.logIn('li-jianguo')
  const { body } = await person.send<ApplicationForm>('GET', '/api/service-items/LX-052/form')
  const next = [...new Set(body.slots.map(({ on }) => on))].filter((on) => on.startsWith('2027'))
  expect(next).not.toEqual([])
  const daysOff = next.filter((on) => [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay()))
  expect(daysOff).toEqual([])
})
