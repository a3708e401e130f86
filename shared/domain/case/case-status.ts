export const CASE_STATUSES = [
  'submitted',
  'correcting',
  'declined',
  'accepted',
  'examining',
  'suspended',
  'granted',
  'refused',
  'concluded',
  'delivered',
  'withdrawn',
  'terminated',
  'revoked',
] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** Nothing more can happen to the case itself; follow-up checks may still be open. */
export const ENDED = {
  submitted: false,
  correcting: false,
  declined: true,
  accepted: false,
  examining: false,
  suspended: false,
  granted: false,
  refused: false,
  concluded: false,
  delivered: true,
  withdrawn: true,
  terminated: true,
  revoked: true,
} as const satisfies Record<CaseStatus, boolean>
