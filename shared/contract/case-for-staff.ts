import { z } from 'zod'
import { CASE_CHANNELS } from '#shared/domain/case/state'
import { APPROVAL_KINDS } from '#shared/domain/case/step/approval-state'
import { RELATION_KINDS } from '#shared/domain/case/whose/barred'
import { DELIVERY_METHODS, type DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import { COMMON_ACTIONS, STEP_ACTIONS } from '#shared/domain/service-item/item'
import { afterDecisionChoices } from './after-decision'
import { departmentDrafts } from './drafts'
import {
  accepted,
  caseFile,
  day,
  dueBecause,
  dueExplanation,
  flag,
  id,
  integer,
  light,
  moment,
  outcome,
  text,
  textOrNull,
} from './primitives'
import { siteVisits } from './site-visit'

const action = z.enum([...STEP_ACTIONS, ...COMMON_ACTIONS])
const deliveryMethod = z.enum(Object.keys(DELIVERY_METHODS) as DeliveryMethod[])
const approvalKind = z.enum(APPROVAL_KINDS)

/** An act of staff that the table allows now; the page draws a button for each. */
const allowedAction = z
  .strictObject({
    action,
    label: text,
    stepKey: text,
    stepName: text,
    unitId: text,
    unitName: text,
    /** As people call the unit: 县自规局; missing in what an older server has answered. */
    shortName: text.optional(),
    reasonRequired: flag,
    /** What is paid must be said with it, in 分; missing where nothing is, or the guide says how much. */
    amountAsked: z.enum(['monthly', 'once']).optional(),
    /** What the guide says is paid in general, in 分: another amount is looked at once more. */
    amountUsual: z.strictObject({ least: z.int(), most: z.int() }).optional(),
    /** Of a stop of so many days or more: after which day of the whole it would end, fewest first; missing where the whole stops with it. */
    longStops: z.array(z.strictObject({ fromDays: z.int(), words: text })).optional(),
    /** What to ask before it is signed, in words: the half day that it grants is over, or what was published has become another. */
    warning: textOrNull,
  })
  .meta({ id: 'AllowedAction' })
export type AllowedAction = z.infer<typeof allowedAction>

/** What staff see of a case beside what its applicant does, and what they may do with it. */
export const caseForStaff = z.strictObject({
  allowed: z.array(allowedAction),
  /** With the signed decision; null where none stands, missing in what an older server has answered. */
  afterDecision: afterDecisionChoices.nullable().optional(),
  /** May answer, add and take back for the applicant, who stands before them: the case was typed for them. */
  standsIn: flag,
  mayConfirmIdentity: flag,
  /** Of a firm what the register has beside its code, where another name was typed: the check writes it. */
  otherFirmName: textOrNull,
  /** Nobody has written who applies, and the form does not ask: the check of the identity does. */
  applicantUnnamed: flag,
  /** Words for the desk, where the law of the item asks for full civil capacity and the applicant is under eighteen. */
  capacityWarning: textOrNull,
  /** Whoever has the number that was typed says that it is not theirs. */
  disowned: flag,
  /** The unit that alone ends it then, where several departments work on it; null where whoever works on it does. */
  endedBy: textOrNull,
  /** How the applicant may still show who they are beside a counter, which is always one way. */
  identityBy: z.enum(['wechat', 'takeover', 'counter', 'guardian']),
  /** It was confirmed by a power of the firm that has ended since. */
  powerEnded: flag,
  /** Relatives among the staff, by the applicant's word. */
  declared: z.array(z.strictObject({ name: text, kind: z.enum(RELATION_KINDS) })),
  /** By which way it came in; null in cases from before it was kept. */
  channel: z.enum(CASE_CHANNELS).nullable(),
  src: textOrNull,
  assisted: flag.nullable(),
  /** Staff who typed it for the applicant. */
  enteredBy: z.strictObject({ name: text, unit: text }).nullable(),
  clocks: z.array(
    z.strictObject({
      /** `publicity`: from when the next step may follow. */
      kind: z.enum(['acceptance', 'promised', 'statutory', 'step', 'publicity', 'correction', 'delivery']),
      label: text,
      dueOn: day.nullable(),
      dueBecause: dueBecause.nullable(),
      /** Of a publicity: until when anybody may object; `dueOn` is the working day after it, which closes it. */
      lastOn: day.optional(),
      light,
      /** Whose share it is of; missing of the whole. */
      unitId: text.optional(),
      /** Of another unit's share, while the reader's own runs beside it. */
      others: flag.optional(),
      explanation: dueExplanation.nullable(),
    }),
  ),
  steps: z.array(
    z.strictObject({
      key: text,
      name: text,
      kind: text,
      status: z.enum(['waiting', 'open', 'done', 'skipped']),
      /** How long it may take, in words. */
      limitText: text,
      /** Done after the decision. */
      followUp: flag,
      doneOn: day.nullable(),
      parts: z.array(
        z.strictObject({
          unitName: text,
          status: text,
          outcome: textOrNull,
          assigneeName: textOrNull,
          /** Who has signed, and for whom it waits, where each holder has to: 已签 2 人，还等 1 人：王五. */
          signingText: textOrNull,
        }),
      ),
    }),
  ),
  /** Cases of the same item and owner, or of another with the same key, that the viewer may see; staff only. */
  duplicates: z.array(
    z.strictObject({
      id,
      caseNumber: text,
      outcome,
      /** What they have in common where not all is the same: `申领期间有重叠`. */
      note: text.nullable(),
    }),
  ),
  /** How many more there are. */
  hiddenDuplicates: integer,
  returnTargets: z.array(z.strictObject({ stepKey: text, name: text })),
  transferTargets: z.array(z.strictObject({ unitId: text, name: text })),
  /** Who may go along to a site. */
  colleagues: z.array(z.strictObject({ staffId: text, name: text })),
  /** What is asked at a site and was written down there; missing in what an older server has answered. */
  visits: siteVisits.optional(),
  /** To whom a share may be given. */
  assignees: z.array(z.strictObject({ stepKey: text, unitId: text, staffId: text, name: text })),
  /** How the guide says that the result is got, and how 当场办结 would hand it over now; null where not yet. */
  deliveryMethods: z.array(deliveryMethod),
  handsOverBy: deliveryMethod.nullable(),
  /** The papers of the decisions that are allowed now, but for the number. */
  decisionDrafts: z.array(
    z.strictObject({
      /** `pass`, `fail`: of one of several organs that decides its own part. */
      action: z.enum(['grant', 'refuse', 'decline', 'settle', 'pass', 'fail']),
      stepKey: text,
      unitId: text,
      title: text,
      /** `梅许〔2026〕`; the number is drawn when it is signed. */
      numberPrefix: text,
      organName: text,
      /** How much is paid, from when and to which card; null where nothing is. */
      paid: textOrNull,
      /** Null on a grant that pays nothing. */
      remedy: textOrNull,
      issuedOn: day,
      /** What the applicant gets with a grant beside it, and for how long; null on a refusal. */
      result: textOrNull,
      validText: textOrNull,
      /** The half days that are granted: 2026年12月8日上午; null where none was asked for. */
      booked: textOrNull,
      /** As it is cited. */
      legalBasis: z.array(text),
      accepted,
      /** What one of several organs decides of it; null where one decides the whole. */
      part: textOrNull,
      /** The words of what joins the decisions of several organs, and decides nothing; null of every decision. */
      packet: z.array(text).nullable(),
      /** The 送达回证 that follows a grant or a refusal, as far as it is known; null where nothing hands it over. */
      service: z
        .strictObject({ title: text, numberPrefix: text, organName: text, paragraphs: z.array(text) })
        .nullable(),
    }),
  ),
  /** What 当场办结 issues beside its decision, but for the numbers and the whole name. */
  settlePapers: z.array(
    z.strictObject({
      kind: text,
      title: text,
      numberPrefix: text,
      organName: text,
      issuedOn: day,
      paragraphs: z.array(text),
      /** Of a 送达回证: the way that it tells of; null where it goes out whichever way is taken. */
      method: deliveryMethod.nullable(),
    }),
  ),
  /** The notices that may be sent now, but for the number and what is asked. */
  correctionDrafts: z.array(
    z.strictObject({
      stepKey: text,
      unitId: text,
      title: text,
      /** The day of the notice before it; null where it is the first. */
      askedBefore: day.nullable(),
      numberPrefix: text,
      organName: text,
      issuedOn: day,
      /** The last day to answer. */
      dueOn: day.nullable(),
      dueBecause: dueBecause.nullable(),
      /** Before acceptance: working days from the reminder of that day to the end. */
      graceDays: integer,
      /** What the notice says above and below all that it asks, as it is issued. */
      opening: text,
      closing: z.array(text),
    }),
  ),
  /** Of what may be asked what first notices of the reader's units have missed most; none once a notice went. Missing in what an older server has answered. */
  oftenMissed: z
    .array(z.strictObject({ unitId: text, kind: z.enum(['material', 'field']), name: text }))
    .optional(),
  /** Null where no department looks before acceptance; missing in what an older server has answered. */
  departmentDrafts: departmentDrafts.nullable().optional(),
  /** To whoever stands in from outside: whose own people have to decide. Missing in what an older server has answered. */
  organsAwaited: z.array(z.strictObject({ title: text, words: text })).optional(),
  /** What one of several organs has refused or revoked; `reasons`: for a share of the reader's that rests on it. Missing in what an older server has answered. */
  refusals: z
    .array(
      z.strictObject({
        title: text,
        words: text,
        reasons: z.array(z.strictObject({ stepKey: text, unitId: text, reason: text })),
      }),
    )
    .optional(),
  /** The notices that may be published now, but for the number. */
  noticeDrafts: z.array(
    z.strictObject({
      stepKey: text,
      unitId: text,
      title: text,
      numberPrefix: text,
      organName: text,
      issuedOn: day,
      /** `told`: what is told of the answers follows, and a full stop. */
      paragraphs: z.array(z.strictObject({ said: text, told: flag })),
      told: z.array(
        z.strictObject({
          key: text,
          label: text,
          /** As it would hang. */
          words: text,
          /** What was typed, piece by piece, numbers masked; `out`: no rule lets it hang. */
          written: z.array(z.strictObject({ text, out: flag })),
          /** It was freely typed: whoever publishes may write it otherwise. */
          worded: flag,
          /** In what words of whoever published it hung last, null where it never did or the answer is another by now. */
          hung: text.nullable(),
        }),
      ),
    }),
  ),
  /** The days that may be promised in place of a broken one; missing in what an older server has answered. */
  newDays: z.array(day).optional(),
  /** What may be asked for now, and of whom. */
  approvalChoices: z.array(
    z.strictObject({ stepKey: text, unitId: text, for: approvalKind, label: text, askedOf: text }),
  ),
  /** What was asked for, newest first. */
  approvals: z.array(
    z.strictObject({
      stepKey: text,
      unitId: text,
      for: approvalKind,
      label: text,
      askedOn: day,
      askedBy: text,
      askedOf: text,
      reason: text,
      /** Who allowed it or said no, and why; null while nobody has. */
      answer: z.strictObject({ by: text, on: day, reason: textOrNull }).nullable(),
      /** 等着批, 同意了, 没同意, or 没等到批 with what came first: the law's date, the end, another unit, the next step. */
      stateText: text,
      open: flag,
    }),
  ),
  /** What was changed since it was accepted, the oldest first: who, and what of it, numbers masked. */
  changedSince: z.array(
    z.strictObject({ at: moment, who: text, note: text, fields: z.array(text), papers: z.array(text) }),
  ),
  /** What the last notice asked and what came of it, until it is decided; null while nothing was answered. */
  supplement: z
    .strictObject({
      askedOn: day,
      byUnit: text,
      /** The last day on which it could be answered; null where it is not known. */
      dueOn: day.nullable(),
      suppliedAt: moment,
      /** The last days of acceptance and promise as they stood before it was asked; null where there was none. */
      formerly: z.strictObject({ acceptOn: day.nullable(), promisedOn: day.nullable() }),
      /** They begin anew with the answer, as before acceptance; after it the promise stood still for so long. */
      begunAnew: flag,
      /** What else was changed since it was asked, in words; null where nothing was. */
      elsewhere: textOrNull,
      items: z.array(
        z.strictObject({
          kind: z.enum(['material', 'field']),
          name: text,
          label: text,
          reason: text,
          /** It is another than it was when it was asked for. */
          came: flag,
          /** What stood there when it was asked for: the photos of a paper, or an answer in words. */
          formerFiles: z.array(caseFile),
          formerText: textOrNull,
        }),
      ),
    })
    .nullable(),
  /** Files that came as that answer, or after it had been accepted. */
  newFiles: z.array(id),
  /** Names of papers with the keys of the answers that each proves. */
  proofs: z.array(z.strictObject({ paper: text, fields: z.array(text) })),
  /** The newest check after the decision that found it otherwise than it was said to be. */
  checkFailed: z.strictObject({ on: day, by: text, reason: text }).nullable(),
  extensionDays: z.int().nullable(),
  correctionChoices: z.array(
    z.strictObject({ kind: z.enum(['material', 'field']), name: text, label: text }),
  ),
})
