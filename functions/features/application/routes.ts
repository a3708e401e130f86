import { z } from '@hono/zod-openapi'
import { applicationForm, createUpload, uploadCreated } from '#shared/contract/application'
import { serviceItemId } from '#shared/contract/primitives'
import { intentOf, REPLAYED } from '../../platform/http/idempotency'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  requireTokenHash,
} from '../../platform/http/route'
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
        { authorize: { kind: 'signed-in', scope: 'self' }, principal: 'carried' },
        {
          method: 'post',
          path: '/api/uploads',
          request: { body: jsonBody(createUpload) },
          responses: { 201: jsonContent(uploadCreated) },
        },
      ),
      async (context) => {
        const tokenHash = requireTokenHash(context)
        const intent = await intentOf(context)
        const { created, replayed } = await promiseUpload(tokenHash, intent, context.req.valid('json'))
        return context.json(created, 201, replayed ? REPLAYED : {})
      },
    )
}
