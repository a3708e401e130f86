import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../../functions/listen'
import { type County, openCounty } from './county'

// What reaches the product before any route does.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** What a server answers to these very bytes, until it ends the connection. */
const answerTo = (bytes: string, url = county.url) =>
  new Promise<string>((done, failed) => {
    const { port, hostname } = new URL(url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let answer = ''
    socket.on('data', (more) => {
      answer += more
    })
    socket.on('end', () => done(answer))
    socket.on('error', failed)
  })

test.each([
  [
    'headers beyond what the server reads',
    431,
    `GET /api/about HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
  ],
  ['what is no request at all', 400, 'nonsense\r\n\r\n'],
  ['a request without a host', 400, 'GET /api/health HTTP/1.1\r\n\r\n'],
  ['two hosts', 400, 'GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
  ['a host that is none', 400, 'GET /api/health HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n'],
  ['a port beyond all', 400, 'GET /api/health HTTP/1.1\r\nHost: x:99999\r\nConnection: close\r\n\r\n'],
  ['what concerns no address', 400, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  [
    'an address that is none',
    400,
    'GET http://[::1/api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ],
  ['what nobody can expect', 400, 'GET /api/health HTTP/1.1\r\nHost: x\r\nExpect: foo\r\n\r\n'],
  ['who takes it for a proxy', 405, 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n'],
])('%s: answered in words', async (_, status, bytes) => {
  expectProblem(await answerTo(bytes), status)
})

function expectProblem(answer: string, status: number) {
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json/i)
  const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
  expect(problem).toMatchObject({ status, title: expect.stringMatching(/[\u4e00-\u9fff]/) })
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.toLowerCase()).toContain(`\r\nx-request-id: ${problem.requestId}\r\n`)
}

test('a connection is kept longer than a proxy keeps it, which else sends into one that is being closed', async () => {
  const { headers } = await fetch(`${county.url}/api/health`)
  const [, seconds] = /^timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? []
  expect(Number(seconds)).toBeGreaterThan(60)
})

test('HTTP/1.0, which knows no host, is answered', async () => {
  expect(await answerTo('GET /api/health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /)
})

test('a body that does not come to its end is told so, a form has longer, and who is in time is served', async () => {
  const patience = { body: 300, form: 1_500, looks: 50, idle: 5_000 }
  const fetch = async (request: Request) => new Response(`${(await request.text()).length}`)
  const { server, port } = await listen(fetch, { host: '127.0.0.1', port: 0, patience })
  const url = `http://127.0.0.1:${port}`
  const post = (path: string, sent: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 50\r\n\r\n${sent}`
  const timed = async (bytes: string) => {
    const startedAt = performance.now()
    const answer = await answerTo(bytes, url)
    return { answer, took: performance.now() - startedAt }
  }
  try {
    const [json, form, headers, whole] = await Promise.all([
      timed(post('/api/cases', '{"a": 1')),
      timed(post('/api/files', '--xx')),
      timed('GET /api/home HTTP/1.1\r\nHost: x\r\n'),
      timed(post('/api/cases', 'a'.repeat(50))),
    ])
    for (const { answer } of [json, form, headers]) expectProblem(answer, 408)
    expect(json.took).toBeLessThan(1_200)
    expect(form.took).toBeGreaterThan(1_400)
    expect(headers.took).toBeLessThan(1_200)
    expect(whole.answer).toMatch(/^HTTP\/1.1 200 /)
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

test('a form of more parts than any upload has is refused unread', async () => {
  const part = '--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
  const body = `${part.repeat(150_000)}--xx--\r\n`
  const startedAt = performance.now()
  const answer = await county.app.app.request('/api/files', {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=xx', 'Content-Length': String(body.length) },
    body,
  })
  expect([answer.status, performance.now() - startedAt < 300]).toEqual([400, true])
  expect(await answer.json()).toMatchObject({ code: 'request.malformed' })
})
