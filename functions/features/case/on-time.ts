import type { CaseContext } from '#shared/domain/case/context'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { decideOnTime } from '#shared/domain/case/step/decide-on-time'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../service-item'
import type { OwnedCase } from './case-row'
import { correctionRuleOf } from './county-days'
import { currentState } from './current-state'
import { isApplicantReached } from './standing'

type Reach = Pick<OwnedCase, 'owners' | 'applicantIndex' | 'state'>

const reachOf = ({ owners, applicantIndex, state }: Partial<Reach>) =>
  owners === undefined || applicantIndex === undefined || state === undefined
    ? undefined
    : isApplicantReached({ owners, applicantIndex, state })

/** `reaches`: a message comes to the applicant's own account; a list that does not know it takes it that it does. */
export const timeContext = (
  now: Instant,
  reference: Pick<Reference, 'calendar' | 'fact'>,
  reaches = true,
): CaseContext => ({
  now,
  calendar: reference.calendar,
  correctionRule: correctionRuleOf(reference),
  actor: { kind: 'system' },
  poolsOf: () => [],
  signersAt: () => [],
  standInsAt: () => [],
  leadersAt: () => [],
  isReached: true,
  isApplicantReached: reaches,
  handlersOf: () => [],
  approversOf: () => [],
})

/**
 * What a day that is over has brought about, though the job of the night has not written it yet: silence has accepted, a
 * notice has ended. The one reminder is left to the job: whoever acts on that day needs none.
 */
export const broughtByTime = (
  item: ServiceItem,
  state: CaseState,
  reference: Pick<Reference, 'calendar' | 'fact'>,
  now: Instant,
  reaches?: boolean,
): readonly CaseEvent[] =>
  decideOnTime(item, state, timeContext(now, reference, reaches)).filter(
    ({ type }) => type !== 'correction-reminded',
  )

/** The state that verbs decide by and pages show. */
export function stateOnTime(
  item: ServiceItem,
  caseRow: Parameters<typeof currentState>[1] & Partial<Reach>,
  reference: Pick<Reference, 'calendar' | 'fact'>,
  now: Instant,
): CaseState {
  const state = currentState(item, caseRow, now)
  return broughtByTime(item, state, reference, now, reachOf(caseRow)).reduce<CaseState>(
    (next, event) => evolve(item, next, event),
    state,
  )
}
