import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { uuidv7 } from 'uuidv7'
import type { Log } from '../ports/log'
import type { HttpEnv } from './environment'

/** Names the request in its answer, its problems and the log; a caller's own name is not taken over. */
export const requestId: MiddlewareHandler<HttpEnv> = async (context, next) => {
  const id = uuidv7()
  context.set('requestId', id)
  // Before the answer is made: a header set on a finished one makes it anew, body and all.
  context.header('X-Request-Id', id)
  await next()
}

/** One line a request: the route's pattern, never the address itself, which may name a case. */
export const accessLog =
  (log: Log): MiddlewareHandler<HttpEnv> =>
  async (context, next) => {
    const started = performance.now()
    await next()
    log.info('http.request', {
      requestId: context.get('requestId'),
      method: context.req.method,
      route: routePath(context, -1),
      status: context.res.status,
      milliseconds: Math.round(performance.now() - started),
    })
  }
