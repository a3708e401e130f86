import type { ServiceItem } from '../../service-item/item'
import { stepOf } from '../route'

/** 办好以后再查, as every page and message names it. */
export const CHECK_FAILED = '再查，情况不符'

interface Outcome {
  readonly type: string
  readonly stepKey?: string | null
  readonly outcome?: string
}

/** A check after the decision that found it otherwise than it was said to be */
export const isFailedCheck = (item: ServiceItem, { type, stepKey, outcome }: Outcome) =>
  (type === 'verified' || type === 'examined') &&
  outcome === 'failed' &&
  typeof stepKey === 'string' &&
  stepOf(item, stepKey).followUp
