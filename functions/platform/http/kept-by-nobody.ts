import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './environment'

/** Most answers are for one person: none is kept on the way, unless its route says otherwise. */
export const keptByNobody: MiddlewareHandler<HttpEnv> = async (context, next) => {
  context.header('Cache-Control', 'no-store')
  await next()
}
