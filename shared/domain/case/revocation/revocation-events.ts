import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { ToBeServed } from '../delivery/delivery-state'
import type { Applicant } from '../state'
import type { Advice, LateBefore, Revocation, RevocationBasis, Statement } from './revocation-state'

interface AtOrgan {
  readonly at: Instant
  /** Of the step that decided. */
  readonly stepKey: string
  /** The organ that decided. */
  readonly unitId: string
  readonly reasonDigest: string
}

/** Who signed the decision answered for it, since there was nobody else; missing where another did, and before it was kept. */
interface BySigner {
  readonly bySigner?: true
}

/** What happens to a decision after it was signed. Texts stand encrypted and are named by their digests. */
export type RevocationEvent =
  /** A slip of the pen in its document; the decision itself is as it was. */
  | (AtOrgan & {
      readonly type: 'decision-corrected'
      readonly writtenDigest: string
      readonly correctedDigest: string
      /** The holder's own name, put right to the one that is confirmed: their certificate bears the mark too. */
      readonly ofHolder?: true
      /** The case comes to bear it; missing where it does already. */
      readonly named?: { readonly applicant: Applicant; readonly answersDigest: string }
    })
  | (AtOrgan &
      ToBeServed &
      Pick<Revocation, 'basis' | 'speakDays' | 'speakUntil' | 'settleDays' | 'deciders' | 'proposedBy'> & {
        readonly type: 'revocation-proposed'
        /** What was found since it was kept; missing of the first one, and before it was asked. */
        readonly newFactDigest?: string
      })
  /** From above the organ, to it alone; the holder is told once the organ proposes it. */
  | (AtOrgan &
      Pick<Advice, 'by' | 'basis' | 'from' | 'answerers' | 'settleDays' | 'nobody' | 'advisedBy'> & {
        readonly type: 'revocation-advised'
      })
  /** The organ stands by its decision, and says why. `byAdviser`: who had asked for it has answered, since there was nobody else. */
  | (AtOrgan & BySigner & { readonly type: 'advice-declined'; readonly byAdviser?: true })
  /** Who may settle what waits is no longer who was there when it began. */
  | (Pick<AtOrgan, 'at' | 'stepKey' | 'unitId'> & {
      readonly type: 'settlers-changed'
      /** A revocation that is proposed, or was signed before the holder could speak, or what is asked of the organ from above. */
      readonly settles: 'revocation' | 'advice' | 'unheard'
      /** Who has it from now on beside those who had. */
      readonly added: Revocation['deciders']
      /** Nobody of the organ may; missing where somebody may. */
      readonly nobody?: true
    })
  /** The last day to speak, by a calendar that came or was changed after the notice: the first one, or a later one. */
  | {
      readonly type: 'hearing-dated'
      readonly at: Instant
      readonly speakUntil: PlainDate
      /** What was told before; none where no calendar had the day. */
      readonly instead?: PlainDate
    }
  /** The applicant has spoken, or staff have written down what they said. */
  | (Statement & { readonly type: 'holder-heard' })
  | (AtOrgan &
      ToBeServed & {
        readonly type: 'decision-revoked'
        readonly basis: RevocationBasis
        /** What was revoked: what had been granted ends the case, what had been refused is decided anew. */
        readonly decided: Revocation['decided']
        /** Missing where it was in time, and before it was kept. */
        readonly lateBefore?: LateBefore
        /** A booking whose half day others have taken since it was given back: it holds none until another is asked for. */
        readonly seatsGone?: true
        /** A record of a death stood, which may be wrong; missing where none did, and before it was kept. */
        readonly whileDeceased?: true
      })
  | (AtOrgan &
      BySigner &
      ToBeServed & {
        readonly type: 'decision-kept'
        /** Of what was revoked before who lives could speak, when it was proposed: that is taken back. Missing where nothing was revoked. */
        readonly unheard?: Instant
        /** Of a booking that had been granted: its half day is another's by now. */
        readonly seatsGone?: true
      })
