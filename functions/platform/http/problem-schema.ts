import { z } from '@hono/zod-openapi'
import { PROBLEMS, type ProblemCode } from '#shared/contract/problems'

/** RFC 9457, as the document of the API shows it; the registry says which code has which status and title. */
export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() }))
      .optional(),
    retryAfterSeconds: z.number().optional(),
    allowedActions: z.array(z.unknown()).optional(),
    caseId: z.string().optional(),
    consents: z.array(z.strictObject({ purpose: z.string(), version: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
