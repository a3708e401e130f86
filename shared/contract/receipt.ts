import { z } from 'zod'
import { text, textOrNull } from './primitives'

/** 收件回执, what whoever came takes home, or 申请书, what was filed. It says no more than the case's own page says to who asks, and names nobody in full. */
export const caseReceipt = z
  .strictObject({
    title: text,
    /** Where it was typed, null for who filed it on their own phone; of a 申请书 what it asks for. */
    place: textOrNull,
    rows: z.array(z.strictObject({ label: text, text: text })),
    /** In groups, to be read out and typed. */
    number: text,
    notes: z.array(text),
    /** Where it is of no force; null on a real one. */
    mark: textOrNull,
  })
  .meta({ id: 'CaseReceipt' })
export type CaseReceipt = z.infer<typeof caseReceipt>
