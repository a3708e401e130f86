/** When a resident may be disturbed again, of whom a load of 24 November 2026 has used up the day. */
export const MORROW = '2026-11-25T00:00:00.000Z'
