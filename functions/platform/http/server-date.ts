import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../ports/clock'
import type { HttpEnv } from './environment'

/** RFC 9110 §6.6.1: pages reckon with the server's day by this header, also where the local clock was moved. */
export const serverDate =
  (clock: Clock): MiddlewareHandler<HttpEnv> =>
  async (context, next) => {
    context.header('Date', new Date(clock.now()).toUTCString())
    await next()
  }
