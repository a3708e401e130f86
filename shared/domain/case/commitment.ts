import { fullDay } from '../kernel/day-words'
import { clockWords, dayIn, type Instant, minuteOfDayIn } from '../kernel/plain-date'
import type { EntryConsent } from '../organization/entering'

/** 我保证, ticked for just these answers and papers (行政许可法 第31条): whatever changes them afterwards is found by it. */
export interface Commitment {
  readonly at: Instant
  /** Names what it was ticked for. */
  readonly answersDigest: string
}

/** Of an event that brings answers. */
export const committedBy = ({
  isCommitted,
  at,
  answersDigest,
}: {
  readonly isCommitted?: true
  readonly at: Instant
  readonly answersDigest: string
}): {
  readonly commitment?: Commitment
} => (isCommitted ? { commitment: { at, answersDigest } } : {})

/** Of a case's state. */
interface Committed {
  readonly commitment?: Commitment
  readonly answersDigest: string
  readonly consent?: EntryConsent
  readonly consentBy?: 'agent'
}

export const commitmentFits = ({ commitment, answersDigest }: Committed) =>
  commitment?.answersDigest === answersDigest

/** What the paper and every page say of it; null where nobody ticked. */
export function commitmentWords(state: Committed): string | null {
  const { commitment, consent, consentBy } = state
  if (!commitment) return null
  const when = `${fullDay(dayIn(commitment.at))} ${clockWords(minuteOfDayIn(commitment.at))}`
  if (!commitmentFits(state)) return `${when} 勾过“我保证”。后来内容改过，那次保证管不到改的地方，要重新勾。`
  const how =
    consent === undefined
      ? '勾了“我保证”'
      : `念给${consentBy === 'agent' ? '来办的人' : '本人'}听过，勾了“念过了”`
  return `${when} ${how}：填的都是真的，同意核对。从那以后内容没改过。`
}
