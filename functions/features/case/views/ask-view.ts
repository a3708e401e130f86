import type { CaseView } from '#shared/contract/case'
import { organsAtWork } from '#shared/domain/case/outcome/now-words'
import type { Standing } from '#shared/domain/case/outcome/outcome'
import { whomToAsk } from '../../service-item'
import { decidedAgainst } from './against-view'
import { partInHand } from './holder-view'
import type { Subject } from './subject'

/**
 * Whom the applicant asks: the organ that signed what was decided against them, else who has it in hand, else (and where several
 * have it in hand at one time) the organ that answers for the whole (ADR 0070).
 */
export function askOf(subject: Subject, standing: Pick<Standing, 'key'>): CaseView['ask'] {
  const { state, reference, now } = subject
  const inHand = organsAtWork(subject.item, state) > 1 ? undefined : partInHand(subject)?.part.unitId
  const organ = decidedAgainst(subject, standing)?.organ ?? inHand
  return whomToAsk(reference, organ ?? state.organUnitId, state.organUnitId, now)
}
