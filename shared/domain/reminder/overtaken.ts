import type { CaseEventType } from '../case/events'
import type { UrgentLight } from './due-message'

// What happened while a message waited for its hour may have made it untrue: then no phone rings for it. What is not named here is
// overtaken by nothing: a decision, a notice of the law, an end, a promise that was not kept.

type Told = Partial<Record<CaseEventType, readonly CaseEventType[]>>

const STOPPED = ['declined', 'withdrawn', 'terminated'] as const
const OVER = [...STOPPED, 'granted', 'refused', 'concluded'] as const
const ANSWERED = ['supplemented', 'correction-lapsed', ...OVER] as const

/** Of what applicants are told: after which later events of its case it is so no more. */
export const UNTRUE_AFTER = {
  'correction-requested': ANSWERED,
  'correction-reminded': ANSWERED,
  accepted: OVER,
  verified: OVER,
  'notice-published': OVER,
  'correction-lapsed': OVER,
  'clock-resumed': OVER,
  'promised-anew': OVER,
  'rectification-required': STOPPED,
} as const satisfies Told

/** What says no more than how far it is: the next message of the case that rings by the same consent says it too. */
export const CALM = [
  'accepted',
  'verified',
  'notice-published',
  'correction-lapsed',
] as const satisfies readonly CaseEventType[]

/** Of staff, what calls to work of a case, and to which: as long as they have such work open it holds. */
export const CALLS_TO = {
  task: 'share',
  approval: 'approval',
  'due-soon': 'any',
  'due-today': 'any',
  'due-late': 'any',
} as const satisfies Record<'task' | 'approval' | `due-${UrgentLight['kind']}`, 'share' | 'approval' | 'any'>
