import { z } from 'zod'
import { OUTCOME_KEYS, OUTCOME_TONES } from '#shared/domain/case/outcome/outcome-words'
import { personName } from '#shared/domain/kernel/person-name'
import { hasUnseen, isWritten, isWrittenInLines } from '#shared/domain/kernel/written'

// One instance of each: the contract names them four hundred times, and each is made anew at every cold start.
export const text = z.string()
export const textOrNull = text.nullable()
export const integer = z.int()
export const flag = z.boolean()

// What comes in by these, in a body or an address, the database takes as what it is: nothing laxer reaches a statement.

/** One line that somebody types, or by which a client names something: what no paper can print is refused. */
export const written = z.string().refine(isWritten)
/** Why somebody does something, in lines of their own. */
export const reason = z.string().trim().min(2).max(500).refine(isWrittenInLines)
/** 我保证: ticked, or left out. */
export const commitment = z.literal(true).optional()
/** Of a person, however it was typed. */
export const nameOfPerson = written
  .refine((name) => !hasUnseen(name))
  .overwrite(personName)
  .min(2)
  .max(30)
/** Who applies, where the form does not ask. */
export const namedApplicant = z
  .strictObject({ name: nameOfPerson, idNumber: written.trim().length(18) })
  .meta({ id: 'NamedApplicant' })
/** `YYYY-MM-DD` in Asia/Shanghai. There is no year 0. */
export const day = z.iso.date().refine((on) => on >= '0001')
/** ISO 8601 in UTC. */
export const moment = z.iso.datetime({ offset: true })
export const id = z.uuid()
/** `LX-005`; an item of that id need not exist. */
export const serviceItemId = written.max(30)
/** Where a page of a queue goes on: `<day>_<id>_<the rest of its place>`. */
export const placeCursor = written.max(200).refine((cursor) => {
  const [on, after, ...rest] = cursor.split('_')
  return day.safeParse(on).success && id.safeParse(after).success && rest.length > 0
})

/** What stands in the place of a date that cannot be told yet. */
export const dueBecause = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('calendar-missing'), year: integer }),
    z.strictObject({
      kind: z.literal('waits-for'),
      step: text,
      stepName: text,
      /** `stage`: the village comes before the application; `applicant`: nobody is named; else the promise stands still meanwhile. */
      because: z.enum(['stage', 'step', 'correction', 'special-procedure', 'applicant']).optional(),
      /** The special procedure by name, 鉴定; missing of one from before it was kept. */
      procedure: text.optional(),
      /**
       * The last day of the stage, or of the publicity after it, or to publish it, which stands when it is over; the day on which the
       * special procedure was expected to be done.
       */
      until: day.nullable().optional(),
      /** How long the publicity lasts that has not begun. */
      unpublished: z.strictObject({ days: integer, unit: z.enum(['working', 'calendar']) }).optional(),
      /** The law's last day, which what is waited for does not stop; missing where it does, or no law sets one. */
      lawOn: day.optional(),
    }),
  ])
  .meta({ id: 'DueBecause' })
export type DueBecause = z.infer<typeof dueBecause>

/** Always shown as icon, words and colour together. */
export const light = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('calm'), daysLeft: integer }),
    z.strictObject({ kind: z.literal('soon'), daysLeft: integer }),
    z.strictObject({ kind: z.literal('today') }),
    z.strictObject({ kind: z.literal('late'), daysLate: integer }),
    z.strictObject({ kind: z.literal('paused'), since: day }),
    z.strictObject({ kind: z.literal('unknown'), year: integer }),
  ])
  .meta({ id: 'Light' })

/** How a case stands or ended: one word and tone on every list, page and message, and the document that tells it. */
export const outcome = z
  .strictObject({
    key: z.enum(OUTCOME_KEYS),
    word: text,
    tone: z.enum(OUTCOME_TONES),
    /** One of the documents of the case; null where none was issued. */
    documentId: id.nullable(),
  })
  .meta({ id: 'Outcome' })

/** A photo or a file of a case; `url`: where whoever sees the case reads it. */
export const caseFile = z.strictObject({ id: text, name: text, contentType: text, url: text })

/** A half day that was booked; `place`: name and address, or the organ where the county tells none. */
export const booked = z.strictObject({ on: day, half: text, place: text })

/** Whom to ask (ADR 0070): an organ as people call it; `open` while somebody is there, `hours` says so or from when. */
export const whomToAsk = z.strictObject({
  shortName: text,
  phone: textOrNull,
  /** The hours of a week; null where none are kept. */
  weekly: textOrNull,
  answered: z.strictObject({ open: flag, hours: text }).nullable(),
})
export type WhomToAsk = z.infer<typeof whomToAsk>

/** The day of acceptance, which silence sets back to the receipt; null where it was not accepted. */
export const accepted = z.strictObject({ on: day, bySilence: flag }).nullable()

/** A date with its reasons: every counted and skipped day from the day after the start. */
export const dueExplanation = z
  .strictObject({
    startedOn: day,
    /** What that day was: of the receipt, of the acceptance or of what silence makes one, or a step’s turn. */
    startedBy: z.enum(['received', 'accepted', 'silence', 'opened', 'signed']),
    days: integer,
    unit: z.enum(['working', 'calendar']),
    /** Article of law or county's publication. */
    basis: text,
    counted: z.array(
      z.strictObject({
        on: day,
        number: z.int().nullable(),
        because: z.enum(['counted', 'day-off', 'paused']),
      }),
    ),
  })
  .meta({ id: 'DueExplanation' })
export type DueExplanation = z.infer<typeof dueExplanation>
