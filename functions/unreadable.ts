import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { PROBLEMS, type Problem, type ProblemCode } from '#shared/contract/problems'

const codeOf = (cause: NodeJS.ErrnoException): ProblemCode =>
  cause.code === 'HPE_HEADER_OVERFLOW' ? 'request.headers-too-large' : 'request.malformed'

/** Answers a request that the server of Node could not read, so that no route has seen it, and ends the connection. */
export function answerUnreadable(cause: NodeJS.ErrnoException, socket: Duplex): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code = codeOf(cause)
  const { status, title } = PROBLEMS[code]
  const requestId = uuidv7()
  const problem: Problem = { type: 'about:blank', code, title, status, requestId }
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
