import { z } from 'zod'
import { DELIVERY_METHODS, SPECIAL_PROCEDURES, TERMINATION_CAUSES } from '#shared/domain/case/events'
import { APPROVAL_KINDS } from '#shared/domain/case/state'
import { day, reason, written } from './primitives'

const place = { version: z.int().min(1), stepKey: written.max(50), unitId: written.max(50) }
/** `reason`: needed by some cases, where the law asks for it. */
const free = { ...place, reason: reason.optional() }
const reasoned = { ...place, reason }

const keysOf = <Key extends string>(words: Readonly<Record<Key, unknown>>) => Object.keys(words) as [Key]
const correctionItem = z.strictObject({ kind: z.enum(['material', 'field']), name: written.max(100), reason })

/** One act of staff at one step: what each action always needs, beside what only some cases ask for. */
export const actOnCase = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.enum([
        'verify',
        'accept',
        'pass',
        'convene',
        'resume',
        'publish-notice',
        'close-notice',
        'grant',
        'conclude',
      ]),
      ...free,
    }),
    z.strictObject({
      action: z.enum(['decline', 'fail', 'extend', 'record-objection', 'refuse']),
      ...reasoned,
    }),
    z.strictObject({
      action: z.literal('request-correction'),
      ...reasoned,
      items: z.array(correctionItem).min(1).max(50),
    }),
    /** `toStepKey`: the step before when absent. */
    z.strictObject({ action: z.literal('return'), ...reasoned, toStepKey: written.max(50).optional() }),
    z.strictObject({ action: z.literal('transfer'), ...reasoned, toUnitId: written.max(50) }),
    z.strictObject({ action: z.literal('assign'), ...free, staffId: written.max(60) }),
    z.strictObject({
      action: z.literal('record-visit'),
      ...free,
      officerIds: z.array(written.max(60)).max(10),
    }),
    z.strictObject({ action: z.literal('require-rectification'), ...reasoned, recheckOn: day }),
    z.strictObject({
      action: z.literal('suspend'),
      ...reasoned,
      basis: z.enum(keysOf(SPECIAL_PROCEDURES)),
      expectedDays: z.int().min(1).max(365),
    }),
    z.strictObject({ action: z.literal('pay'), ...free, paidOn: day }),
    z.strictObject({ action: z.literal('deliver'), ...free, method: z.enum(keysOf(DELIVERY_METHODS)) }),
    /** `for`: the only one possible when absent. */
    z.strictObject({
      action: z.enum(['request-approval', 'reject-approval']),
      ...reasoned,
      for: z.enum(APPROVAL_KINDS).optional(),
    }),
    /** A case is ended for a cause that the law knows, never for a reason in free words. */
    z.strictObject({ action: z.literal('terminate'), ...place, reason: z.enum(TERMINATION_CAUSES) }),
  ])
  .meta({ id: 'ActOnCase' })
export type ActOnCase = z.infer<typeof actOnCase>
