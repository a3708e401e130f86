import { z } from 'zod'
import type { JsonSchema } from '#shared/domain/application/answers-schema'
import { SOURCE } from '#shared/domain/case/source'
import { CASE_CHANNELS } from '#shared/domain/case/state'
import { RELATION_KINDS } from '#shared/domain/case/whose/barred'
import { ENTRY_CONSENTS } from '#shared/domain/organization/entering'
import type { AcceptCondition, Field, Material } from '#shared/domain/service-item/item'
import { ticked } from './account'
import { deliveryChoices, deliveryWish } from './delivery'
import {
  booked,
  commitment,
  day,
  dueBecause,
  flag,
  id,
  integer,
  namedApplicant,
  text,
  textOrNull,
  whomToAsk,
  written,
} from './primitives'
import { filedBefore, openWindow } from './service-item'

/** The form of an item for the person who asks: fields as the rules know them, what is known already, the papers. */
export const applicationForm = z
  .strictObject({
    serviceItemId: text,
    itemVersion: integer,
    plainName: text,
    name: text,
    today: day,
    fields: z.custom<readonly Field[]>().meta({ type: 'array', items: { type: 'object' } }),
    materials: z.custom<readonly Material[]>().meta({ type: 'array', items: { type: 'object' } }),
    /** Values known with their source; only to the confirmed owner. Of the first row of a table by its path, `holders/0/hn`. */
    prefills: z.array(z.strictObject({ key: text, value: z.unknown(), masked: flag, source: text })),
    /** JSON Schema 2020-12 of the answers, for whoever fills in the form without our pages. */
    answersSchema: z.custom<JsonSchema>().meta({ type: 'object' }),
    /** Codes of credentials that are valid and on file; empty unless confirmed. */
    onFileCredentialCodes: z.array(text),
    /** Choices of village, region, scope and policy fields. */
    choices: z.strictObject({
      towns: z.array(
        z.strictObject({
          id: text,
          name: text,
          villages: z.array(z.strictObject({ id: text, name: text })),
        }),
      ),
      regions: z.array(z.strictObject({ code: text, name: text })),
      scopes: z.array(z.strictObject({ code: text, name: text, needsItem: textOrNull })),
      policies: z.array(z.strictObject({ code: text, name: text, benefit: text })),
    }),
    /** Working days among the next, for slots: those that can be booked and what is left of each half. */
    slots: z.array(z.strictObject({ key: text, on: day, half: text, left: integer })),
    realNameLevel: integer,
    /** How the papers may be wanted, of one's own application; missing in what an older server has answered. */
    deliveryChoices: deliveryChoices.optional(),
    /** Where it asks for no number: the reader by their own name, who is the applicant by filing it; null where none is named. */
    filerName: textOrNull,
    /** As of the guide. */
    filed: z.array(filedBefore),
    /** As of the guide. */
    hasMoreFiled: flag,
    /** As of the guide. */
    toldApartBy: z.array(text).nullable(),
    /** What whoever names a child agrees to first, as far as the reader has not; missing in what an older server has answered. */
    guardianConsents: ticked.optional(),
    /** Null for an item that is open all the year. */
    openWindow: openWindow.nullable(),
    /** What whoever applies must fulfil; the page judges by the number that is typed. */
    acceptConditions: z
      .custom<readonly AcceptCondition[]>()
      .meta({ type: 'array', items: { type: 'object' } }),
    /** Of the organ that decides, else the county's hotline. */
    phone: text,
    ask: whomToAsk,
  })
  .meta({ id: 'ApplicationForm' })
export type ApplicationForm = z.infer<typeof applicationForm>

export const createUpload = z
  .strictObject({
    name: written.trim().min(1).max(200),
    contentType: written.min(3).max(100),
    size: z.int().min(1),
  })
  .meta({ id: 'CreateUpload' })
export const uploadCreated = z
  .strictObject({ id: id, url: text, fields: z.record(text, text) })
  .meta({ id: 'UploadCreated' })
export type UploadCreated = z.infer<typeof uploadCreated>

export const entryConsent = z.strictObject({ how: z.enum(ENTRY_CONSENTS) })

export const createCase = z
  .strictObject({
    serviceItemId: written.min(1).max(30),
    /** Checked by the item's own rules, which `answersSchema` of its form tells: 422 with pointers. */
    answers: z.unknown().nonoptional().meta({ type: 'object' }),
    /** `{name, files}` of each paper that is brought; files are ids of uploads. */
    materials: z
      .unknown()
      .nonoptional()
      .meta({ type: 'array', items: { type: 'object' } }),
    /** True when somebody applies for another. */
    agent: z.boolean().optional(),
    /** Where it is entered; a resident's session: `mini`, as without it. */
    channel: z.enum(CASE_CHANNELS).optional(),
    /** The scene of the code or link that led here. */
    src: z.string().regex(SOURCE).optional(),
    /** Somebody helped (帮办). */
    assisted: z.boolean().optional(),
    /** Demanded at a village or a window: whoever came agreed to its being typed. */
    consent: entryConsent.optional(),
    /** 我保证 is ticked for these answers and papers. */
    commitment,
    /** Who applies: where staff type it, and the form asks for no number. */
    applicant: namedApplicant.optional(),
    /** How the papers are wanted; the guide's way where it is not said. */
    delivery: deliveryWish.optional(),
    /** The case whose certificate it asks to renew. */
    renews: id.optional(),
    /** Relatives among the staff, three at most, with what each is to the applicant: they will decide nothing of it. */
    relation: z
      .array(z.strictObject({ staffId: written.min(1).max(60), kind: z.enum(RELATION_KINDS) }))
      .max(10)
      .optional(),
  })
  .meta({ id: 'CreateCase' })
export type CreateCase = z.infer<typeof createCase>
export const caseCreated = z
  .strictObject({
    id: id,
    caseNumber: text,
    dueOn: day.nullable(),
    dueBecause: dueBecause.nullable(),
    /** As of the case. */
    apart: textOrNull,
    /** As of the case. */
    booked: booked.nullable(),
    /** Nothing can be granted before somebody has seen who applies, or whose power it is. */
    identityAwaited: flag,
    version: integer,
  })
  .meta({ id: 'CaseCreated' })
export type CaseCreated = z.infer<typeof caseCreated>
