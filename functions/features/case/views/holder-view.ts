import type { CaseSummary, CaseView } from '#shared/contract/case'
import type { ToldBooking } from '#shared/domain/case/booked'
import { isDisowned } from '#shared/domain/case/identity'
import { stepOf } from '#shared/domain/case/route'
import { openParts } from '#shared/domain/case/state'
import { organName, unitName } from '#shared/domain/organization/registry'
import { type Reference, whomToAsk } from '../../service-item'
import { heldAt, holdersAt } from '../lists/tasks'
import { placeOf } from './pay-view'
import type { Subject } from './subject'

/** With name and address of the place, where the county tells them, else with the organ. */
export function bookedView(booked: ToldBooking | null, reference: Reference) {
  if (booked === null) return null
  const { on, half, unitId, over } = booked
  return {
    on,
    half,
    place: placeOf(reference, unitId),
    over,
  } satisfies CaseSummary['booked']
}

/** Who has it in hand, for whoever waits for it; a pool of several has no name. Null where nobody works on it. */
export function holderOf(subject: Subject): CaseView['holder'] {
  const { item, state, reference, read, caseRow, now } = subject
  if (state.endedAt !== null || isDisowned(state)) return null
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return null
  const { unitId } = open.part
  const share = { stepKey: open.step.key, unitId }
  // Work of who has left is the pool's again, while the case still tells to whom it was given.
  const given = heldAt(read.tasks, share).flatMap(({ assigneeId }) => assigneeId ?? [])[0]
  const name =
    given === undefined
      ? onlyNameOf(holdersAt(reference, caseRow, read.tasks, share))
      : reference.staff.get(given)?.name
  return {
    unitName: unitName(reference, unitId),
    shortName: organName(reference, unitId),
    name: name ?? null,
    ask: whomToAsk(reference, unitId, state.organUnitId, now),
  }
}

const onlyNameOf = (holders: readonly { readonly name: string }[]) =>
  holders.length === 1 ? holders[0]?.name : undefined
