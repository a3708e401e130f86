import { z } from 'zod'
import { text, textOrNull } from './primitives'

/** 收件回执, what whoever came takes home, or 申请书, what was filed. It says no more than the case's own page says to who asks; on paper it names whom it is given to. */
export const caseReceipt = z
  .strictObject({
    title: text,
    /** Where it was typed, null for who filed it on their own phone; of a 申请书 what it asks for. */
    place: textOrNull,
    rows: z.array(z.strictObject({ label: text, text: text })),
    /** In groups, to be read out and typed. */
    number: text,
    notes: z.array(text),
    /** What a phone reads, the address of a picture, and what it is for; null on a 申请书, missing in what an older server has answered. */
    scan: z.strictObject({ words: text, picture: text }).nullable().optional(),
    /** Where it is of no force; null on a real one. */
    mark: textOrNull,
    /** `staff`: it is somebody else's, and stays on no phone that has read it. */
    viewer: z.enum(['applicant', 'staff']),
  })
  .meta({ id: 'CaseReceipt' })
export type CaseReceipt = z.infer<typeof caseReceipt>
