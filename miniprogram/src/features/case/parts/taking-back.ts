import type { CaseView } from '#shared/contract/case'
import type { CaseLanes } from '#shared/contract/lanes'
import { takingBackNote } from '#shared/domain/case/outcome/taking-back-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'

type TakingBack = NonNullable<CaseView['takingBack']>

/** Why and until when, today. */
export const noteOfTakingBack = ({ by, isHolders }: TakingBack) =>
  takingBackNote({ by: by as PlainDate | null, isHolders }, today() as PlainDate)

/** Of one of several organs its own day; whose it is goes by the case. */
export const takingBackIn = (
  { isTakingBack = false, takingBackBy = null }: Partial<CaseLanes['units'][number]>,
  of: CaseView['takingBack'],
): TakingBack | null => (isTakingBack ? { by: takingBackBy, isHolders: of?.isHolders ?? false } : null)
