import { z } from 'zod'
import { day, id, integer, text } from './primitives'

const asked = { kind: z.enum(['material', 'field']), label: text, count: integer }

/** What second notices asked for and the first could have, since `since`, by service item; what was missed most in front. */
export const missedItems = z
  .strictObject({
    since: day,
    /** Missed by who asks, with the newest cases of each. */
    own: z.array(
      z.strictObject({
        itemId: text,
        plainName: text,
        asked: z.array(
          z.strictObject({ ...asked, cases: z.array(z.strictObject({ id, caseNumber: text, on: day })) }),
        ),
      }),
    ),
    /** Of the units that who asks heads, without who missed it and in which cases. */
    units: z.array(
      z.strictObject({
        unitName: text,
        items: z.array(
          z.strictObject({ itemId: text, plainName: text, asked: z.array(z.strictObject(asked)) }),
        ),
      }),
    ),
  })
  .meta({ id: 'MissedItems' })
export type MissedItems = z.infer<typeof missedItems>
