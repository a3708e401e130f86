import { z } from 'zod'
import { isIdNumber } from '#shared/domain/kernel/digits'
import { caseChanged } from './case'
import {
  day,
  id,
  integer,
  light,
  moment,
  outcome,
  placeCursor,
  reason,
  text,
  textOrNull,
  written,
} from './primitives'

/** Of a case that was looked for: on their desk, waits there, they acted on it, it went through their post, handed on. */
const RELATIONS = ['to-do', 'waiting', 'acted', 'post', 'handed-on'] as const
const TABS = ['to-do', 'waits-for-applicant', 'paused', 'unstaffed'] as const
/** `done`: what who asks has acted on, the newest act first; its cursor is an act. */
export const queueQuery = z
  .strictObject({
    tab: z.enum([...TABS, 'done']).default('to-do'),
    cursor: z.union([id, placeCursor]).optional(),
  })
  .refine(({ tab, cursor }) => cursor === undefined || (tab === 'done') === id.safeParse(cursor).success, {
    path: ['cursor'],
  })
/** Names stand in the body, never in an address. `all`: whatever who asks may see, with work of theirs or without. */
export const caseSearch = z
  .strictObject({
    q: written.max(40),
    tab: z.enum(['all', ...TABS]).default('all'),
    cursor: id.optional(),
  })
  .meta({ id: 'CaseSearch' })
export const queue = z
  .strictObject({
    /** Of what was looked for, when something was; counted to a thousand, which stands for more than 999. */
    counts: z.strictObject({
      'to-do': integer,
      'waits-for-applicant': integer,
      paused: integer,
      unstaffed: integer,
    }),
    /** Whose queue it is: 赵敏, 梅渚镇 · 窗口. */
    holder: z.strictObject({ name: text, place: text }),
    items: z.array(
      z.strictObject({
        caseId: id,
        caseNumber: text,
        plainName: text,
        stepKey: text,
        stepName: text,
        applicantMasked: text,
        villageName: textOrNull,
        /** Null where nothing is left to do, and of what was handed on. */
        light: light.nullable(),
        dueOn: day.nullable(),
        /** Of the whole case; null of what was handed on. */
        outcome: outcome.nullable(),
        /** What runs out and what follows: 今天不办视为受理. */
        note: text,
        firstAction: textOrNull,
        unitName: text,
        /** Whose share of several the row leads to, where the reader may work for more than one; missing elsewhere. */
        department: z.strictObject({ unitId: text, name: text }).optional(),
        /** What whoever looks for it has to do with it; null in a queue, and where nothing of these is so. */
        relation: z.enum(RELATIONS).nullable(),
      }),
    ),
    nextCursor: textOrNull,
  })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof queue>

/** The whole number of a case, as it stands on its papers. */
export const caseNumberSought = z
  .strictObject({ caseNumber: z.string().regex(/^\d{16,18}$/) })
  .meta({ id: 'CaseNumberSought' })
export const caseFound = z.strictObject({ id }).meta({ id: 'CaseFound' })
export type CaseFound = z.infer<typeof caseFound>

/** Why a supervisor looks at a case. */
export const lookAtCase = z.strictObject({ reason }).meta({ id: 'LookAtCase' })
/** `until`: the end of the day in Shanghai. */
export const caseLook = z.strictObject({ until: moment }).meta({ id: 'CaseLook' })
export type CaseLook = z.infer<typeof caseLook>

/** The number of the card that somebody shows; an X may be small. */
export const identityCheck = z
  .strictObject({ idNumber: z.string().refine((typed) => isIdNumber(typed.trim().toUpperCase())) })
  .meta({ id: 'IdentityCheck' })
/** What is under way for whoever shows it, in the place of who asks, and waits for the identity. */
const narrowView = { id, plainName: text, applicantMasked: text, version: integer }
export const identityChecks = z
  .strictObject({ cases: z.array(z.strictObject(narrowView)) })
  .meta({ id: 'IdentityChecks' })
export type IdentityChecks = z.infer<typeof identityChecks>

/** To who saw the case through the narrow view alone. */
const narrowChange = z.strictObject(narrowView).meta({ id: 'NarrowChange' })
export type NarrowChange = z.infer<typeof narrowChange>
export const identityConfirmed = z.union([caseChanged, narrowChange]).meta({ id: 'IdentityConfirmed' })
export type IdentityConfirmed = z.infer<typeof identityConfirmed>
