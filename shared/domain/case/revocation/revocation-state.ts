import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { StaffRole } from '../../organization/staff'
import type { CaseStatus } from '../case-status'
import type { Speaker, ToBeServed } from '../delivery/delivery-state'

/** 行政许可法 第69条第1款第1至5项, and 第2款; of what is no permit the same grounds, by the county's published rule. */
export const REVOCATION_BASES = [
  'abuse',
  'beyond-powers',
  'procedure',
  'unqualified',
  'other',
  'fraud',
] as const
export type RevocationBasis = (typeof REVOCATION_BASES)[number]

/** What was said against it: a keyed digest names the words. */
export interface Statement {
  readonly at: Instant
  readonly statementDigest: string
  /** Missing of what was said before this was kept: then it is read by the owner and staff alone. */
  readonly by?: Speaker
  /** By the owner, or by whoever filed it for themselves while there is no owner: it is theirs to end the days to speak. */
  readonly isHolders?: true
  /** They have nothing more to say: only then the days end before their last one. */
  readonly isAll?: true
  /** The staff who wrote it down. */
  readonly recordedBy?: string
}

/** 督查 proposes to the organ that it looks at its decision; the county's government orders it to (行政许可法 第60条). */
export type Adviser = 'supervisor' | 'government'

/** Somebody above the organ holds its decision for wrong. It is the organ's to say so to the holder. */
export interface Advice {
  readonly at: Instant
  readonly by: Adviser
  /** Of several organs that decide each its own part, whose decision it is; missing where one organ decides the whole. */
  readonly of?: NonNullable<Revocation['of']>
  readonly basis: RevocationBasis
  readonly reasonDigest: string
  /** Who hears what comes of it, and sees the case from then on. */
  readonly from: Revocation['deciders'][number]
  /** Whose it is to answer: of the organ. */
  readonly answerers: Revocation['deciders']
  /** Nobody of the organ can answer it; missing where somebody can, and before it was kept. */
  readonly nobody?: true
  /** The staff who asked; missing before it was kept. */
  readonly advisedBy?: string
  /** Working days to answer, as the county's rule was then; missing before it was kept. */
  readonly settleDays?: number
  /** Proposed to the holder, or declined; null while neither is. */
  readonly answeredAt: Instant | null
}

/** A refusal that fell had come too late itself: by that the case is judged for good, whatever is decided anew. */
export interface LateBefore {
  readonly dueOn: PlainDate
  /** The day on which its promise was kept or it ended. */
  readonly judgedOn: PlainDate
}

/** A refusal that was revoked: by whom it was and why, and whether it fell for what they did themselves. */
export interface FallenRefusal {
  readonly staffId?: string
  readonly reasonDigest: string | null
  readonly isOwnAct: boolean
}

/** That a decision is to be revoked, and what came of it. */
export interface Revocation extends ToBeServed {
  /** Of several organs that decide each its own part, whose decision it is; missing where one organ decides the whole. */
  readonly of?: { readonly stepKey: string; readonly unitId: string }
  readonly basis: RevocationBasis
  readonly reasonDigest: string
  /** What was found since it was kept; missing of the first one, and in cases from before it was recorded. */
  readonly newFactDigest?: string
  /** Of what was decided, and when. */
  readonly decided: 'granted' | 'refused'
  readonly decidedAt: Instant
  readonly proposedAt: Instant
  /** The staff who proposed it, and so do not revoke it; missing where it was not kept. */
  readonly proposedBy?: string
  /** The day on which they had the notice, where it was served on them; missing until then, and where the app reached them. */
  readonly servedOn?: PlainDate
  /** Working days to speak, as the county's rule was then. */
  readonly speakDays: number
  /** The last day to speak as it was told last: another calendar does not take it back. Missing where none was told. */
  readonly speakUntil?: PlainDate
  /** Working days to revoke or keep it after that, as the rule was then; missing before it was kept. */
  readonly settleDays?: number
  /** Whose it is to revoke or keep it. */
  readonly deciders: readonly { readonly role: StaffRole; readonly unitId: string }[]
  /** Nobody of the organ may settle it any more; missing where somebody may, and before it was kept. */
  readonly nobody?: true
  readonly heard: readonly Statement[]
  /** Revoked or kept; null while neither is. */
  readonly answeredAt: Instant | null
  readonly revoked: boolean | null
  /** As the case stood when its grant fell under a record of a death, which may be wrong; missing elsewhere, and before it was kept. */
  readonly stood?: Stood
  /** It was revoked before who lives could speak, as is known since then; missing where they could, and before it was kept. */
  readonly unheardSince?: Instant
  /** When that was taken back; missing of all else, and before it was kept. */
  readonly takenBackAt?: Instant
}

/** Revoked unheard it waits for whoever takes it back: nothing of it is served, or starts days, until then. 行政许可法 第7条 */
export const isUnheard = ({ revoked, unheardSince }: Pick<Revocation, 'revoked' | 'unheardSince'>) =>
  revoked === true && unheardSince !== undefined

/** What stands so once more where the revocation is taken back. */
export interface Stood {
  readonly status: CaseStatus
  readonly endedAt: Instant | null
  /** Steps that were not over, and how they were. */
  readonly steps: readonly { readonly key: string; readonly status: 'open' | 'waiting' }[]
}

/** What of the paper of a decision reads otherwise since: texts are named by their digests. */
export interface CorrectedWords {
  readonly at: Instant
  /** Of the decision. */
  readonly stepKey: string
  readonly unitId: string
  readonly writtenDigest: string
  readonly correctedDigest: string
  /** In the holder's name, and in nothing that somebody typed. */
  readonly ofHolder?: true
}

/** The last that was taken back, in whichever order they were proposed; undefined where none was. */
export const lastTakenBack = ({ revocations = [] }: { readonly revocations?: readonly Revocation[] }) =>
  revocations
    .filter(({ takenBackAt }) => takenBackAt !== undefined)
    .reduce<Revocation | undefined>(
      (last, each) => ((each.takenBackAt ?? '') >= (last?.takenBackAt ?? '') ? each : last),
      undefined,
    )
