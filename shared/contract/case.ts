import { z } from 'zod'
import { CASE_STATUSES } from '#shared/domain/case/case-status'
import type { Field } from '#shared/domain/service-item/item'
import { documentMark, revocationView } from './after-decision'
import { brokenPromise } from './broken-promise'
import { caseForStaff } from './case-for-staff'
import { heldCertificate, issuedCertificate } from './certificate'
import { againstView, deliveryView } from './delivery'
import { caseLanes } from './lanes'
import { nudgeView } from './nudge'
import { payView } from './pay'
import {
  booked,
  caseFile,
  commitment,
  day,
  dueBecause,
  dueExplanation,
  flag,
  id,
  integer,
  light,
  moment,
  outcome,
  reason,
  text,
  textOrNull,
  whomToAsk,
} from './primitives'

const status = z.enum(CASE_STATUSES)

const caseSummary = z
  .strictObject({
    id,
    caseNumber: text,
    serviceItemId: text,
    plainName: text,
    status,
    /** Where it is: 梅渚镇正在审核; the word of its outcome where no step goes on. */
    statusText: text,
    outcome,
    /** Revoked unheard: until when it is to be taken back; null in a year without a calendar, missing elsewhere. */
    takingBackBy: day.nullable().optional(),
    applicantMasked: text,
    /** The reader's own name in full, where the case is theirs and bears it; null for whoever reads of somebody else. */
    ownName: textOrNull,
    /** Filed by somebody else for me. */
    filedByOther: flag,
    filedAt: moment,
    /** With its reason and light: of the answer while a correction is asked for, else of the case. */
    dueOn: day.nullable(),
    /** Promised in place of the day that was broken, which `dueOn` still tells; null where none is, missing in what an older server has answered. */
    newDueOn: day.nullable().optional(),
    /** Hardly kept: nobody who decides is there before the day. `dueByLaw`: it is the law's, which nobody promised. Else missing. */
    dueDoubted: flag.optional(),
    dueByLaw: flag.optional(),
    dueBecause: dueBecause.nullable(),
    /** What will still stop the promise, and so move `dueOn`, by name: 现场核查; null where nothing will. */
    apart: textOrNull,
    light,
    /** When the applicant is expected, of what is granted too, until the half day is over; null where nothing is. */
    booked: booked.nullable(),
    /** When they were, while nothing is decided and nothing else is booked. */
    bookedBefore: booked.nullable(),
    /** What is to be shown of the identity before it can be decided, in words. */
    identityAwaited: textOrNull,
    /** It is a person who is to be seen first: no office can keep the day alone. Missing in what an older server has answered. */
    personAwaited: flag.optional(),
    /** How whoever filed it goes on, in words, once the number's owner has disowned it; null where nothing is open. */
    disownedWays: textOrNull,
    /** Waits for the person; `statement`: to speak until `dueOn` before a decision is revoked; `rating` and `result`, an end that nobody rates, for some days. */
    waitsForMe: z.enum(['correction', 'statement', 'rating', 'result', 'none']),
    /** Where they are asked to speak, whose decision of several is meant, and of what: 县水利局的“水土保持方案审批”. Null where one organ decides the whole, missing in what an older server has answered. */
    speaksOf: textOrNull.optional(),
    /** What the open correction asks for, in the words of the form; empty while none is open. */
    missing: z.array(text),
    rated: flag,
  })
  .meta({ id: 'CaseSummary' })
export type CaseSummary = z.infer<typeof caseSummary>
export const caseList = z
  .strictObject({
    items: z.array(caseSummary),
    nextCursor: textOrNull,
    /** Messages, at most 100; missing in what an older server has answered. */
    unread: integer.optional(),
  })
  .meta({ id: 'CaseList' })
export type CaseList = z.infer<typeof caseList>

const timelineEntry = z.strictObject({
  id: text,
  type: text,
  title: text,
  /** Organ, and the person where staff acted. */
  who: text,
  at: moment,
  note: textOrNull,
  /** Somebody found it otherwise, did not agree or said no; or it was not kept, or ended without a decision. */
  isNo: flag,
})

const correctionView = z.strictObject({
  /** 一次性补正告知书, or 再次补正告知书. */
  title: text,
  askedOn: day,
  /** The day of the notice before it; null where it is the first. */
  askedBefore: day.nullable(),
  byUnit: text,
  dueOn: day.nullable(),
  dueBecause: dueBecause.nullable(),
  light,
  /** What happens when nothing comes. */
  consequence: text,
  reason: text,
  items: z.array(
    z.strictObject({
      kind: z.enum(['material', 'field']),
      name: text,
      label: text,
      reason: text,
      /** Of a card both are photographed: 2; else 1. */
      sides: z.union([z.literal(1), z.literal(2)]),
    }),
  ),
  /** The fields that may be changed, as the form draws them, with what was answered. */
  fields: z.custom<readonly Field[]>().meta({ type: 'array', items: { type: 'object' } }),
  answers: z.record(text, z.unknown()),
})

/**
 * A document's words: as issued; put together anew from today's data, for they were not kept then; or deleted by right (个人信息保护法
 * 第47条), but for its kind, number and day. */
const keptWords = z.enum(['as-issued', 'anew', 'deleted'])

const documentView = z.strictObject({
  id,
  kind: text,
  title: text,
  documentNumber: text,
  organName: text,
  issuedOn: day,
  /** What became of it afterwards, in words with the number that tells it; missing in what an older server has answered. */
  mark: documentMark.nullable().optional(),
})

/** An issued document as whoever sees the case reads it: `GET /api/cases/{id}/documents/{documentId}`. */
export const caseDocument = documentView
  .extend({
    caseId: id,
    plainName: text,
    /** In full for the applicant to whom it was issued, masked for others; null where it is for everybody. */
    recipient: textOrNull,
    paragraphs: z.array(text),
    /** In a sentence, for who reads no documents. */
    plain: text,
    words: keptWords,
    /** Missing on what is no certificate. */
    certificate: issuedCertificate.optional(),
    /** `staff`: it is somebody else's, and stays on no phone that has read it; missing in what an older server has answered. */
    viewer: z.enum(['applicant', 'staff']).optional(),
  })
  .meta({ id: 'CaseDocument' })
export type CaseDocument = z.infer<typeof caseDocument>

const decisionView = z.strictObject({
  kind: z.enum(['granted', 'refused']),
  decidedOn: day,
  organName: text,
  /** The organ's document: title, number. */
  documentTitle: text,
  documentNumber: textOrNull,
  /** Whom it addresses: in full for the applicant, masked for staff; empty where nobody is named. */
  recipient: text,
  paragraphs: z.array(text),
  words: keptWords,
  reason: textOrNull,
  /** 行政复议、行政诉讼, as the document says it; null for a grant that pays nothing. */
  remedy: textOrNull,
  howToGet: text,
  /** How it comes on paper to whoever wants it so; `pickupAt`: where it lies. Null where there is none or it was handed over. */
  onPaper: z.strictObject({ post: flag, pickupAt: textOrNull }).nullable(),
  /** In words: 寄到家. */
  deliveredBy: textOrNull,
})

const paperView = z
  .strictObject({
    name: text,
    state: z.enum(['generated', 'exempt', 'provided', 'not-given']),
    source: text,
    files: z.array(caseFile),
    /** What somebody else brought, in words; null where everything is shown. */
    withheld: textOrNull,
  })
  .meta({ id: 'PaperView' })

export const caseView = z
  .strictObject({
    id,
    caseNumber: text,
    serviceItemId: text,
    itemName: text,
    plainName: text,
    status,
    outcome,
    version: integer,
    /** `former`: lost it by transfer; of the rest only number, item and, in `nowText`, where it went. */
    viewer: z.enum(['applicant', 'staff', 'former']),
    applicantMasked: text,
    /** As in the list. */
    ownName: textOrNull,
    applicantKind: z.enum(['person', 'firm']),
    /** For the applicant: filed by somebody else; for staff: filed for another. */
    filedByOther: flag,
    /**
     * Filed in a person's place; null where it was not, and for staff. `name`: 子女, or 大梁村 王立新 who typed it; null of
     * whom nothing is known but that they did. `isReader`: it was whoever reads.
     */
    helpedBy: z.strictObject({ name: textOrNull, isReader: flag }).nullable(),
    /** Typed by staff for the applicant, and not taken over since. */
    enteredByStaff: flag,
    /** What was promised of what stands in it, in words; `fits`: nothing has changed since. Null where nobody ticked. */
    commitment: z.strictObject({ words: text, fits: flag }).nullable().optional(),
    villageName: textOrNull,
    filedAt: moment,
    dueOn: day.nullable(),
    /** Promised in place of the day that was broken, which `dueOn` still tells; null where none is, missing in what an older server has answered. */
    newDueOn: day.nullable().optional(),
    /** Both as of the summary. */
    dueDoubted: flag.optional(),
    dueByLaw: flag.optional(),
    dueBecause: dueBecause.nullable(),
    /** What will still stop the promise, and so move `dueOn`, by name: 现场核查; null where nothing will. */
    apart: textOrNull,
    light,
    /** Null while none is; missing in what an older server has answered. */
    broken: brokenPromise.nullable().optional(),
    /** When the procedure that stops it was expected to be done, as its notice says; null while none does. */
    expectedOn: day.nullable(),
    /** As in the list. */
    booked: booked.nullable(),
    bookedBefore: booked.nullable(),
    /** What was booked is gone, and staff give no other: the applicant takes it back and books anew. Missing elsewhere. */
    seatGone: flag.optional(),
    /** Clock that the shown date comes from, day by day. */
    explanation: dueExplanation.nullable(),
    identityConfirmed: flag,
    /** As in the list, for whoever reads it: staff who typed it too. */
    personAwaited: flag.optional(),
    /**
     * What is to be shown of the identity before it can be decided; `inWechat`: the reader may do it here; `otherName`: the
     * case names somebody else beside the reader's confirmed number: the reader's takeover puts it right, or a counter.
     */
    identityAwaited: z.strictObject({ words: text, inWechat: flag, otherName: flag.optional() }).nullable(),
    /** For whoever filed it: how they go on once the number's owner has disowned it; null where nothing is open. */
    disownedWays: textOrNull,
    /** A check after the decision found it otherwise than it was said to be. */
    checkFailed: flag,
    /** In words: 梅渚镇正在审核, 村里在核实 … */
    nowText: text,
    /** As of the summary; `isHolders`: the reader is whom it was decided for. Of one of several organs too, each in `lanes`. */
    takingBack: z.strictObject({ by: day.nullable(), isHolders: flag }).optional(),
    next: z.strictObject({ title: text, who: text, dueOn: day.nullable() }).nullable(),
    lanes: caseLanes.nullable().optional(),
    timeline: z.array(timelineEntry),
    answers: z.array(
      z.strictObject({
        key: text,
        label: text,
        text: text,
        sensitive: flag,
        /** 来自身份证号: not typed, read from the number of the same person. */
        source: text.optional(),
        /** Of a table: `text` row by row. */
        rows: z.array(text).optional(),
      }),
    ),
    papers: z.array(paperView),
    correction: correctionView.nullable(),
    documents: z.array(documentView),
    decision: decisionView.nullable(),
    /** Only for the applicant; null where none was issued here. */
    certificate: heldCertificate.nullable(),
    /** The decision is to be revoked, and nothing came of it yet; missing in what an older server has answered. */
    revocation: revocationView.nullable().optional(),
    /** Null where nothing is handed over; missing in what an older server has answered. */
    delivery: deliveryView.nullable().optional(),
    /** Only for the applicant. */
    against: againstView.nullable(),
    pay: payView.nullable(),
    rating: z.strictObject({ level: integer, text: text }).nullable(),
    phone: textOrNull,
    /** Who has it in hand now; `name` where it is one person, `shortName` of the unit. Null where nobody works on it. */
    holder: z.strictObject({ unitName: text, shortName: text, name: textOrNull }).nullable(),
    /** From when on somebody is there who decides, and which days that endangers. Missing where somebody is. */
    decisionAwaits: text.optional(),
    /** Whom the applicant asks: who decided against them, else who has it in hand, else its organ. Null for staff. */
    ask: whomToAsk.nullable(),
    /** Of the applicant's side, while somebody has it to do; missing in what an older server has answered. */
    nudge: nudgeView.nullable().optional(),
    /** When they last asked to go on, while it does; missing where they have not. */
    nudgedAt: moment.optional(),
    mayWithdraw: flag,
    /** Filed by somebody else for the viewer, who may have it alone from now on. */
    mayTakeOver: flag,
    /** Others typed the viewer's number, who may say that it is not theirs. */
    mayDisown: flag,
    /** An open notice may be answered: whose power for the firm has ended only reads. */
    mayAnswer: flag,
    /** Something may be added of one's own accord. */
    mayAdd: flag,
    /** Keys of fields and names of papers; what an open notice asks is brought as its answer. */
    addable: z.strictObject({ fields: z.array(text), papers: z.array(text) }),
    mayRate: flag,
    /** It ended without what was applied for, and the reader has applied for the same in no later case. */
    applyAgain: flag,
    /** Of the newest such case; null where there is none. */
    appliedAgain: id.nullable(),
    /** Only for staff. */
    staff: caseForStaff.nullable(),
  })
  .meta({ id: 'Case' })
export type CaseView = z.infer<typeof caseView>

/** What an application that ended leaves for the next one. The files are uploads of the reader, as if sent anew. */
export const caseAgain = z
  .strictObject({
    serviceItemId: text,
    plainName: text,
    /** It was for somebody else than the reader. */
    forOther: flag,
    /** By field, in full: never without the case. */
    answers: z.record(text, z.unknown()),
    /** Of a paper by its name, or of a field by its key. */
    files: z.array(
      z.strictObject({
        kind: z.enum(['material', 'field']),
        name: text,
        uploads: z.array(z.strictObject({ id, fileId: id, contentType: text, size: integer })),
      }),
    ),
    /** Why it was refused or not accepted; null where it ended otherwise. */
    reason: text.nullable(),
    /** What the last notice asked for and nobody brought, in the words of the form. */
    asked: z.array(text),
  })
  .meta({ id: 'CaseAgain' })
export type CaseAgain = z.infer<typeof caseAgain>

const brought = {
  version: z.int().min(1),
  /** Either may be left out when none of it is asked for. */
  answers: z.unknown().optional().meta({ type: 'object' }),
  materials: z
    .unknown()
    .optional()
    .meta({ type: 'array', items: { type: 'object' } }),
  /** 我保证 is ticked for all of it as it stands with this. */
  commitment,
}
export const supplementCase = z.strictObject(brought).meta({ id: 'SupplementCase' })
/** Of one's own accord, before the decision. */
export const addToCase = z.strictObject(brought).meta({ id: 'AddToCase' })
export const takeOverCase = z.strictObject({ version: z.int().min(1) }).meta({ id: 'TakeOverCase' })
/** By whoever has the number that somebody else typed. */
export const disownCase = z.strictObject({ version: z.int().min(1) }).meta({ id: 'DisownCase' })
/** `reason`: how the applicant said so; needed where staff do it in their place. */
export const withdrawCase = z
  .strictObject({ version: z.int().min(1), reason: reason.optional() })
  .meta({ id: 'WithdrawCase' })
export type WithdrawCase = z.infer<typeof withdrawCase>
/** Of the answer to the act that is taken back. */
export const undoAct = z.strictObject({ version: z.int().min(1) }).meta({ id: 'UndoAct' })
export const caseChanged = z
  .strictObject({
    id,
    version: integer,
    status,
    outcome,
    /** With what else is said of it, as in the view. */
    dueOn: day.nullable(),
    newDueOn: day.nullable().optional(),
    dueByLaw: flag.optional(),
    dueBecause: dueBecause.nullable(),
    apart: textOrNull.optional(),
    /** For so many seconds whoever did it may take it back; null where it stands. */
    undoSeconds: integer.nullable(),
  })
  .meta({ id: 'CaseChanged' })
export type CaseChanged = z.infer<typeof caseChanged>
