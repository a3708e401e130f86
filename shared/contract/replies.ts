import { z } from 'zod'
import { isWrittenInLines } from '#shared/domain/kernel/written'
import {
  areEachOnce,
  isSomebodys,
  MOST_REPLIES,
  REPLY_ACTS,
  REPLY_LENGTH,
} from '#shared/domain/organization/replies'
import { flag, integer, serviceItemId, text, textOrNull, written } from './primitives'

const act = z.enum(REPLY_ACTS)

/** The whole list of a unit for an act, in its order, in place of the one at `version`; 0 where it never had one. */
export const writeReplies = z
  .strictObject({
    unitId: written.max(60),
    act,
    version: z.int().min(0),
    replies: z
      .array(
        z.strictObject({
          words: z
            .string()
            .trim()
            .min(2)
            .max(REPLY_LENGTH)
            .refine(isWrittenInLines)
            .refine((words) => !isSomebodys(words)),
          itemId: serviceItemId.nullable(),
        }),
      )
      .max(MOST_REPLIES)
      .refine(areEachOnce),
  })
  .meta({ id: 'WriteReplies' })
export type WriteReplies = z.infer<typeof writeReplies>

/** As it stands from now on. */
export const repliesWritten = z.strictObject({ version: integer }).meta({ id: 'RepliesWritten' })
export type RepliesWritten = z.infer<typeof repliesWritten>

/** What the units of who asks offer; an act that is missing has what every unit has. */
export const workReplies = z
  .strictObject({
    units: z.array(
      z.strictObject({
        unitId: text,
        unitName: text,
        mayWrite: flag,
        lists: z.array(
          z.strictObject({
            act,
            version: integer,
            replies: z.array(z.strictObject({ words: text, itemId: textOrNull, itemName: textOrNull })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'WorkReplies' })
export type WorkReplies = z.infer<typeof workReplies>
