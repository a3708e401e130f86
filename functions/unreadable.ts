import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { PROBLEMS, type Problem, type ProblemCode } from '#shared/contract/problems'

/** What those are told whose request no route has seen, as any route would say it. */
function refusalOf(code: ProblemCode) {
  const { status, title } = PROBLEMS[code]
  const requestId = uuidv7()
  const problem: Problem = { type: 'about:blank', code, title, status, requestId }
  const body = JSON.stringify(problem)
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
  }
  return { status, headers, body }
}

/** For a request that has no address to be routed by. */
export function refusal(code: ProblemCode): Response {
  const { status, headers, body } = refusalOf(code)
  return new Response(body, { status, headers })
}

/** Answers in turn, and ends the connection: its body, if there is one, is not read. */
export function refuse(outgoing: ServerResponse, code: ProblemCode): void {
  const { status, headers, body } = refusalOf(code)
  outgoing.writeHead(status, { ...headers, Connection: 'close' }).end(body)
}

/** So long does a connection stay for its last answer to arrive, whatever the other side does with its end. */
const LINGER_MILLISECONDS = 1000

/** Answers past the server of Node, which could not read the request or waits for the rest of it, and ends the connection. */
export function refuseOnSocket(socket: Duplex, code: ProblemCode): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const { status, headers, body } = refusalOf(code)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref()
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'request.headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.too-slow',
}

/** For what the server of Node could not read as a request. */
export function answerUnreadable(cause: NodeJS.ErrnoException, socket: Duplex): void {
  if (cause.code === 'ECONNRESET') socket.destroy()
  else refuseOnSocket(socket, CODES[cause.code ?? ''] ?? 'request.malformed')
}
