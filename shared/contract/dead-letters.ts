import { z } from 'zod'
import { id, integer, moment, text, textOrNull } from './primitives'
import { REMINDER_CHANNELS } from './reminder.labels'

/** A push that reached no phone, and nobody wanted that: without whose it is, or what it says. */
const deadLetter = z
  .strictObject({
    id,
    /** When it was written, and when it was given up. */
    at: moment,
    diedAt: moment,
    kind: text,
    /** What it is about, as people understand it. */
    about: text,
    to: z.enum(['resident', 'staff']),
    channel: z.enum(REMINDER_CHANNELS),
    /** In words. */
    why: text,
    /** WeChat's. */
    errorCode: integer.nullable(),
    /** How many messages it would have told. */
    messages: integer,
    /** What it says is so no more: it is not sent again. */
    overtaken: z.boolean(),
    /** Null of what is of no case, or of one that is not the reader's to see. */
    caseNumber: textOrNull,
  })
  .meta({ id: 'DeadLetter' })

export const deadLettersQuery = z.strictObject({
  status: z.enum(['dead']),
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export const deadLetters = z
  .strictObject({ items: z.array(deadLetter), nextCursor: textOrNull })
  .meta({ id: 'DeadLetters' })
export type DeadLetters = z.infer<typeof deadLetters>

export const deadLetterParams = z.strictObject({ id })

/** It waits for a good hour, a limit and a consent as any other. `overtaken`: so many of its messages are true no more, and stay. */
export const letterResent = z
  .strictObject({ id, queued: integer, overtaken: integer })
  .meta({ id: 'LetterResent' })
export type LetterResent = z.infer<typeof letterResent>
