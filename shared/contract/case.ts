import { z } from 'zod'
import { DELIVERY_METHODS, SPECIAL_PROCEDURES } from '#shared/domain/case/events'
import { CASE_STATUSES } from '#shared/domain/case/state'
import { type Field, STEP_ACTIONS } from '#shared/domain/service-item/item'
import { day, dueBecause, dueExplanation, id, light, moment } from './primitives'

const status = z.enum(CASE_STATUSES)
const action = z.enum(STEP_ACTIONS)

const caseSummary = z
  .strictObject({
    id,
    caseNumber: z.string(),
    serviceItemId: z.string(),
    plainName: z.string(),
    status,
    statusText: z.string(),
    applicantMasked: z.string(),
    /** Filed by somebody else for me. */
    filedByOther: z.boolean(),
    filedAt: moment,
    /** With its reason and light: of the answer while a correction is asked for, else of the case. */
    dueOn: day.nullable(),
    dueBecause: dueBecause.nullable(),
    light,
    /** `correction`, `rating` or nothing waits for the person. */
    waitsForMe: z.enum(['correction', 'rating', 'none']),
    rated: z.boolean(),
  })
  .meta({ id: 'CaseSummary' })
export type CaseSummary = z.infer<typeof caseSummary>
export const caseList = z
  .strictObject({ items: z.array(caseSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'CaseList' })
export type CaseList = z.infer<typeof caseList>

/** An act of staff that the table allows now; the page draws a button for each. */
const allowedAction = z
  .strictObject({
    action,
    label: z.string(),
    stepKey: z.string(),
    stepName: z.string(),
    unitId: z.string(),
    unitName: z.string(),
    reasonRequired: z.boolean(),
  })
  .meta({ id: 'AllowedAction' })
export type AllowedAction = z.infer<typeof allowedAction>

const timelineEntry = z.strictObject({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  /** Organ, and the person where staff acted. */
  who: z.string(),
  at: moment,
  note: z.string().nullable(),
})

const correctionView = z.strictObject({
  askedOn: day,
  byUnit: z.string(),
  dueOn: day.nullable(),
  dueBecause: dueBecause.nullable(),
  light,
  /** What happens when nothing comes. */
  consequence: z.string(),
  reason: z.string(),
  items: z.array(
    z.strictObject({
      kind: z.enum(['material', 'field']),
      name: z.string(),
      label: z.string(),
      reason: z.string(),
    }),
  ),
  /** The fields that may be changed, as the form draws them, with what was answered. */
  fields: z.custom<readonly Field[]>().meta({ type: 'array', items: { type: 'object' } }),
  answers: z.record(z.string(), z.unknown()),
  documentNumber: z.string().nullable(),
})

const documentView = z.strictObject({
  id,
  kind: z.string(),
  title: z.string(),
  documentNumber: z.string(),
  organName: z.string(),
  issuedOn: day,
})

const decisionView = z.strictObject({
  kind: z.enum(['granted', 'refused']),
  decidedOn: day,
  organName: z.string(),
  /** The organ's paper: title, number. */
  documentTitle: z.string(),
  documentNumber: z.string().nullable(),
  reason: z.string().nullable(),
  /** 行政复议、行政诉讼, composed from data; null for a grant. */
  remedy: z.string().nullable(),
  howToGet: z.string(),
  validText: z.string().nullable(),
  deliveredBy: z.string().nullable(),
})

const paperView = z
  .strictObject({
    name: z.string(),
    state: z.enum(['generated', 'exempt', 'provided', 'not-given']),
    source: z.string(),
    files: z.array(
      z.strictObject({ id: z.string(), name: z.string(), contentType: z.string(), url: z.string() }),
    ),
  })
  .meta({ id: 'PaperView' })

export const caseView = z
  .strictObject({
    id,
    caseNumber: z.string(),
    serviceItemId: z.string(),
    itemName: z.string(),
    plainName: z.string(),
    status,
    statusText: z.string(),
    version: z.int(),
    viewer: z.enum(['applicant', 'staff']),
    applicantMasked: z.string(),
    /** For the applicant: filed by somebody else; for staff: filed for another. */
    filedByOther: z.boolean(),
    villageName: z.string().nullable(),
    filedAt: moment,
    dueOn: day.nullable(),
    dueBecause: dueBecause.nullable(),
    light,
    /** Clock that the shown date comes from, day by day. */
    explanation: dueExplanation.nullable(),
    identityConfirmed: z.boolean(),
    /** In words: 梅渚镇正在审核, 村里在核实 … */
    nowText: z.string(),
    next: z.strictObject({ title: z.string(), who: z.string(), dueOn: day.nullable() }).nullable(),
    timeline: z.array(timelineEntry),
    answers: z.array(
      z.strictObject({ key: z.string(), label: z.string(), text: z.string(), sensitive: z.boolean() }),
    ),
    papers: z.array(paperView),
    correction: correctionView.nullable(),
    documents: z.array(documentView),
    decision: decisionView.nullable(),
    rating: z.strictObject({ level: z.int(), text: z.string() }).nullable(),
    phone: z.string().nullable(),
    mayWithdraw: z.boolean(),
    mayRate: z.boolean(),
    /** Only for staff. */
    staff: z
      .strictObject({
        allowed: z.array(allowedAction),
        mayConfirmIdentity: z.boolean(),
        clocks: z.array(
          z.strictObject({
            kind: z.enum(['acceptance', 'promised', 'statutory', 'step', 'correction']),
            label: z.string(),
            dueOn: day.nullable(),
            dueBecause: dueBecause.nullable(),
            light,
            explanation: dueExplanation.nullable(),
          }),
        ),
        steps: z.array(
          z.strictObject({
            key: z.string(),
            name: z.string(),
            kind: z.string(),
            status: z.enum(['waiting', 'open', 'done', 'skipped']),
            /** Working days. */
            limitDays: z.int(),
            doneOn: day.nullable(),
            parts: z.array(
              z.strictObject({
                unitName: z.string(),
                status: z.string(),
                outcome: z.string().nullable(),
                assigneeName: z.string().nullable(),
              }),
            ),
          }),
        ),
        /** Earlier or pending cases of the same person and item; staff only. */
        duplicates: z.array(z.strictObject({ id, caseNumber: z.string(), statusText: z.string() })),
        returnTargets: z.array(z.strictObject({ stepKey: z.string(), name: z.string() })),
        transferTargets: z.array(z.strictObject({ unitId: z.string(), name: z.string() })),
        colleagues: z.array(z.strictObject({ staffId: z.string(), name: z.string() })),
        /** The papers of the decisions that are allowed now, but for the number. */
        decisionDrafts: z.array(
          z.strictObject({
            action: z.enum(['grant', 'refuse']),
            stepKey: z.string(),
            title: z.string(),
            /** `梅许〔2026〕`; the number is drawn when it is signed. */
            numberPrefix: z.string(),
            organName: z.string(),
            /** Null on a grant. */
            remedy: z.string().nullable(),
            issuedOn: day,
            /** What the applicant gets with a grant; null on a refusal. */
            result: z.string().nullable(),
          }),
        ),
        /** The last day to answer a correction notice that would go out today. */
        correctionDue: z.strictObject({ dueOn: day.nullable(), dueBecause: dueBecause.nullable() }),
        extensionDays: z.int().nullable(),
        correctionChoices: z.array(
          z.strictObject({ kind: z.enum(['material', 'field']), name: z.string(), label: z.string() }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'Case' })
export type CaseView = z.infer<typeof caseView>

const reason = z.string().trim().min(2).max(500)
const correctionItem = z.strictObject({
  kind: z.enum(['material', 'field']),
  name: z.string().max(100),
  reason,
})

/** One act of staff at one step. Which fields are needed depends on the action. */
export const actOnCase = z
  .strictObject({
    action,
    version: z.int().min(1),
    stepKey: z.string().max(50),
    unitId: z.string().max(50),
    reason: reason.optional(),
    items: z.array(correctionItem).min(1).max(50).optional(),
    toStepKey: z.string().max(50).optional(),
    toUnitId: z.string().max(50).optional(),
    staffId: z.string().max(60).optional(),
    officerIds: z.array(z.string().max(60)).max(10).optional(),
    recheckOn: day.optional(),
    basis: z.enum(Object.keys(SPECIAL_PROCEDURES) as [keyof typeof SPECIAL_PROCEDURES]).optional(),
    expectedDays: z.int().min(1).max(365).optional(),
    paidOn: day.optional(),
    method: z.enum(Object.keys(DELIVERY_METHODS) as [keyof typeof DELIVERY_METHODS]).optional(),
  })
  .meta({ id: 'ActOnCase' })
export type ActOnCase = z.infer<typeof actOnCase>

export const supplementCase = z
  .strictObject({ version: z.int().min(1), answers: z.unknown(), materials: z.unknown() })
  .meta({ id: 'SupplementCase' })
export const withdrawCase = z.strictObject({ version: z.int().min(1) }).meta({ id: 'WithdrawCase' })
export const confirmIdentity = z
  .strictObject({ version: z.int().min(1), reason })
  .meta({ id: 'ConfirmIdentity' })

export const caseChanged = z
  .strictObject({
    id,
    version: z.int(),
    status,
    statusText: z.string(),
    dueOn: day.nullable(),
    dueBecause: dueBecause.nullable(),
  })
  .meta({ id: 'CaseChanged' })
export type CaseChanged = z.infer<typeof caseChanged>

export const queueQuery = z.strictObject({
  tab: z.enum(['to-do', 'waits-for-applicant', 'paused', 'unstaffed']).default('to-do'),
  cursor: z.string().max(200).optional(),
})
export const queue = z
  .strictObject({
    counts: z.strictObject({
      'to-do': z.int(),
      'waits-for-applicant': z.int(),
      paused: z.int(),
      unstaffed: z.int(),
    }),
    /** Whose queue it is: 赵敏, 梅渚镇 · 窗口. */
    holder: z.strictObject({ name: z.string(), place: z.string() }),
    items: z.array(
      z.strictObject({
        caseId: id,
        caseNumber: z.string(),
        plainName: z.string(),
        stepKey: z.string(),
        stepName: z.string(),
        applicantMasked: z.string(),
        villageName: z.string().nullable(),
        light,
        dueOn: day.nullable(),
        /** What runs out and what follows: 今天不办视为受理. */
        note: z.string(),
        firstAction: z.string().nullable(),
        unitName: z.string(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof queue>
