import type { PlainDate } from '../../kernel/plain-date'
import type { CaseState, StepTarget } from '../state'
import { hasRefusal } from './against'
import type { OwnInApp } from './delivery-state'
import type { ServedBy } from './delivery-words'
import { firstHad, inAppOn } from './in-app'

/** The parts that an organ has refused for itself. */
const refusedParts = ({ steps }: Pick<CaseState, 'steps'>) =>
  steps.flatMap(({ key: stepKey, parts }) =>
    parts.flatMap((part) => (part.isDecision && part.outcome === 'failed' ? [{ stepKey, part }] : [])),
  )

/** Refusals that are on their phone, and that nothing has served yet: their word serves them on its day. 民事诉讼法 第90条 */
export const unservedRefusals = (state: CaseState): readonly StepTarget[] =>
  state.deliveredAt === null
    ? refusedParts(state).flatMap(({ stepKey, part: { unitId, inAppOn: on } }) =>
        on === undefined ? [{ stepKey, unitId }] : [],
      )
    : []

/**
 * What was not theirs on the phone as it was signed goes by what joins the decisions, where that reached them there; so does what
 * was refused before its own day was kept, as its reader was told.
 */
export function ownInApp(state: CaseState): readonly OwnInApp[] {
  const joined = inAppOn(state, 'result')
  return refusedParts(state).flatMap(({ stepKey, part: { unitId, inAppOn: own } }) => {
    const on = own ?? joined
    return on === null ? [] : [{ stepKey, unitId, on }]
  })
}

/**
 * On which day they have the result by it. Of several organs a grant is served by whoever hands it over, on that day, and each
 * refusal on its own (`refusedOn`): what came to their phone before is served once. 行政许可法 第44条, 民事诉讼法 第90条
 */
export function resultHad<On extends PlainDate | null>(state: CaseState, on: On, method: ServedBy) {
  const isMixed = state.decision?.kind === 'granted' && hasRefusal(state)
  const refusedOn = ownInApp(state)
  return {
    ...(isMixed ? { on } : firstHad(state, 'result', on, method)),
    ...(refusedOn.length === 0 ? {} : { refusedOn }),
  }
}
