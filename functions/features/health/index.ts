import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import type { Database } from '../../platform/ports/database'
import { singleFlight } from '../../platform/single-flight'

const health = z
  .strictObject({
    status: z.enum(['ok', 'unavailable']),
    profile: z.string(),
    version: z.string(),
    /** Present when a real profile talks to a local WeChat. */
    wechat: z.literal('local').optional(),
  })
  .meta({ id: 'Health' })

interface HealthDeps {
  readonly database: Database
  readonly profile: string
  readonly localWechat: boolean
}

/** Whether the product can work: it answers, and its database does. */
export function createHealthRoutes({ database, profile, localWechat }: HealthDeps) {
  // Who asks while it is being asked gets the same answer.
  const isAlive = singleFlight(() =>
    database.rows(sql`select 1`).then(
      () => true,
      () => false,
    ),
  )
  return createFeature().openapi(
    authorizedRoute(
      { database, clock: neverAsked },
      { authorize: { kind: 'public' } },
      {
        method: 'get',
        path: '/api/health',
        responses: { 200: jsonContent(health), 503: jsonContent(health) },
      },
    ),
    async (context) => {
      const alive = await isAlive()
      const body = {
        status: alive ? ('ok' as const) : ('unavailable' as const),
        profile,
        version: __VERSION__,
        ...(localWechat ? { wechat: 'local' as const } : {}),
      }
      return context.json(body, alive ? 200 : 503)
    },
  )
}

const neverAsked = {
  now: () => {
    throw new Error('a public route asks no clock')
  },
}
