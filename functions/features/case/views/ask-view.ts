import type { CaseView } from '#shared/contract/case'
import type { Standing } from '#shared/domain/case/outcome'
import { whomToAsk } from '../../service-item'
import { decidedAgainst } from './against-view'
import { partInHand } from './holder-view'
import type { Subject } from './subject'

/**
 * Whom the applicant asks: the organ that signed what was decided against them, else who has it in hand, else the organ that
 * decides (ADR 0070).
 */
export function askOf(subject: Subject, standing: Pick<Standing, 'key'>): CaseView['ask'] {
  const { state, reference, now } = subject
  const organ = decidedAgainst(subject, standing)?.organ ?? partInHand(subject)?.part.unitId
  return whomToAsk(reference, organ ?? state.organUnitId, state.organUnitId, now)
}
