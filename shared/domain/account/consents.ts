/** What a person can agree to by a tick of its own. 个人信息保护法 第13条、第14条、第29条 */
export const CONSENT_PURPOSES = ['phone', 'identity', 'sensitive'] as const
type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

/** Of the words beside the ticks: the day on which they last changed. */
export const CONSENT_VERSION = '2026-11-27'

/** To which words a person agreed. */
export interface GivenConsent {
  readonly purpose: ConsentPurpose
  readonly version: string
}
