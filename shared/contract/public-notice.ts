import { z } from 'zod'
import { day, id, serviceItemId, text, textOrNull, written } from './primitives'

/** A publicity as it hangs for everybody: nothing of the person it is about. */
const publicNotice = z.strictObject({
  id,
  serviceItemId: text,
  itemName: text,
  /** Village and town; null where none is known. */
  place: textOrNull,
  organName: text,
  number: text,
  publishedOn: day,
  /** Until when anybody may object; on the day after it the notice is here no more. */
  lastOn: day,
})

export const noticesQuery = z.strictObject({
  item: serviceItemId.optional(),
  /** A village or a town. */
  unit: written.max(50).optional(),
  cursor: id.optional(),
})

/** What is put up today, the newest first, and by what it may be narrowed. */
export const publicNotices = z
  .strictObject({
    items: z.array(publicNotice),
    nextCursor: id.nullable(),
    towns: z.array(z.strictObject({ unitId: text, name: text })),
    serviceItems: z.array(z.strictObject({ id: text, name: text })),
  })
  .meta({ id: 'PublicNotices' })
export type PublicNotices = z.infer<typeof publicNotices>

/** One of them, in the words that hang; `phone`: of the organ that hears what is said against it. */
export const publicNoticePage = publicNotice
  .extend({ title: text, paragraphs: z.array(text), phone: textOrNull })
  .meta({ id: 'PublicNotice' })
export type PublicNoticePage = z.infer<typeof publicNoticePage>
