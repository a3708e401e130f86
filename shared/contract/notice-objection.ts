import { z } from 'zod'
import { FEWEST_WORDS, LEFT_PHONE } from '#shared/domain/case/publicity/public-objection'
import { day, flag, id, integer, moment, nameOfPerson, reason, text, textOrNull, written } from './primitives'

/**
 * What somebody types against a notice that hangs, without a log-in: `POST /api/notices/{id}/objections`. `name`, `phone`: read by
 * whoever checks it and by nobody else; without a phone nobody can be told what becomes of it.
 */
export const objectToNotice = z
  .strictObject({
    words: reason.min(FEWEST_WORDS),
    name: nameOfPerson.optional(),
    phone: written.trim().regex(LEFT_PHONE).optional(),
  })
  .meta({ id: 'ObjectToNotice' })
export type ObjectToNotice = z.infer<typeof objectToNotice>

/** `number`: of the notice. `isTold`: a phone was left, to which the result is told. */
export const objectionReceived = z
  .strictObject({ number: text, receivedOn: day, isTold: flag })
  .meta({ id: 'ObjectionReceived' })
export type ObjectionReceived = z.infer<typeof objectionReceived>

/** Where a page of them goes on: `<unread|read>_<moment>_<id>`. */
export const objectionCursor = written.max(80).refine((cursor) => {
  const [kind = '', at, after, ...rest] = cursor.split('_')
  const isPlace = moment.safeParse(at).success && id.safeParse(after).success && rest.length === 0
  return isPlace && (kind === 'unread' || kind === 'read')
})

/** What staff have to do of objections that were typed on public pages: what nobody has read, then the rest, the oldest first. Staff only. */
export const workObjections = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id,
        caseId: id,
        caseNumber: text,
        itemName: text,
        number: text,
        raisedAt: moment,
        stage: z.enum(['unread', 'awaits-result', 'to-tell']),
        outcome: z.enum(['taken', 'aside']).nullable(),
        words: text,
        name: textOrNull,
        phone: textOrNull,
        /** Why it was set aside; null where it was not, and before it was kept; missing in what an older server has answered. */
        reason: textOrNull.optional(),
        /** Where it is taken up, as `record-objection` is sent. */
        stepKey: text,
        unitId: text,
        version: integer,
      }),
    ),
    /** Null on the last page. */
    nextCursor: textOrNull,
  })
  .meta({ id: 'WorkObjections' })
export type WorkObjections = z.infer<typeof workObjections>
export type WorkObjection = WorkObjections['items'][number]

export const setObjectionAside = z.strictObject({ reason }).meta({ id: 'SetObjectionAside' })
