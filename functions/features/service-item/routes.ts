import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { serviceItemId } from '#shared/contract/primitives'
import { home, serviceGuide, serviceItemList, serviceItemQuery } from '#shared/contract/service-item'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { findTokenHash, principalCtes } from '../../platform/http/principal'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import { listServiceItems, readGuide } from './guide'
import { createReadHome, type ServiceItemDeps } from './home'

export function createServiceItemRoutes(deps: ServiceItemDeps) {
  const readHome = createReadHome(deps)

  /** The reader's own papers; null unless they are logged in and confirmed. */
  async function findOnFile(tokenHash: string | null): Promise<ReadonlySet<string> | null> {
    if (tokenHash === null) return null
    const now = deps.clock.now()
    const rows = await deps.database.rows<{ code: string | null }>(sql`with ${principalCtes(tokenHash, now)}
      select distinct c.code from principal p left join credentials c on c.holder_index = p.id_number_index
        and (c.valid_to is null or c.valid_to >= ${dayIn(now)}::date) where p.real_name_level = 3`)
    if (rows.length === 0) return null
    return new Set(rows.flatMap(({ code }) => (code === null ? [] : [code])))
  }

  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/home',
          responses: { 200: jsonContent(home) },
        },
      ),
      async (context) =>
        context.json(await readHome(findTokenHash(context.req.header('Authorization'))), 200),
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/service-items',
          request: { query: serviceItemQuery },
          responses: { 200: jsonContent(serviceItemList) },
        },
      ),
      async (context) =>
        context.json(listServiceItems(context.req.valid('query'), await deps.reference.current()), 200),
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'get',
          path: '/api/service-items/{id}',
          request: { params: z.strictObject({ id: serviceItemId }) },
          responses: { 200: jsonContent(serviceGuide) },
        },
      ),
      async (context) => {
        const onFile = await findOnFile(findTokenHash(context.req.header('Authorization')))
        const reference = await deps.reference.current()
        return context.json(
          readGuide(context.req.valid('param').id, reference, onFile, deps.clock.now()),
          200,
        )
      },
    )
}
