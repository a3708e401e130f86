import { z } from 'zod'
import { day, flag, id, integer, light, text, textOrNull } from './primitives'

/** The last days of 复议 and 诉讼 after the day on which they had the paper, each null where its year has no calendar. */
const until = z.strictObject({
  servedOn: day,
  review: day.nullable(),
  suit: day.nullable(),
  /** As in `against.ways`. */
  reviewNotBefore: day.nullable().optional(),
  suitNotBefore: day.nullable().optional(),
})

const ownDecision = z.strictObject({
  granted: flag,
  documentId: id,
  documentTitle: text,
  documentNumber: text,
  reason: textOrNull,
  /** As the paper says it; null of a grant. */
  remedy: textOrNull,
  /** Null of a grant, and until the decisions were handed over. */
  until: until.nullable(),
  /** What was granted and its organ has taken back: by which paper, why, where one may object; null while it stands. */
  revoked: z
    .strictObject({
      on: day,
      documentId: id,
      documentTitle: text,
      documentNumber: text,
      reason: textOrNull,
      remedy: textOrNull,
      /** Null until that paper was served. */
      until: until.nullable(),
    })
    .nullable(),
  /** What of it was granted by others and rests on what was taken back, by name; empty elsewhere. */
  resting: z.array(text),
})

/** Several units at work on one case, as its applicant and its officers read it alike: by name, with one clock for the whole. */
export const caseLanes = z
  .strictObject({
    /** 各部门先看材料, or 并联审批. */
    title: text,
    /** In a sentence: 水利局超了 5 个工作日，住建局要等它; null where nobody is late. */
    late: textOrNull,
    /** Of the promise: working days counted until today, of how many; null while it stands still. `dueOn` null: its year has no calendar. */
    clock: z.strictObject({ usedDays: integer, days: integer, dueOn: day.nullable(), light }).nullable(),
    /** The last day of the law, with its limit in words; null where no law sets one, or its clock has not begun. */
    law: z.strictObject({ words: text, dueOn: day.nullable() }).nullable(),
    units: z.array(
      z.strictObject({
        unitId: text,
        unitName: text,
        shortName: text,
        /** Where it is called; null where nobody has written it down, missing in what an older server has answered. */
        phone: textOrNull.optional(),
        state: z.enum([
          'looked',
          'silent',
          'waiting',
          'open',
          'stopped',
          'passed',
          'failed',
          'revoked',
          'closed',
        ]),
        /** It has granted, and is asked whether that falls. Missing in what an older server has answered. */
        isQuestioned: flag.optional(),
        /** It fell before its holder was heard, and is being taken back; missing of every other. */
        isTakingBack: flag.optional(),
        /** Until when; null in a year without a calendar. */
        takingBackBy: day.nullable().optional(),
        /** 还剩 10 个工作日, 11月17日 同意. */
        words: text,
        /** Whom it waits for or who waits for it, how early or late it was; null where there is nothing of it. */
        note: textOrNull,
        late: flag,
        light: light.nullable(),
        openedOn: day.nullable(),
        doneOn: day.nullable(),
        dueOn: day.nullable(),
        stops: z.array(z.strictObject({ from: day, until: day.nullable() })),
        /** What it decides there for itself: 水土保持方案审批; null where it gives an opinion, or looks. */
        decides: textOrNull,
        /** The paper of its decision, and of a refusal why and where one may object; null until then. */
        decision: ownDecision.nullable(),
      }),
    ),
  })
  .meta({ id: 'CaseLanes' })
export type CaseLanes = z.infer<typeof caseLanes>
