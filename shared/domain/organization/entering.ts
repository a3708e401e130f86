import type { StaffRole } from './staff'

/** The places at which an application is typed for whoever comes. */
export type EntryChannel = 'village' | 'window'

/** The roles that type it, by where they sit. */
export const ENTERS_AT: Readonly<Record<EntryChannel, readonly StaffRole[]>> = {
  village: ['village-agent'],
  window: ['town-window', 'window', 'dept-window', 'project-officer'],
}

/** Whoever types it anywhere. */
export const ENTERING: readonly StaffRole[] = [...ENTERS_AT.village, ...ENTERS_AT.window]

/** Where whoever holds such a post types it: who has one of each kind sits at the window. */
export const entersAt = (roles: readonly string[]): EntryChannel =>
  ENTERS_AT.window.some((role) => roles.includes(role)) ? 'window' : 'village'

/**
 * How whoever came agreed that it is typed (个人信息保护法 第13、14条): by word, after it was read to them or, `signed`, after
 * they read it themselves. No sheet is signed for either; the name is what cases keep.
 */
export const ENTRY_CONSENTS = ['signed', 'spoken'] as const
export type EntryConsent = (typeof ENTRY_CONSENTS)[number]

const SAID: Readonly<Record<EntryConsent, string>> = { signed: '看过后口头', spoken: '口头' }

/** Of a case's state, or of its filing. */
export interface Agreement {
  readonly consent?: EntryConsent
  readonly consentBy?: 'agent'
  readonly applicant?: { readonly underFourteen?: boolean | null } | null
}

/** As it is told to the applicant and to staff; for a child under fourteen a guardian agrees (第31条). Null where nobody was asked. */
export function entryConsentWords({ consent, consentBy, applicant }: Agreement): string | null {
  if (consent === undefined) return null
  const who = applicant?.underFourteen ? '监护人' : consentBy === 'agent' ? '来办的人' : '本人'
  return `${who}${SAID[consent]}同意代录`
}
