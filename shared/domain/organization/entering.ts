import type { StaffRole } from './staff'

/** The places at which an application is typed for whoever comes. */
export type EntryChannel = 'village' | 'window'

/** The roles that type it, by where they sit. */
export const ENTERS_AT: Readonly<Record<EntryChannel, readonly StaffRole[]>> = {
  village: ['village-agent'],
  window: ['town-window', 'window', 'dept-window', 'project-officer'],
}

/** Where whoever holds such a post types it: who has one of each kind sits at the window. */
export const entersAt = (roles: readonly StaffRole[]): EntryChannel =>
  roles.some((role) => ENTERS_AT.window.includes(role)) ? 'window' : 'village'

/** How the applicant agreed that it is typed for them (个人信息保护法 第13、14条). */
export const ENTRY_CONSENTS = ['signed', 'spoken'] as const
export type EntryConsent = (typeof ENTRY_CONSENTS)[number]

const SAID: Readonly<Record<EntryConsent, string>> = { signed: '签字', spoken: '口头' }

/** As it is told to the applicant and to staff; for a child under fourteen a guardian agrees (第31条). */
export const entryConsentWords = (consent: EntryConsent, isUnderFourteen: boolean): string =>
  `${isUnderFourteen ? '监护人' : '本人'}${SAID[consent]}同意代录`
