import { type CaseCreated, caseCreated } from '#shared/contract/application'
import { enterApplication } from '#shared/contract/entry'
import { ENTERS_AT, entersAt } from '#shared/domain/organization/entering'
import { intentOf } from '../../platform/http/idempotency'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  principalOf,
  requireTokenHash,
} from '../../platform/http/route'
import { writtenJson } from '../../platform/http/written-json'
import type { CaseDeps } from './deps'
import { createFileApplication } from './filing/file-application'

const whoTypes = {
  authorize: { kind: 'staff', roles: [...ENTERS_AT.village, ...ENTERS_AT.window], scope: 'unit' },
} as const

/** An application that staff of a village or a window type for whoever came, and agreed to it. */
export function createEntryRoutes(deps: CaseDeps) {
  const fileApplication = createFileApplication(deps)
  return createFeature().openapi(
    authorizedRoute(deps, whoTypes, {
      method: 'post',
      path: '/api/work/applications',
      request: { body: jsonBody(enterApplication) },
      responses: { 201: jsonContent(caseCreated) },
    }),
    async (context) => {
      const { consent, relation, ...typed } = context.req.valid('json')
      const application = {
        ...typed,
        relation: relation ?? [],
        agent: false,
        channel: entersAt(principalOf(context).pools.map(({ role }) => role)),
        src: null,
        assisted: true,
        consent: consent.how,
      }
      const { body } = await fileApplication({
        tokenHash: requireTokenHash(context),
        intent: await intentOf(context),
        application,
      })
      return writtenJson<CaseCreated, 201>(context, 201, body)
    },
  )
}
