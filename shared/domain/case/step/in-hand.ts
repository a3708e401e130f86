import type { ServiceItem } from '../../service-item/item'
import { stepOf } from '../route'
import { type CaseState, openParts } from '../state'

/** The shares that the case waits for now, each of one unit: what need not be done holds nothing up. */
export const inHandAt = (item: ServiceItem, state: CaseState) =>
  openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
