import { z } from '@hono/zod-openapi'
import { id } from '#shared/contract/primitives'
import { caseReceipt } from '#shared/contract/receipt'
import { RECEIPT_PAPERS, type ReceiptPaper } from '#shared/domain/case/paper/receipt-paper'
import { authorizedRoute, createFeature, jsonContent, requireTokenHash } from '../../platform/http/route'
import type { CaseDeps } from './deps'
import { mine, OF_A_FILE, PDF } from './route-parts'
import { createReadSlip, type SlipKind } from './views/slip'

const params = z.strictObject({ id })

const sheet = (bytes: Uint8Array) =>
  [new Uint8Array(bytes), 200, { ...OF_A_FILE, 'Content-Type': PDF }] as const

/** What whoever came takes home, and what was filed: read on a page, or printed as wide as the counter's paper. */
export function createReceiptRoutes(deps: CaseDeps) {
  const { read, print } = createReadSlip(deps)
  const printed = async (tokenHash: string, caseId: string, kind: SlipKind, paper: ReceiptPaper) =>
    sheet(await print(tokenHash, caseId, kind, paper))
  return createFeature()
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/receipt',
        request: { params },
        responses: { 200: jsonContent(caseReceipt) },
      }),
      async (context) =>
        context.json(await read(requireTokenHash(context), context.req.valid('param').id, 'receipt'), 200),
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/receipt/{paper}',
        request: { params: params.extend({ paper: z.enum(RECEIPT_PAPERS) }) },
        responses: { 200: { description: 'the receipt on that paper', content: { [PDF]: {} } } },
      }),
      async (context) => {
        const { id: caseId, paper } = context.req.valid('param')
        return context.newResponse(...(await printed(requireTokenHash(context), caseId, 'receipt', paper)))
      },
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/application-form',
        request: { params },
        responses: { 200: jsonContent(caseReceipt) },
      }),
      async (context) =>
        context.json(
          await read(requireTokenHash(context), context.req.valid('param').id, 'application'),
          200,
        ),
    )
    .openapi(
      authorizedRoute(deps, mine, {
        method: 'get',
        path: '/api/cases/{id}/application-form/a4',
        request: { params },
        responses: { 200: { description: 'the application on a sheet', content: { [PDF]: {} } } },
      }),
      async (context) => {
        const caseId = context.req.valid('param').id
        return context.newResponse(...(await printed(requireTokenHash(context), caseId, 'application', 'a4')))
      },
    )
}
