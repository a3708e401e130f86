import { z } from '@hono/zod-openapi'
import { id } from '#shared/contract/primitives'
import { rateCase, rated } from '#shared/contract/rating'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import { authorizedRoute, createFeature, jsonBody, jsonContent, principalOf } from '../../platform/http/route'
import { createRateCase, type RatingDeps } from './rate-case'

export function createRatingRoutes(deps: RatingDeps) {
  const rate = createRateCase(deps)
  return createFeature().openapi(
    authorizedRoute(
      deps,
      { authorize: { kind: 'signed-in', scope: 'own-cases-and-held-tasks' } },
      {
        method: 'post',
        path: '/api/cases/{id}/rating',
        request: { params: z.strictObject({ id }), body: jsonBody(rateCase) },
        responses: { 201: jsonContent(rated) },
      },
    ),
    async (context) => {
      const intent = await intentOf(context)
      const { id } = context.req.valid('param')
      const committed = await rate(principalOf(context), intent, id, context.req.valid('json'))
      if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
      return context.json(rated.parse(committed.answer), 201)
    },
  )
}
