import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { settlersChanged } from '#shared/domain/case/revocation/settlers'
import type { ApprovalKind, CaseState } from '#shared/domain/case/state'
import { approversChanged, approversFor } from '#shared/domain/case/step/approvals'
import { isBarred } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../service-item'
import type { OwnedCase } from './case-row'
import { awayUntil, handlersIn } from './lists/signers'
import { stateOnTime } from './on-time'

/**
 * What has become of whose it is to settle what waits, and to answer what was asked, though no job has written it yet: doors and pages
 * go by who is there now.
 */
export function settlersNow(
  item: ServiceItem,
  { ownStaff }: Pick<OwnedCase, 'ownStaff'>,
  state: CaseState,
  reference: Reference,
  now: Instant,
): readonly CaseEvent[] {
  const whose = { state, ownStaff }
  const isAway = awayUntil({ reference, now }, dayIn(now))
  const context = {
    now,
    calendar: reference.calendar,
    handlersOf: handlersIn({ ...whose, reference, now }),
    approversOf: (kind: ApprovalKind, unitId: string) =>
      approversFor(
        reference,
        { item, state },
        kind,
        unitId,
        (member) => isBarred(whose, member.id) || isAway(member),
      ),
  }
  return [...settlersChanged({ item, state }, context), ...approversChanged(state, context)]
}

/** The state that pages show: what a day has brought about, and who is there. */
export function stateNow(
  item: ServiceItem,
  caseRow: OwnedCase,
  reference: Reference,
  now: Instant,
): CaseState {
  const onTime = stateOnTime(item, caseRow, reference, now)
  return settlersNow(item, caseRow, onTime, reference, now).reduce<CaseState>(
    (state, event) => evolve(item, state, event),
    onTime,
  )
}
