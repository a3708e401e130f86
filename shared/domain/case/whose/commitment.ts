import { fullDay } from '../../kernel/day-words'
import { exhaustive } from '../../kernel/exhaustive'
import { clockWords, dayIn, type Instant, minuteOfDayIn } from '../../kernel/plain-date'
import type { EntryConsent } from '../../organization/entering'

/** 我保证, ticked for just these answers and papers (行政许可法 第31条): whatever changes them afterwards is found by it. */
export interface Commitment {
  readonly at: Instant
  /** Names what it was ticked for. */
  readonly answersDigest: string
  /** Missing before it was recorded. */
  readonly by?: TickedBy
}

/**
 * Who ticked it: whoever applies or somebody for them, on a phone of their own; or staff at a counter, who had read it to the
 * applicant, or to whoever came.
 */
export type TickedBy = 'applicant' | 'agent' | 'read-to-applicant' | 'read-to-comer'

/** Of an event that brings answers. */
export const committedBy = ({
  isCommitted,
  tickedBy,
  at,
  answersDigest,
}: {
  readonly isCommitted?: true
  readonly tickedBy?: TickedBy
  readonly at: Instant
  readonly answersDigest: string
}): {
  readonly commitment?: Commitment
} =>
  isCommitted
    ? { commitment: { at, answersDigest, ...(tickedBy === undefined ? {} : { by: tickedBy }) } }
    : {}

/** Of a case's state. */
interface Committed {
  readonly commitment?: Commitment
  readonly answersDigest: string
  readonly consent?: EntryConsent
  readonly consentBy?: 'agent'
  readonly applicant?: { readonly kind: 'person' | 'firm'; readonly underFourteen?: boolean | null } | null
  readonly identityConfirmed?: boolean
  readonly confirmedBy?: string | null
  readonly takenOverAt?: Instant | null
}

export const commitmentFits = ({ commitment, answersDigest }: Committed) =>
  commitment?.answersDigest === answersDigest

/** A number that was typed proves nothing: whoever filed it is the applicant once WeChat has confirmed them, and nobody took it over since. */
const isProven = ({ identityConfirmed, confirmedBy, takenOverAt, commitment }: Committed) =>
  identityConfirmed === true &&
  confirmedBy === 'wechat' &&
  (!takenOverAt || (commitment !== undefined && commitment.at >= takenOverAt))

const READ = '工作人员勾了“念过了”，不是本人勾的，也没有签名'

function whoTicked(state: Committed, by: TickedBy): string {
  const { applicant } = state
  const person = applicant?.underFourteen ? '监护人' : '本人'
  switch (by) {
    case 'applicant':
      if (applicant?.kind === 'firm') return '替这家办的人在自己手机上勾了“我保证”'
      return isProven(state)
        ? '本人在自己手机上勾了“我保证”'
        : '交这件的人在自己手机上勾了“我保证”，写的是给自己办'
    case 'agent':
      return '替申请人办的人在自己手机上勾了“我保证”，不是本人勾的'
    case 'read-to-applicant':
      return `念给${person}听了，${person}说同意，${READ}`
    case 'read-to-comer':
      return `念给来办的人听了，来的人说同意，${READ}`
    default:
      return exhaustive(by)
  }
}

/** Before it was recorded who ticked, it is told by how it came in. */
const tickedBefore = ({ consent, consentBy }: Committed) =>
  consent === undefined
    ? '勾了“我保证”'
    : `念给${consentBy === 'agent' ? '来办的人' : '本人'}听过，勾了“念过了”`

/** What the paper and every page say of it; null where nobody ticked. Of nobody it is said that they ticked or signed who did not. */
export function commitmentWords(state: Committed): string | null {
  const { commitment } = state
  if (!commitment) return null
  const when = `${fullDay(dayIn(commitment.at))} ${clockWords(minuteOfDayIn(commitment.at))}`
  const how = commitment.by === undefined ? tickedBefore(state) : whoTicked(state, commitment.by)
  return commitmentFits(state)
    ? `${when} ${how}：填的都是真的，同意核对。从那以后内容没改过。`
    : `${when} ${how}。后来内容改过，那次保证管不到改的地方，要重新勾。`
}
