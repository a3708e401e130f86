import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { StepAction } from '#shared/domain/service-item/item'
import { isGrave } from './action-forms'

const LETTERS: Readonly<Partial<Record<StepAction, string>>> = {
  accept: 'r',
  'request-correction': 'b',
  'draft-correction': 'b',
  decline: 'f',
  refuse: 'f',
  fail: 'f',
  transfer: 't',
  assign: 't',
}

/** The key of an action at a desk; g is the main consent, whatever the step calls it. */
export const letterOf = (one: AllowedAction, main: AllowedAction | undefined) =>
  LETTERS[one.action] ?? (one === main && !isGrave(one) ? 'g' : undefined)
