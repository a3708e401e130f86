import type { CaseEvent } from './events'

/** Who works on it, and what time has told people of: a colleague's page stays true. */
export const DECIDES_NOTHING: ReadonlySet<CaseEvent['type']> = new Set([
  'assigned',
  'handed-over',
  'correction-reminded',
  'correction-drafted',
  'draft-returned',
  'signed',
  'promise-broken',
  'stop-overran',
  'settlers-changed',
  'approvers-changed',
  'nudged',
] satisfies CaseEvent['type'][])
