import { z } from 'zod'
import { day, flag, moment, text, textOrNull } from './primitives'

/**
 * A promise that is broken while it runs: the day that was promised first; of the day in its place who named it, when and why;
 * who else was told of it by now.
 */
export const brokenPromise = z.strictObject({
  promisedOn: day,
  anew: z.strictObject({ on: day, by: text, at: moment, reason: text }).nullable(),
  /** 分管的吴德明, 县里督办的吴思雨; null where there is nobody. */
  superior: textOrNull,
  again: flag,
  /** By when a new day is to be told, as it was promised; missing once it is named, was not, or the case is refused. */
  tellBy: day.optional(),
})
