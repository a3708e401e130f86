/** Of a case that somebody may see, by whatever they are to it. */
export const mine = {
  authorize: { kind: 'signed-in', scope: 'own-cases-and-held-tasks' },
  principal: 'carried',
} as const

export const PDF = 'application/pdf'
/** Of one session: each holds the process for some ten milliseconds. */
export const SHEETS_A_MINUTE = 30
/** Of one session: each decides a case whole. */
export const DRAFTS_A_MINUTE = 30
export const OF_A_FILE = {
  'Content-Disposition': 'inline',
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
} as const
