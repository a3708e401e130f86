import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { serviceItemId } from '#shared/contract/primitives'
import { home, serviceGuide, serviceItemList, serviceItemQuery } from '#shared/contract/service-item'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { findFor, findTokenHash } from '../../platform/http/principal'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import { listServiceItems, readGuide } from './guide'
import { createReadHome, type ServiceItemDeps } from './home'

interface Reader {
  readonly onFile: ReadonlySet<string> | null
  readonly guardianUntil: string | null
}
interface ReaderRow extends Pick<Reader, 'guardianUntil'> {
  readonly codes: readonly string[]
}
const VISITOR: Reader = { onFile: null, guardianUntil: null }

export function createServiceItemRoutes(deps: ServiceItemDeps) {
  const readHome = createReadHome(deps)

  /** The reader's own papers, null unless they are confirmed; and until when a guardian applies for them. */
  async function findReader(tokenHash: string | null): Promise<Reader> {
    if (tokenHash === null) return VISITOR
    const now = deps.clock.now()
    const select = sql`(select f.guardian_until from principal p join profiles f on f.id = p.profile_id
          where f.guardian_until > ${dayIn(now)}::date) as "guardianUntil",
        (select coalesce(json_agg(distinct c.code), '[]'::json) from principal p
          join credentials c on p.real_name_level = 3 and c.holder_index = p.id_number_index
            and (c.valid_to is null or c.valid_to >= ${dayIn(now)}::date)) as codes`
    const found = await findFor<ReaderRow>(deps.database, { tokenHash, now }, { select })
    if (!found?.principal) return VISITOR
    const { principal, codes, guardianUntil } = found
    return { onFile: principal.realNameLevel === 3 ? new Set(codes) : null, guardianUntil }
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
        const { onFile, guardianUntil } = await findReader(findTokenHash(context.req.header('Authorization')))
        const reference = await deps.reference.current()
        return context.json(
          readGuide(context.req.valid('param').id, reference, onFile, deps.clock.now(), guardianUntil),
          200,
        )
      },
    )
}
