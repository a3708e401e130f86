import { z } from 'zod'
import { moment, text, textOrNull } from './primitives'

/** Nothing but that it should go on. */
export const nudgeCase = z.strictObject({}).meta({ id: 'NudgeCase' })

export const caseNudged = z
  .strictObject({
    toldAt: moment,
    /** From when on the case may be nudged again, by whomever. */
    nextAllowedAt: moment,
    /** Whose people were told, by name. */
    told: text,
  })
  .meta({ id: 'CaseNudged' })
export type CaseNudged = z.infer<typeof caseNudged>

/** What is asked before it, and what stands in its way. */
export const nudgeView = z.strictObject({
  /** Whose people would be told: 梅渚镇; null where nobody is there. */
  to: textOrNull,
  /** 正在审核的孙志远; where several could, none is named. */
  whom: text,
  /** Null where it may be now. */
  nextAllowedAt: moment.nullable(),
})
