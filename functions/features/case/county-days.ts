import { SETTLE_DAYS } from '#shared/domain/case/revocation/settling'
import type { CorrectionRule } from '#shared/domain/case/state'
import type { Reference } from '../service-item'

/** What the county gives to answer a notice; the fact says more for people to read. */
export function correctionRuleOf({ fact }: Pick<Reference, 'fact'>): CorrectionRule {
  const { limitDays, graceDays } = fact<CorrectionRule>('correction-rule')
  return { limitDays, graceDays }
}

/** Of a county whose rule does not say. */
const SPEAK_DAYS = 5

/** Working days to speak before a decision is revoked. */
export const speakDaysOf = ({ fact }: Pick<Reference, 'fact'>): number =>
  fact<{ readonly speakDays?: number }>('correction-rule').speakDays ?? SPEAK_DAYS

/** Working days to settle what is proposed after a decision. */
export const settleDaysOf = ({ fact }: Pick<Reference, 'fact'>): number =>
  fact<{ readonly settleDays?: number }>('correction-rule').settleDays ?? SETTLE_DAYS
