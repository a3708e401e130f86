import type { CaseSummary, CaseView } from '#shared/contract/case'
import type { Booked } from '#shared/domain/case/booked'
import { isDisowned } from '#shared/domain/case/identity'
import { stepOf } from '#shared/domain/case/route'
import { openParts } from '#shared/domain/case/state'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { Reference } from '../../service-item'
import { holdersAt } from '../lists/tasks'
import { organName, type Subject, unitName } from './subject'

/** Whoever waits is told of no visit that has gone by. */
export const toCome = (booked: Booked | null, today: PlainDate) =>
  booked !== null && booked.on >= today ? booked : null

/** With name and address of the place, where the county tells them, else with the organ. */
export function bookedView(booked: Booked | null, reference: Reference) {
  if (booked === null) return null
  const { on, half, unitId } = booked
  const point = [...reference.servicePoints.values()].find((each) => each.unitId === unitId)
  return {
    on,
    half,
    place: point ? `${point.name}，${point.address}` : unitName(reference, unitId),
  } satisfies CaseSummary['booked']
}

/** Who has it in hand, for whoever waits for it; a pool of several has no name. Null where nobody works on it. */
export function holderOf(subject: Subject): CaseView['holder'] {
  const { item, state, reference, read, caseRow } = subject
  if (state.endedAt !== null || isDisowned(state)) return null
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return null
  const { unitId, assigneeId } = open.part
  const holders = holdersAt(reference, caseRow, read.tasks, { stepKey: open.step.key, unitId })
  const name = assigneeId === null ? onlyNameOf(holders) : reference.staffName(assigneeId)
  const phone = reference.units.get(unitId)?.phone ?? reference.units.get(state.organUnitId)?.phone
  return {
    unitName: unitName(reference, unitId),
    shortName: organName(reference, unitId),
    name: name ?? null,
    phone: phone ?? null,
  }
}

const onlyNameOf = (holders: readonly { readonly name: string }[]) =>
  holders.length === 1 ? holders[0]?.name : undefined
