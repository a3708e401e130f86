import {
  accountClosed,
  accountClosing,
  closeAccount as closeAccountSchema,
} from '#shared/contract/account-closing'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  principalOf,
  requireTokenHash,
} from '../../../platform/http/route'
import { closeAccount } from './close-account'
import type { ClosingDeps } from './deps'
import { readClosing } from './holdings'

const self = { authorize: { kind: 'signed-in', scope: 'self' } } as const

/** What is said before, and the closing itself. */
export const createClosingRoutes = (deps: ClosingDeps) =>
  createFeature()
    .openapi(
      authorizedRoute(deps, self, {
        method: 'get',
        path: '/api/account/closing',
        responses: { 200: jsonContent(accountClosing) },
      }),
      async (context) => {
        const cases = await deps.casesOnLeaving(requireTokenHash(context))
        return context.json(await readClosing(deps, principalOf(context), cases), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, self, {
        method: 'post',
        path: '/api/account/closing',
        request: { body: jsonBody(closeAccountSchema) },
        responses: { 200: jsonContent(accountClosed) },
      }),
      async (context) => {
        const leaving = {
          principal: principalOf(context),
          tokenHash: requireTokenHash(context),
        }
        return context.json(await closeAccount(deps, leaving, context.req.valid('json').reason), 200)
      },
    )
