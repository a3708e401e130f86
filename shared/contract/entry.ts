import { z } from 'zod'
import { ENTRY_CONSENTS } from '#shared/domain/organization/entering'
import { createCase } from './application'
import { reason } from './primitives'

/**
 * What staff type for whoever came: as `CreateCase`, where it is typed being told by the post of who types. Only whom it is
 * for, or a child's guardian, agrees to it, so nobody else comes with a power here.
 */
export const enterApplication = createCase
  .omit({ agent: true, channel: true, src: true, assisted: true })
  .extend({
    consent: z.strictObject({ how: z.enum(ENTRY_CONSENTS) }),
    /** Why they had to come, in their words. */
    visitReason: reason.optional(),
  })
  .meta({ id: 'EnterApplication' })
