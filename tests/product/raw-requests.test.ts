import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, openCounty } from './county'

// What reaches the product before any route does.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** What the server answers to these very bytes. */
const answerTo = (bytes: string) =>
  new Promise<string>((done, failed) => {
    const { port, hostname } = new URL(county.url)
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
])('%s are answered in words', async (_, status, bytes) => {
  const answer = await answerTo(bytes)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json/i)
  const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
  expect(problem).toMatchObject({ status, title: expect.stringMatching(/[\u4e00-\u9fff]/) })
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
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
