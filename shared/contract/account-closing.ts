import { z } from 'zod'
import { isWrittenInLines } from '#shared/domain/kernel/written'
import { day, flag, id, integer, moment, text, textOrNull } from './primitives'

const REASON_LENGTH = 200
/** A list is looked through, a book is not. */
export const WORK_NAMED = 20

/** Why, in the person's words: kept without them, and asked of nobody. */
export const closeAccount = z
  .strictObject({ reason: z.string().trim().max(REASON_LENGTH).refine(isWrittenInLines).optional() })
  .meta({ id: 'CloseAccount' })

export const accountClosed = z.strictObject({ closedAt: moment }).meta({ id: 'AccountClosed' })
export type AccountClosed = z.infer<typeof accountClosed>

/** What there is before an account is closed: what stands in the way, and what goes and stays by `shared/domain/account/closing`. */
export const accountClosing = z
  .strictObject({
    /** Open cases that need their person, the newest first. */
    openCases: z.array(
      z.strictObject({
        id,
        plainName: text,
        /** The masked name of whom it is for; null of one's own. */
        whose: textOrNull,
        statusText: text,
        /** By name, what is asked for. */
        missing: z.array(text),
        dueOn: day.nullable(),
        /** As in the list of cases. */
        dueDoubted: flag.optional(),
      }),
    ),
    /** Cases that a member of staff has in hand, and nobody else; of many some by number. */
    workInHand: z.strictObject({ count: integer, some: z.array(text).max(WORK_NAMED) }),
    /** No other administrator could invite anybody. */
    lastAdmin: flag,
    holdings: z.strictObject({
      wechats: integer,
      photos: integer,
      firms: z.array(text),
      worksHere: flag,
      unconfirmed: flag,
      endedCases: integer,
      casesGoingOn: integer,
      disowned: integer,
      disownable: integer,
      ratings: integer,
      consents: integer,
    }),
  })
  .meta({ id: 'AccountClosing' })
export type AccountClosing = z.infer<typeof accountClosing>
