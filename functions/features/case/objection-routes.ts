import { z } from '@hono/zod-openapi'
import {
  objectionReceived,
  objectToNotice,
  setObjectionAside,
  workObjections,
} from '#shared/contract/notice-objection'
import { id } from '#shared/contract/primitives'
import { STAFF_ROLES } from '#shared/domain/organization/staff'
import { type NetworkDeps, networkKeyOf } from '../../platform/http/client-address'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import { authorizedRoute, createFeature, jsonBody, jsonContent, principalOf } from '../../platform/http/route'
import { createObjectToNotice } from './acts/object-to-notice'
import { createSetObjectionAside, createTellObjector } from './acts/settle-objection'
import type { CaseDeps } from './deps'
import { createListTypedObjections } from './lists/typed-objections'

const working = { authorize: { kind: 'staff', roles: STAFF_ROLES, scope: 'unit' } } as const
const settled = z.strictObject({ id })

/** What anybody types against a notice, and what staff make of it. */
export function createObjectionRoutes(deps: NetworkDeps & CaseDeps) {
  const objectTo = createObjectToNotice(deps)
  const listTyped = createListTypedObjections(deps)
  const setAside = createSetObjectionAside(deps)
  const tellObjector = createTellObjector(deps)
  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'post',
          path: '/api/notices/{id}/objections',
          request: { params: z.strictObject({ id }), body: jsonBody(objectToNotice) },
          responses: { 201: jsonContent(objectionReceived) },
        },
      ),
      async (context) => {
        const request = {
          id: context.req.valid('param').id,
          intent: await intentOf(context),
          network: networkKeyOf(deps, context),
        }
        return context.json(await objectTo(request, context.req.valid('json')), 201)
      },
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'get',
        path: '/api/work/objections',
        responses: { 200: jsonContent(workObjections) },
      }),
      async (context) => context.json(await listTyped(principalOf(context)), 200),
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'post',
        path: '/api/work/objections/{id}/set-aside',
        request: { params: z.strictObject({ id }), body: jsonBody(setObjectionAside) },
        responses: { 200: jsonContent(settled) },
      }),
      async (context) => {
        const intent = await intentOf(context)
        const settling = { principal: principalOf(context), id: context.req.valid('param').id, intent }
        const committed = await setAside(settling, context.req.valid('json'))
        if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
        return context.json(settled.parse(committed.answer), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, working, {
        method: 'post',
        path: '/api/work/objections/{id}/told',
        request: { params: z.strictObject({ id }), body: jsonBody(z.strictObject({})) },
        responses: { 200: jsonContent(settled) },
      }),
      async (context) => {
        const intent = await intentOf(context)
        const settling = { principal: principalOf(context), id: context.req.valid('param').id, intent }
        const committed = await tellObjector(settling)
        if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
        return context.json(settled.parse(committed.answer), 200)
      },
    )
}
