import type { Pool } from '#shared/domain/case/context'
import type { CaseState } from '#shared/domain/case/state'
import type { Approval, ApprovalKind } from '#shared/domain/case/step/approval-state'
import {
  type Answering,
  answeredUntil,
  approversFor,
  heldOf,
  isAbsent,
} from '#shared/domain/case/step/approvals'
import { isBarred, type WhoseCase } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import { lastDayOf } from '#shared/domain/organization/duty'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../service-item'

interface At extends WhoseCase {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Reference
  readonly now: Instant
}

/** Who answers a request: as it is made, as it is looked at again, and as doors and pages tell it. */
export function approversIn({ item, state, ownStaff, reference, now }: At) {
  const of = { item, state }
  const today = dayIn(now)
  const { calendar } = reference
  const isWorkingDay = provisionalWorkingDay(calendar)
  const answering = (kind: ApprovalKind, askedBy: string | null): Answering => ({
    isBarred: ({ id }) => id === askedBy || isBarred({ state, ownStaff }, id),
    isWorkingDay,
    span: {
      from: { day: today, minute: minuteOfDayIn(now) },
      until: lastDayOf(today, answeredUntil(of, kind, { now, calendar })),
    },
  })
  return {
    approversOf: (kind: ApprovalKind, unitId: string, askedBy: string | null) =>
      approversFor(reference, of, kind, unitId, answering(kind, askedBy)),
    isAnswered: (asked: Approval, pools: readonly Pool[]) =>
      heldOf(reference, pools, isAbsent(answering(asked.for, asked.askedBy))).length > 0,
  }
}
