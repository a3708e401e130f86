import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HttpEnv } from './environment'
import { ProblemError } from './problem'

const refuse = (): never => {
  throw new ProblemError('request.too-large')
}

/**
 * Refuses a coded body, and one above `maxBytes`: by its declared length, which the server holds the client to, or by counting where
 * none is declared. Counting alone touches the body, which costs each request a copy.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<HttpEnv> {
  const count = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return async (context, next) => {
    const { method } = context.req
    if (method === 'GET' || method === 'HEAD') return next()
    // RFC 9110, 8.4: what is coded in a way that is not undone here is not read as if it were plain.
    if ((context.req.header('Content-Encoding') ?? 'identity') !== 'identity')
      throw new ProblemError('request.media-type')
    const declared = context.req.header('Content-Length')
    if (declared === undefined || context.req.header('Transfer-Encoding') !== undefined) {
      return count(context, next)
    }
    return Number(declared) <= maxBytes ? next() : refuse()
  }
}
