import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { serviceItemId } from '#shared/contract/primitives'
import { home, serviceGuide, serviceItemList, serviceItemQuery } from '#shared/contract/service-item'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { REVISION, type Revision } from '../../platform/db/parts/revision'
import { findFor, findTokenHash } from '../../platform/http/principal'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import { sealedIn } from '../../platform/ports/sealed-in'
import { listServiceItems, type Reader, readGuide } from './guide'
import { createReadHome, type ServiceItemDeps } from './home'

const VISITOR: Reader = {
  realNameLevel: null,
  guardianUntil: null,
  birth: null,
  villageCode: null,
  onFile: null,
  filed: [],
  hasMoreFiled: false,
  grantedOn: null,
}

interface ReaderRow extends Pick<Reader, 'guardianUntil' | 'grantedOn'> {
  readonly filed: unknown
  readonly revision: Revision
  readonly numberSealed: string | null
  readonly credentials: readonly {
    readonly id: string
    readonly code: string
    readonly valuesSealed: string
  }[]
}

export function createServiceItemRoutes(deps: ServiceItemDeps) {
  const readHome = createReadHome(deps)
  const { cipher } = deps

  /** What is known of the reader; papers on file and cases of their number open to the confirmed alone. */
  async function findReader(tokenHash: string | null, itemId: string): Promise<Reader> {
    if (tokenHash === null) return VISITOR
    const now = deps.clock.now()
    const today = dayIn(now)
    const select = sql`(select f.guardian_until from principal p join profiles f on f.id = p.profile_id
          where f.guardian_until > ${today}::date) as "guardianUntil",
        (select f.id_number_sealed from principal p join profiles f on f.id = p.profile_id) as "numberSealed",
        (select coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'valuesSealed', c.values_sealed)),
          '[]'::json) from principal p
          join credentials c on p.opens_papers and c.holder_index = p.id_number_index
            and (c.valid_to is null or c.valid_to >= ${today}::date)) as credentials,
        ${REVISION} as revision, ${deps.filedOfItem.column(now)} as filed,
        ${deps.filedOfItem.grantedOn(itemId)} as "grantedOn"`
    const parts = deps.filedOfItem.parts(itemId, now)
    const found = await findFor<ReaderRow>(deps.database, { tokenHash, now }, { parts, select })
    if (!found?.principal) return VISITOR
    const { principal, guardianUntil, numberSealed, credentials, filed, revision, grantedOn } = found
    const reference = await deps.reference.since(revision)
    const number =
      numberSealed === null
        ? null
        : cipher.decrypt(numberSealed, sealedIn.profile(principal.profileId, 'idNumber'))
    const onFile = new Map(
      credentials.map(({ id, code, valuesSealed }) => [
        code,
        JSON.parse(cipher.decrypt(valuesSealed, sealedIn.credential(id))) as Readonly<
          Record<string, unknown>
        >,
      ]),
    )
    return {
      realNameLevel: principal.realNameLevel,
      guardianUntil,
      birth: number === null ? null : (birthOfIdNumber(number) ?? null),
      villageCode: principal.villageCode,
      onFile: principal.realNameLevel === 3 ? onFile : null,
      ...(await deps.filedOfItem.tell(deps.database, filed, { principal, reference, now })),
      grantedOn,
    }
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
        const { id } = context.req.valid('param')
        const reader = await findReader(findTokenHash(context.req.header('Authorization')), id)
        const { applying, endsOn } = deps
        const known = { reference: await deps.reference.current(), applying, endsOn }
        return context.json(readGuide(id, known, reader, deps.clock.now()), 200)
      },
    )
}
