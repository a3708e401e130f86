import { z } from 'zod'
import { AFTER_DECISION, BEGUN_ACTS } from '#shared/domain/case/revocation/after-decision-who'
import { REVOCATION_BASES } from '#shared/domain/case/revocation/revocation-state'
import { day, flag, id, reason, text, textOrNull, written } from './primitives'

const version = z.int().min(1)
/** Words as they stand on a paper. */
const onPaper = written.trim().min(1).max(200)

/** Of whom signs for several organs that each decide their own part, whose is meant; missing: the first of which it may be. */
const whose = written.max(50).optional()

/** One act of staff on a decision that was signed. */
export const afterDecision = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('correct-decision'),
      version,
      unitId: whose,
      /** As it stands in the document. */
      written: onPaper,
      corrected: onPaper,
      reason,
    }),
    /** To the organ that decided, by who is above it. `unitId`: needed where several organs have decided. */
    z.strictObject({
      action: z.literal('advise-revocation'),
      version,
      unitId: whose,
      basis: z.enum(REVOCATION_BASES),
      reason,
    }),
    z.strictObject({
      action: z.literal('propose-revocation'),
      version,
      unitId: whose,
      basis: z.enum(REVOCATION_BASES),
      reason,
      /** What was found since the decision was kept; needed where it was. */
      newFact: reason.optional(),
    }),
    /** `statement`: what the applicant said before whoever writes it down. */
    z.strictObject({ action: z.literal('record-statement'), version, unitId: whose, statement: reason }),
    z.strictObject({
      /** `unitId`: whose, of several; needed to decline where two of them are asked. */
      action: z.enum(['revoke-decision', 'keep-decision', 'decline-advice']),
      version,
      unitId: whose,
      reason,
    }),
  ])
  .meta({ id: 'AfterDecision' })
export type AfterDecisionBody = z.infer<typeof afterDecision>

/** The applicant speaks before a decision is revoked. */
/** `isAll`: they have nothing more to say, and need not be waited for. */
export const speakOnCase = z
  .strictObject({ version, statement: reason, isAll: flag.optional() })
  .meta({ id: 'SpeakOnCase' })
export type SpeakOnCase = z.infer<typeof speakOnCase>

/** The papers that an act would issue now, in their own words: all but the number, the seal and the whole name. */
export const draftedPapers = z
  .strictObject({
    papers: z.array(
      z.strictObject({
        kind: text,
        title: text,
        numberPrefix: text,
        organName: text,
        issuedOn: day,
        /** Masked; null where it is for everybody. */
        recipient: textOrNull,
        paragraphs: z.array(text),
      }),
    ),
  })
  .meta({ id: 'DraftedPapers' })
export type DraftedPapers = z.infer<typeof draftedPapers>

/** What became of a document: in words, with the numbers of what tells it, null where that is not issued yet. */
export const documentMark = z.strictObject({
  kind: z.enum(['corrected', 'revoked', 'replaced']),
  words: text,
  documentId: id.nullable(),
})

/** Of several organs that decide each its own part, whose decision and of what. */
const ownDecision = z.strictObject({ unitName: text, name: text })

/** That the decision is to be revoked: why, and what was said against it. */
export const revocationView = z.strictObject({
  proposedOn: day,
  /** Of several organs that decide each its own part, whose decision it is and of what; null where one decides the whole. */
  own: ownDecision.nullable(),
  /** The ground in words, and what it rests on as it is cited. */
  ground: text,
  cited: text,
  /** Null where it was deleted. */
  reason: textOrNull,
  /** The last day to speak; null while the year has no calendar, after so many working days then, and of a refusal. */
  speakUntil: day.nullable(),
  speakDays: z.int(),
  /** Nothing is paid until it is settled. */
  isHeldBack: flag,
  /** A refusal: nobody need wait for it. */
  ofRefusal: flag,
  /** `words`: null where they were deleted, or are not this reader's to read. */
  statements: z.array(z.strictObject({ on: day, words: textOrNull, isWithheld: flag })),
  /** It is the holder's to speak, and they have not. */
  isAsked: flag,
  /** Of the notice; null where none is kept. */
  documentId: textOrNull,
  maySpeak: flag,
  /** May say that nothing more will be said. */
  maySayAll: flag,
})

/** To staff: who above the organ holds its decision for wrong, and waits for its answer. */
const adviceView = z.strictObject({
  on: day,
  /** 督查建议撤销, or 县政府责令重新审查. */
  title: text,
  /** Null where one organ decides the whole. */
  own: ownDecision.nullable(),
  ground: text,
  /** Null where it was deleted. */
  reason: textOrNull,
})

/** What waits after one decision, or after that of one of the reader's departments. */
const waiting = z.strictObject({
  allowed: z.array(z.enum(AFTER_DECISION)),
  /** The last day to settle what waits; null where nothing does, or it has no day yet. */
  settleBy: day.nullable(),
  /** Null where none waits for an answer. */
  advice: adviceView.nullable(),
  /** Why it cannot be revoked yet, or is another's to answer, in words; null where neither is so. */
  waitsBecause: textOrNull,
  /** What is kept was revoked before its holder could speak: that is taken back. Missing where it was not, and in what an older server has answered. */
  unheard: flag.optional(),
})

/** What staff may do with the signed decision now. */
export const afterDecisionChoices = waiting.extend({
  /**
   * Of who works in several of several organs, decided or not, each of their departments by itself; `isOpen`: what is proposed is
   * of it, or of none of theirs (`isOthers`): what the holder says of that is sent under no department's name. Missing of everybody
   * else, and in what an older server has answered.
   */
  shares: z
    .array(waiting.extend({ unitId: id, shortName: text, isOpen: flag, isOthers: flag.optional() }))
    .optional(),
  /** For what it can be revoked, with what that rests on. */
  bases: z.array(z.strictObject({ basis: z.enum(REVOCATION_BASES), label: text, cited: text })),
  /**
   * Of several organs, the decisions of which something may be begun, and what: whoever signs for several, or is above them, names
   * one. Empty where one decides the whole; missing in what an older server has answered.
   */
  decisions: z
    .array(ownDecision.extend({ unitId: id, acts: z.array(z.enum(BEGUN_ACTS)), asksNewFact: flag }))
    .optional(),
  /** Where one organ decides the whole: it was kept before, and what was found since is asked for. */
  asksNewFact: flag,
  /** Working days that a notice gives now. */
  speakDays: z.int(),
})
