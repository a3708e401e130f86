import { z } from 'zod'
import { endWork, workEnded } from '#shared/contract/account'
import { written } from '#shared/contract/primitives'
import { intentOf } from '../../platform/http/idempotency'
import { authorizedRoute, createFeature, jsonBody, jsonContent, principalOf } from '../../platform/http/route'
import type { AccountDeps } from './accounts'
import { createEndMember, createReturnMember } from './change-members'

const byAdmin = {
  authorize: { kind: 'staff', roles: ['admin'], scope: 'county' },
  secondFactor: true,
} as const
const params = z.strictObject({ staffId: written.max(60) })

/** Who works here no more, and again. */
export function createMemberRoutes(deps: AccountDeps) {
  const end = createEndMember(deps)
  const comeBack = createReturnMember(deps)
  return createFeature()
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/members/{staffId}/end-of-work',
        request: { params, body: jsonBody(endWork) },
        responses: { 200: jsonContent(workEnded) },
      }),
      async (context) => {
        const request = { principal: principalOf(context), intent: await intentOf(context) }
        const { staffId } = context.req.valid('param')
        return context.json(await end(request, staffId, context.req.valid('json')), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/members/{staffId}/return',
        request: { params },
        responses: { 200: jsonContent(z.null()) },
      }),
      async (context) => {
        const request = { principal: principalOf(context), intent: await intentOf(context) }
        return context.json(await comeBack(request, context.req.valid('param').staffId), 200)
      },
    )
}
