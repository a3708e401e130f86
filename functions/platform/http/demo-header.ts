import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './environment'

/** Where all people are invented every answer says so: a page needs no request for its mark alone. */
export const demoHeader: MiddlewareHandler<HttpEnv> = async (context, next) => {
  context.header('X-Demo', '1')
  await next()
}
