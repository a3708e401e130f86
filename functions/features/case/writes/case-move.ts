import type { CaseNudged } from '#shared/contract/nudge'
import type { NarrowChange } from '#shared/contract/work'
import type { Answers } from '#shared/domain/application/answers'
import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Intent } from '../../../platform/http/idempotency'
import type { SealedUpload } from '../../application'
import type { OwnedCase } from '../case-row'
import type { CaseTask } from '../task'
import type { CaseText } from '../texts'
import type { ApplicantColumns } from './case-write'

/** Who moves a case: a person's request under their session, or the product itself. */
type MovedBy =
  | {
      readonly profileId: string
      readonly actor: `profile:${string}` | `staff:${string}`
      readonly intent: Intent | null
    }
  | { readonly profileId: null; readonly actor: `system:${string}` }

export interface CaseMove {
  readonly caseRow: OwnedCase
  readonly tasks: readonly CaseTask[]
  readonly item: ServiceItem
  readonly events: readonly CaseEvent[]
  /** Of `events` those that a day gone by has caused (a lapse, an acceptance by silence), not the person whose request found it. */
  readonly byTime?: readonly CaseEvent[]
  readonly texts: readonly CaseText[]
  readonly by: MovedBy
  readonly reasonDigest: string | null
  /** The words for a longer limit, which the applicant is told (行政许可法 第42条). */
  readonly reason?: string | undefined
  /** Uploads that a supplement brings. */
  readonly uploads?: readonly SealedUpload[]
  /** The answers, for cases that had not recorded their half days yet. */
  readonly answers?: () => Answers
  /** Where the answers have changed. */
  readonly applicant?: ApplicantColumns
  readonly changedAnswers?: Answers
  /** The last digits of the card that money goes to from now on, where it has changed. */
  readonly newCard?: string | null
  /** Who takes the case over. */
  readonly newOwnerId?: string
  /** The account that whoever filed it has become one with. */
  readonly newFilerId?: string
  /** Accounts of the one person who makes it so: none of them is told. */
  readonly madeBy?: readonly string[]
  /** Of an act that is taken back: the case as it was, whose work it was, and the events that count no more. */
  readonly restored?: {
    readonly state: CaseState
    readonly tasks: readonly CaseTask[]
    readonly undone: readonly string[]
  }
  /** What is answered in place of where the case stands: to who may not know it, or asks for something else. */
  readonly answer?: (version: number) => NarrowChange | CaseNudged
  readonly status?: 201
}
