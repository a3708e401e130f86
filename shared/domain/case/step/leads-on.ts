import type { StepAction } from '../../service-item/item'

/** What ends a case against who applied, holds it up or sends it back. */
const AGAINST: ReadonlySet<StepAction> = new Set([
  'decline',
  'refuse',
  'fail',
  'suspend',
  'extend',
  'return',
  'require-rectification',
  'terminate',
])

/** What gives the work to somebody else, or asks somebody else. */
const ASIDE: ReadonlySet<StepAction> = new Set([
  'transfer',
  'assign',
  'return-draft',
  'request-approval',
  'reject-approval',
])

/** Whether an act brings a case on: no other stands under the thumb or heads a row just because nothing else is left. */
const leadsOn = (action: StepAction) => !AGAINST.has(action) && !ASIDE.has(action)

/** What a row may name: one examines, and finds it good or not. What was asked to be allowed is answered. */
export const mayHeadRow = (action: StepAction, isAsked: boolean) =>
  isAsked || leadsOn(action) || action === 'fail' || action === 'refuse'
