import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { id } from '#shared/contract/primitives'
import { noticesQuery, publicNoticePage, publicNotices } from '#shared/contract/public-notice'
import { type NetworkDeps, networkKeyOf } from '../../platform/http/client-address'
import type { HttpEnv } from '../../platform/http/environment'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import type { CaseDeps } from './deps'
import { createListNotices, createReadNotice } from './views/public-notices'

/** A village reads its wall; nobody copies all walls. */
const READ_A_MINUTE = 60

/** It hangs for the days of the notice and for people: no search engine keeps it longer. */
const KEPT_BY_NO_ENGINE = { 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Cache-Control': 'no-store' }

/** What is put up, for anybody, without a log-in. */
export function createNoticeRoutes(deps: NetworkDeps & CaseDeps) {
  const listNotices = createListNotices(deps)
  const readNotice = createReadNotice(deps)
  const admit = async (context: Context<HttpEnv>) => {
    await deps.brake.limit('notices', networkKeyOf(deps, context), READ_A_MINUTE, 60)
    for (const [name, value] of Object.entries(KEPT_BY_NO_ENGINE)) context.header(name, value)
  }
  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/notices',
          request: { query: noticesQuery },
          responses: { 200: jsonContent(publicNotices) },
        },
      ),
      async (context) => {
        await admit(context)
        return context.json(await listNotices(context.req.valid('query')), 200)
      },
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/notices/{id}',
          request: { params: z.strictObject({ id }) },
          responses: { 200: jsonContent(publicNoticePage) },
        },
      ),
      async (context) => {
        await admit(context)
        return context.json(await readNotice(context.req.valid('param').id), 200)
      },
    )
}
