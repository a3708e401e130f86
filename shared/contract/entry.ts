import type { z } from 'zod'
import { createCase, entryConsent } from './application'
import { reason } from './primitives'

/**
 * What staff type for whoever came: as `CreateCase`, where it is typed being told by the post of who types. Whoever came
 * agrees to it: whom it is for, a child's guardian, or who has a power.
 */
export const enterApplication = createCase
  .omit({ channel: true, src: true, assisted: true })
  .extend({
    consent: entryConsent,
    /** Why they had to come, in their words. */
    visitReason: reason.optional(),
  })
  .meta({ id: 'EnterApplication' })
export type EnterApplication = z.infer<typeof enterApplication>
