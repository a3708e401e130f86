import type { CaseState } from '#shared/domain/case/state'
import type { ApprovalKind } from '#shared/domain/case/step/approval-state'
import { type Answering, answeredUntil, approversFor, superiorsOf } from '#shared/domain/case/step/approvers'
import { isBarred, type WhoseCase } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { longLeaveUntil, spanUntil } from '#shared/domain/organization/duty'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../service-item'

interface At extends WhoseCase {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
}

/** Who answers a request, as it is made, as it is looked at again, and as doors and pages tell it; and who hears what nobody did in time. */
export function approversIn({ item, state, ownStaff, reference, now }: At) {
  const of = { item, state }
  const { calendar } = reference
  const isWorkingDay = provisionalWorkingDay(calendar)
  const answering = (askedBy: string | null, until: PlainDate): Answering => ({
    isBarred: ({ id }) => id === askedBy || isBarred({ state, ownStaff }, id),
    isWorkingDay,
    span: spanUntil(now, until),
  })
  return {
    approversOf: (kind: ApprovalKind, unitId: string, askedBy: string | null) => {
      const asked = answering(askedBy, answeredUntil(of, kind, { now, calendar }))
      return approversFor(reference, of, kind, unitId, asked)
    },
    superiorsOf: (unitId: string) =>
      superiorsOf(reference, unitId, answering(null, longLeaveUntil(dayIn(now)))),
  }
}
