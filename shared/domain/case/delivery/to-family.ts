import type { CaseState } from '../state'
import type { ServedPaper } from './delivery-state'
import { TAKER_POWERS, type TakerPower } from './delivery-words'
import { signedAt } from './signed-at'

/**
 * What is signed for who has died is told to the family (民法典 第13条): nobody who has died takes a paper, agrees to the phone or
 * refuses what is handed to them. What they had while they lived stays theirs. Pages, doors, the days of service and the 送达回证 all
 * ask here.
 */
export const goesToFamily = (state: CaseState, of: ServedPaper) =>
  state.isDeceased === true &&
  !(state.death?.had ?? []).some((had) => had.of === of && had.signedAt === signedAt(state, of))

/** How the paper of what ended without a decision goes, as rows and pages say it. */
export const endedHow = (isForFamily: boolean) => (isForFamily ? '要当面给家属或者寄' : '要当面给或者寄')

/** As whoever took it is called on its 送达回证: who has died lived with them or not, and gave nobody a power that outlives them. */
export const takerLabel = (power: TakerPower, isForFamily: boolean) =>
  isForFamily && power === 'family' ? '家属' : TAKER_POWERS[power].label
