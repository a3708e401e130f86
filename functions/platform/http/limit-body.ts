import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HttpEnv } from './environment'
import { ProblemError } from './problem'

const refuse = (): never => {
  throw new ProblemError('request.too-large')
}

/**
 * Refuses a body above `maxBytes`: by its declared length, which the server holds the client to, or by counting where
 * none is declared. Counting alone touches the body, which costs each request a copy.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<HttpEnv> {
  const count = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return async (context, next) => {
    const { method } = context.req
    if (method === 'GET' || method === 'HEAD') return next()
    const declared = context.req.header('Content-Length')
    if (declared === undefined || context.req.header('Transfer-Encoding') !== undefined) {
      return count(context, next)
    }
    return Number(declared) <= maxBytes ? next() : refuse()
  }
}
