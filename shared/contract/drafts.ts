import { z } from 'zod'
import { day, flag, integer, light, moment, text, textOrNull } from './primitives'

const asked = z.strictObject({
  kind: z.enum(['material', 'field']),
  name: text,
  label: text,
  reason: text,
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
        /** `settled`: it came since or is confirmed; of a unit that is not awaited nobody need be asked for it any more. */
        items: z.array(asked.extend({ settled: flag })),
      }),
    ),
    /** Each thing once, with the words that the notice begins with: of several departments each by its name. */
    joined: z.array(asked.extend({ units: z.array(text) })),
  })
  .meta({ id: 'DepartmentDrafts' })
export type DepartmentDrafts = z.infer<typeof departmentDrafts>
