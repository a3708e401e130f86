import { z } from 'zod'
import { isWrittenInLines } from '#shared/domain/kernel/written'
import { id, written } from './primitives'

export const rateCase = z
  .strictObject({
    /** 1 非常满意 … 5 非常不满意 */
    level: z.int().min(1).max(5),
    reasons: z.array(written.max(20)).max(8).default([]),
    comment: z.string().trim().max(500).refine(isWrittenInLines).optional(),
  })
  .meta({ id: 'RateCase' })
export const rated = z.strictObject({ caseId: id, level: z.int() }).meta({ id: 'Rated' })
