import { z } from '@hono/zod-openapi'
import { certificateFacts } from '#shared/contract/certificate'
import { type NetworkDeps, networkKeyOf } from '../../platform/http/client-address'
import { authorizedRoute, createFeature, jsonContent } from '../../platform/http/route'
import type { CaseDeps } from './deps'
import { createCheckCertificate } from './views/check-certificate'

type CertificateDeps = NetworkDeps & Pick<CaseDeps, 'database' | 'cipher' | 'clock' | 'brake' | 'reference'>

/** A hall shares one address; nobody comes upon a code by trying. */
const CHECKED_A_MINUTE = 60

/** Whether a certificate is true, for anybody who has it before them. */
export function createCertificateRoutes(deps: CertificateDeps) {
  const checkCertificate = createCheckCertificate(deps)
  return createFeature().openapi(
    authorizedRoute(
      deps,
      { authorize: { kind: 'public' } },
      {
        method: 'get',
        path: '/api/certificates/{code}',
        request: { params: z.strictObject({ code: z.string() }) },
        responses: { 200: jsonContent(certificateFacts) },
      },
    ),
    async (context) => {
      await deps.brake.limit('certificate-checks', networkKeyOf(deps, context), CHECKED_A_MINUTE, 60)
      return context.json(await checkCertificate(context.req.valid('param').code), 200)
    },
  )
}
