import type { CaseState } from './state'

/** Both ways stand in it: who reads it may be the applicant or whoever filed for them. */
const AWAITED = {
  person: '要核一次身份才能办结：本人在微信里核，或带身份证到窗口',
  firm: '要出示这家企业的委托才能办结：带委托书到窗口',
} as const
/** For whoever is known already to be the applicant, or to act for the firm, and has only to take the case over. */
const OWNERS = {
  person: '要核一次身份才能办结：你的身份核过了，接过来就行',
  firm: '要有这家企业的委托才能办结：你有委托，接过来就行',
} as const

/** For whoever is confirmed with the applicant's number, beside which the case has another name: WeChat knows no more. */
const OTHER_NAME = '要核一次身份才能办结：名字和你核过的不一样，带身份证到窗口核'

/** What the reader is to the case: it is theirs to take over, or its name beside their number is not theirs. */
export type AwaitedReader = 'takes-it' | 'other-name' | 'any'

type Standing = Pick<CaseState, 'identityConfirmed' | 'decision' | 'endedAt' | 'applicant'>

/**
 * Whose identity still has to be shown: nothing is granted, paid or handed over before. Null when it was shown, or when
 * nothing is left that it could hold up.
 */
export const awaitedIdentity = ({ identityConfirmed, decision, endedAt, applicant }: Standing) =>
  identityConfirmed || decision || endedAt ? null : (applicant?.kind ?? 'person')

/** The same for whoever waits for the case; null when nothing is asked of them. */
export function awaitedIdentityWords(state: Standing, reader: AwaitedReader = 'any'): string | null {
  const kind = awaitedIdentity(state)
  if (kind === null) return null
  if (reader === 'other-name') return OTHER_NAME
  return (reader === 'takes-it' ? OWNERS : AWAITED)[kind]
}
