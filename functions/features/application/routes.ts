import { z } from '@hono/zod-openapi'
import { applicationForm, createUpload, uploadCreated } from '#shared/contract/application'
import { serviceItemId } from '#shared/contract/primitives'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import { authorizedRoute, createFeature, jsonBody, jsonContent, principalOf } from '../../platform/http/route'
import { createReadForm, type FormDeps } from './form'
import { createCreateUpload } from './uploads'

export function createApplicationRoutes(deps: FormDeps) {
  const readForm = createReadForm(deps)
  const promiseUpload = createCreateUpload(deps)
  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'signed-in', scope: 'self' }, principal: 'carried' },
        {
          method: 'get',
          path: '/api/service-items/{id}/form',
          request: { params: z.strictObject({ id: serviceItemId }) },
          responses: { 200: jsonContent(applicationForm) },
        },
      ),
      async (context) =>
        context.json(await readForm(context.req.header('Authorization'), context.req.valid('param').id), 200),
    )
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'signed-in', scope: 'self' } },
        {
          method: 'post',
          path: '/api/uploads',
          request: { body: jsonBody(createUpload) },
          responses: { 201: jsonContent(uploadCreated) },
        },
      ),
      async (context) => {
        const intent = await intentOf(context)
        const promised = await promiseUpload(principalOf(context), intent, context.req.valid('json'))
        if (promised.kind === 'replayed') return replayOf(context, intent, promised.prior)
        return context.json(uploadCreated.parse(promised.answer), 201)
      },
    )
}
