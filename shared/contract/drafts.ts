import { z } from 'zod'
import { day, flag, integer, light, moment, text, textOrNull } from './primitives'

const asked = z.strictObject({
  kind: z.enum(['material', 'field']),
  name: text,
  label: text,
  reason: text,
})

/** Of what came to the notice: what each department that asked for it says, until it is accepted. Nobody waits for them. */
const looks = z.strictObject({
  /** The last day for acceptance by law, and how that stands today; null where the year has no calendar. */
  acceptBy: day.nullable(),
  /** 还剩 3 个工作日, 今天到期; null without a day. */
  left: textOrNull,
  units: z.array(
    z.strictObject({
      unitId: text,
      unitName: text,
      shortName: text,
      /** `awaited`: it has its days still. `silent`: they are over. */
      state: z.enum(['enough', 'lacking', 'awaited', 'silent']),
      dueOn: day.nullable(),
      who: textOrNull,
      at: moment.nullable(),
      /** What it had asked for: `reason` why it is not right yet, else why it was asked for. */
      items: z.array(asked.extend({ isEnough: flag.nullable() })),
    }),
  ),
})

/** What each department says before acceptance, and what comes of it together: for staff who see the case. */
export const departmentDrafts = z
  .strictObject({
    /** The last day for the departments, or for those that look at what came since; null where the year has no calendar. */
    dueOn: day.nullable(),
    light,
    /** How many have their days still and have said nothing, or nothing of what came since: nobody accepts and no notice goes out until then. */
    awaited: integer,
    /** Nothing was sent or accepted yet: each may still say something else. */
    open: flag,
    units: z.array(
      z.strictObject({
        unitId: text,
        unitName: text,
        shortName: text,
        /** `awaited`, with items: they came since, and it looks at them. `silent`: its day is over, or the notice went out, and it has said nothing. */
        state: z.enum(['asks', 'nothing', 'awaited', 'silent']),
        /** Who wrote it and when; null while nobody has. */
        who: textOrNull,
        at: moment.nullable(),
        /**
         * Given back to be written anew, until when and why; null or missing where it was not, and once it is. What it asked stands
         * meanwhile.
         */
        returned: z
          .strictObject({ reason: text, who: textOrNull, at: moment, dueOn: day.nullable() })
          .nullable()
          .optional(),
        /** Whoever joins them may give it back. */
        returnable: flag.optional(),
        /** `settled`: it came since or is confirmed; of a unit that is not awaited nobody need be asked for it any more. */
        items: z.array(asked.extend({ settled: flag })),
      }),
    ),
    /** Of the next notice each thing once, with the words that it begins with: of several departments each by its name. */
    joined: z.array(asked.extend({ units: z.array(text) })),
    /** Null until the notice is answered, and once it is accepted. */
    looks: looks.nullable(),
  })
  .meta({ id: 'DepartmentDrafts' })
export type DepartmentDrafts = z.infer<typeof departmentDrafts>
