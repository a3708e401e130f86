import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { settlersChanged } from '#shared/domain/case/revocation/settlers'
import type { CaseState } from '#shared/domain/case/state'
import { approversChanged } from '#shared/domain/case/step/approvers'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import type { Reference } from '../service-item'
import { approversIn } from './approvers'
import type { OwnedCase } from './case-row'
import { handlersIn } from './lists/signers'
import { stateOnTime } from './on-time'
import { type FoundCase, itemOf, type Viewer, viewerOf } from './standing'

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
  const { calendar } = reference
  const handlersOf = handlersIn({ ...whose, reference, now })
  return [
    ...settlersChanged({ item, state }, { now, calendar, handlersOf }),
    ...approversChanged({ item, state }, { now, ...approversIn({ ...whose, item, reference, now }) }),
  ]
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

type Found = FoundCase<OwnedCase>

/** A case as who is there now makes it: whose it has become may read it before a job has written so. */
export const foundNow = (found: Found, reference: Reference, now: Instant): Found => {
  const { caseRow } = found
  return {
    ...found,
    caseRow: { ...caseRow, state: stateNow(itemOf(reference, caseRow), caseRow, reference, now) },
  }
}

/** What who asks is to a case; null when it must not be known to them. */
export function viewerNow(
  found: Found,
  principal: Principal,
  reference: Reference,
  now: Instant,
): Viewer | null {
  const item = itemOf(reference, found.caseRow)
  const viewer = viewerOf(item, found, principal)
  if (viewer === 'applicant' || viewer === 'staff' || principal.staffId === null) return viewer
  return viewerOf(item, foundNow(found, reference, now), principal) === 'staff' ? 'staff' : viewer
}
