import type { Applicant } from '../state'

interface Looked {
  /** Typed by staff, and taken over by nobody yet. */
  readonly isEntered: boolean
  readonly applicantIndex: string | null
  /** Null before it was kept. */
  readonly applicant: Pick<Applicant, 'kind' | 'underFourteen'> | null
}

const SEEN = '在小程序“印象办事”的“我的办件”里看得到'

/**
 * Who sees on a phone how far a case is, for a paper that anybody may come to hold: no code on it could open the case for
 * who may not see it. Null where no phone shows it yet.
 */
export function lookingWords({ isEntered, applicantIndex, applicant }: Looked): string | null {
  if (!isEntered) return `办这件的人登录以后，${SEEN}`
  if (applicantIndex === null || applicant?.underFourteen) return null
  return applicant?.kind === 'firm'
    ? `有这家企业委托的人，登录以后，${SEEN}`
    : `本人用微信登记、核过身份，${SEEN}`
}
