import type { CaseEventType } from '#shared/domain/case/events'

/**
 * The kinds of events that no move brings, and why. Each other one has to come of a move at least once: what is never
 * reached is tried by nothing.
 */
const BY_NO_MOVE: readonly CaseEventType[] = [
  // What every case begins with.
  'filed',
  // Of another case, the one whose certificate it renews: tests/product/renewal-of-revoked.test.ts.
  'renewed-revoked',
  // No guide of the pack has all of a role sign: joint-signing.properties.test.ts.
  'signed',
  // Of one case, by a paper that somebody brings: record-death.test.ts, tests/product/death-recorded.test.ts.
  'applicant-death-recorded',
  'death-record-withdrawn',
  // Who works where changes no case: tests/product/approvers-gone.test.ts.
  'approvers-changed',
]

const EVERY = {
  filed: 0,
  verified: 0,
  accepted: 0,
  declined: 0,
  'correction-requested': 0,
  'correction-reminded': 0,
  supplemented: 0,
  added: 0,
  'applicant-named': 0,
  'taken-over': 0,
  disowned: 0,
  'correction-drafted': 0,
  'draft-returned': 0,
  'correction-lapsed': 0,
  signed: 0,
  examined: 0,
  returned: 0,
  transferred: 0,
  assigned: 0,
  'handed-over': 0,
  'visit-recorded': 0,
  'visit-signed': 0,
  'rectification-required': 0,
  'clock-suspended': 0,
  'clock-resumed': 0,
  'stop-overran': 0,
  'limit-extended': 0,
  'approval-requested': 0,
  'approval-rejected': 0,
  'approval-lapsed': 0,
  'approvers-changed': 0,
  'promise-broken': 0,
  'promised-anew': 0,
  'notice-published': 0,
  'notice-closed': 0,
  'objection-recorded': 0,
  'identity-confirmed': 0,
  granted: 0,
  refused: 0,
  'payment-recorded': 0,
  concluded: 0,
  delivered: 0,
  withdrawn: 0,
  terminated: 0,
  undone: 0,
  'dates-filled': 0,
  'dates-moved': 0,
  'renewed-revoked': 0,
  nudged: 0,
  'decision-corrected': 0,
  'revocation-advised': 0,
  'advice-declined': 0,
  'revocation-proposed': 0,
  'settlers-changed': 0,
  'hearing-dated': 0,
  'holder-heard': 0,
  'decision-kept': 0,
  'decision-revoked': 0,
  'delivery-chosen': 0,
  posted: 0,
  'post-returned': 0,
  announced: 0,
  served: 0,
  'applicant-death-recorded': 0,
  'death-record-withdrawn': 0,
} as const satisfies Record<CaseEventType, 0>

/** What moves should bring and never did. */
export const neverReached = (counts: Partial<Record<CaseEventType, number>>): readonly CaseEventType[] =>
  (Object.keys(EVERY) as CaseEventType[]).filter(
    (type) => !BY_NO_MOVE.includes(type) && (counts[type] ?? 0) === 0,
  )
