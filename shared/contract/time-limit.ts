import { z } from 'zod'
import { day, text } from './primitives'

/** Ten years: no limit of a guide or a law counts further in days. */
const MOST_DAYS = 3650

/** A limit to count out. `start` is not counted itself; `working`: 工作日, `calendar`: 自然日. */
export const dueDateQuery = z.strictObject({
  start: day,
  days: z
    .string()
    .regex(/^(0|[1-9]\d{0,3})$/)
    .transform(Number)
    .pipe(z.int().max(MOST_DAYS)),
  unit: z.enum(['working', 'calendar']),
})

/** The last day of a limit and how it was counted: as many days are counted as it has, the last of them `dueOn`. */
export const dueDate = z
  .strictObject({
    dueOn: day,
    counted: z.array(day),
    /** Between start and last day; `reason`: 周末 or 放假. */
    skipped: z.array(z.strictObject({ on: day, reason: text })),
  })
  .meta({ id: 'DueDate' })
export type DueDate = z.infer<typeof dueDate>
