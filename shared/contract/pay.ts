import { z } from 'zod'
import { day, flag, text, textOrNull } from './primitives'

/**
 * What is paid: in words, from when (2026年12月; null where once), to the card that ends so, and when; `announced`: the
 * payment is recorded and told. Null where nothing is paid.
 */
export const payView = z.strictObject({
  amount: text,
  from: textOrNull,
  card: textOrNull,
  paidOn: day.nullable(),
  announced: flag,
})
