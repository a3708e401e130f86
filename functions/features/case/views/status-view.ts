import { lightAt } from '#shared/domain/case/clock/case-light'
import type { CaseState } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { correctionBasis } from '../due-view'
import type { ViewContext } from './subject'

/** Until when an open notice may be answered, with how much of that is left; null while none is open. */
export function correctionDates(
  item: ServiceItem,
  state: CaseState,
  { reference: { calendar }, now }: Pick<ViewContext, 'reference' | 'now'>,
) {
  const found = correctionBasis(item, state, calendar)
  if (!found) return null
  const { basis, ...date } = found
  return { ...date, light: lightAt(basis, dayIn(now), calendar) }
}
