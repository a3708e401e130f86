import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { hasState } from '../../platform/http/problem'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import type { Database } from '../../platform/ports/database'
import { singleFlight } from '../../platform/single-flight'

/** Why the product cannot work; each is mended by somebody else. */
const FAULTS = ['database-away', 'not-migrated', 'no-rights', 'no-county'] as const
type Fault = (typeof FAULTS)[number]

const health = z
  .strictObject({
    status: z.enum(['ok', 'unavailable']),
    /** With `unavailable`. */
    because: z.enum(FAULTS).optional(),
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

const WITHIN_MILLISECONDS = 1500
const TABLE_MISSING = ['42P01']
/** Tables that belong to somebody else, as a restore by another user leaves them. */
const NOT_ALLOWED = ['42501']

const faultOf = (cause: unknown): Fault => {
  if (hasState(cause, TABLE_MISSING)) return 'not-migrated'
  return hasState(cause, NOT_ALLOWED) ? 'no-rights' : 'database-away'
}

const late = () =>
  new Promise<Fault>((done) => setTimeout(() => done('database-away'), WITHIN_MILLISECONDS).unref())

/** Whether the product can work: it answers, and its database does, with tables and a county in them. */
export function createHealthRoutes({ database, profile, localWechat }: HealthDeps) {
  const { rows } = database.within(WITHIN_MILLISECONDS)
  const ask = (): Promise<Fault | null> =>
    rows<{ hasCounty: boolean }>(sql`select exists(select 1 from service_items) as "hasCounty"`).then(
      ([row]) => (row?.hasCounty ? null : 'no-county'),
      faultOf,
    )
  // Who asks while it is being asked gets the same answer. A connection takes longer to be given up than a statement.
  const findFault = singleFlight(() => Promise.race([ask(), late()]))
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
      const fault = await findFault()
      const more = { profile, version: __VERSION__, ...(localWechat ? { wechat: 'local' as const } : {}) }
      return fault === null
        ? context.json({ status: 'ok' as const, ...more }, 200)
        : context.json({ status: 'unavailable' as const, because: fault, ...more }, 503)
    },
  )
}

const neverAsked = {
  now: () => {
    throw new Error('a public route asks no clock')
  },
}
