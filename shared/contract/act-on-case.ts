import { z } from 'zod'
import { TERMINATION_CAUSES } from '#shared/domain/case/events'
import { APPROVAL_KINDS } from '#shared/domain/case/step/approval-state'
import { SPECIAL_PROCEDURES } from '#shared/domain/case/step/special-procedures'
import { hasUnseen } from '#shared/domain/kernel/written'
import { DELIVERY_METHODS } from '#shared/domain/service-item/delivery-methods'

import { day, id, namedApplicant, reason, written } from './primitives'
import { visitWritten } from './site-visit'

const place = { version: z.int().min(1), stepKey: written.max(50), unitId: written.max(50) }
/** `reason`: needed by some cases, where the law asks for it. */
const free = { ...place, reason: reason.optional() }
const reasoned = { ...place, reason }

const act = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject(shape) as unknown as z.ZodObject<Shape>

/** One line, and no longer than a place is. */
const noticeWords = written
  .refine((words) => !hasUnseen(words))
  .trim()
  .min(1)
  .max(200)
const keysOf = <Key extends string>(words: Readonly<Record<Key, unknown>>) => Object.keys(words) as [Key]
const correctionItem = z.strictObject({ kind: z.enum(['material', 'field']), name: written.max(100), reason })

/** In 分, below a hundred million 元. */
const amount = z.int().min(1).max(9_999_999_999)

const ACTS = [
  act({
    action: z.enum([
      'verify',
      'accept',
      'draft-nothing',
      'pass',
      'convene',
      'resume',
      'close-notice',
      'conclude',
    ]),
    ...free,
  }),
  /** `amount`: what is paid, in 分, each month or once as the guide says; needed where no row of the guide says it (`amountAsked`). */
  act({ action: z.literal('grant'), ...free, amount: amount.optional() }),
  act({
    action: z.enum(['decline', 'fail', 'extend', 'refuse']),
    ...reasoned,
  }),
  /** `tells`: by its key an answer that was freely typed, in the words in which the notice prints it; as it is masked when absent. */
  act({
    action: z.literal('publish-notice'),
    ...free,
    tells: z.record(written.max(50), noticeWords).optional(),
  }),
  /**
   * `raisedOn`: the day on which it was said, or the letter came; today when absent. `objectionId`: one that was typed on the public
   * page, which is settled with it: its own words are the reason, and none is asked.
   */
  act({
    action: z.literal('record-objection'),
    ...free,
    raisedOn: day.optional(),
    objectionId: id.optional(),
  }),
  act({
    action: z.literal('draft-correction'),
    ...free,
    items: z.array(correctionItem).min(1).max(50),
  }),
  /** `toUnitId`: the department whose draft is given back. */
  act({ action: z.literal('return-draft'), ...reasoned, toUnitId: written.max(50) }),
  act({
    action: z.literal('request-correction'),
    ...reasoned,
    items: z.array(correctionItem).min(1).max(50),
  }),
  /** `toStepKey`: the step before when absent. */
  act({ action: z.literal('return'), ...reasoned, toStepKey: written.max(50).optional() }),
  act({ action: z.literal('transfer'), ...reasoned, toUnitId: written.max(50) }),
  act({ action: z.literal('assign'), ...free, staffId: written.max(60) }),
  act({
    action: z.literal('record-visit'),
    ...free,
    officerIds: z.array(written.max(60)).max(10),
    ...visitWritten,
  }),
  /** `record`: the digest of the record that was read. */
  act({ action: z.literal('sign-visit'), ...place, record: written.max(100) }),
  act({ action: z.literal('require-rectification'), ...reasoned, recheckOn: day }),
  act({
    action: z.literal('suspend'),
    ...reasoned,
    basis: z.enum(keysOf(SPECIAL_PROCEDURES)),
    expectedDays: z.int().min(1).max(365),
  }),
  /** `newDueOn`: a working day to come, not after the law's last one while that is ahead. */
  act({ action: z.literal('promise-anew'), ...reasoned, newDueOn: day }),
  act({ action: z.literal('pay'), ...free, paidOn: day }),
  act({ action: z.literal('deliver'), ...free, method: z.enum(keysOf(DELIVERY_METHODS)) }),
  /**
   * `method`, one of the guide's: when absent into the hand of who is at the counter, else to the phone it was filed on. Where
   * the guide has no such way nothing is delivered yet: it ends with `concluded`, and `deliver` stays open for the day they come.
   */
  act({
    action: z.literal('settle'),
    ...free,
    method: z.enum(keysOf(DELIVERY_METHODS)).optional(),
    amount: amount.optional(),
  }),
  /** `for`: the only one possible when absent. */
  act({
    action: z.enum(['request-approval', 'reject-approval']),
    ...reasoned,
    for: z.enum(APPROVAL_KINDS).optional(),
  }),
  /** A case is ended for a cause that the law knows, never for a reason in free words. */
  act({ action: z.literal('terminate'), ...place, reason: z.enum(TERMINATION_CAUSES) }),
] as const

/** All that any act names: an act ignores what only others ask for, as forms send one body for all of them. */
const NAMES: ReadonlySet<string> = new Set(ACTS.flatMap(({ shape }) => Object.keys(shape)))

/** One act of staff at one step: what each action always needs, beside what only some cases ask for. */
export const actOnCase = z
  .discriminatedUnion('action', ACTS)
  .superRefine((body, context) => {
    const keys = Object.keys(body).filter((key) => !NAMES.has(key))
    if (keys.length > 0) context.addIssue({ code: 'unrecognized_keys', keys, input: body })
  })
  .meta({ id: 'ActOnCase' })
export type ActOnCase = z.infer<typeof actOnCase>

export const confirmIdentity = z
  .strictObject({
    version: z.int().min(1),
    reason,
    /** Of a firm the name that the desk read as the register's, null where it read of none; unchecked when absent. */
    otherFirmName: written.max(200).nullable().optional(),
    /** Needed while nobody has written who applies (`applicantUnnamed`), else refused. */
    applicant: namedApplicant.optional(),
  })
  .meta({ id: 'ConfirmIdentity' })
export type ConfirmIdentity = z.infer<typeof confirmIdentity>
