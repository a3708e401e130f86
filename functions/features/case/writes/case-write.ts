import type { CaseDue } from '#shared/domain/case/clock/clocks'
import type { MissedItem } from '#shared/domain/case/correction/missed-items'
import type { CaseEvent } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import type { SealedUpload } from '../../application'
import type { IssuedDocument } from '../document-rules'
import type { DuplicateIndexes } from '../filing/duplicates'
import type { LineColumns } from '../lists/case-line'
import type { OutboxRow } from '../outbox'
import type { CaseTask } from '../task'
import type { CaseText } from '../texts'

/** A half day of an item's calendar that is taken (1) or given back (-1). */
export interface SeatChange {
  readonly fieldKey: string
  readonly on: PlainDate
  readonly half: string
  readonly change: 1 | -1
  /** Applications that one half day takes. */
  readonly capacity: number
}

/** What changes of a row when its answers do; every digest and mask is of the answers as they stand now. */
export interface ApplicantColumns extends DuplicateIndexes {
  readonly applicantIndex: string | null
  readonly identityIndex: string | null
  readonly applicantMasked: string
  /** Digests of what the name can be found by. */
  readonly nameParts: readonly string[]
}

/** A certificate that is issued, by what anybody finds and reads it. */
export interface CertificateRow {
  /** Its document, which has its number. */
  readonly documentId: string
  /** Of its code. */
  readonly codeIndex: string
  readonly title: string
  /** As it is signed. */
  readonly organName: string
  /** The last day; null where it has no end. */
  readonly validTo: PlainDate | null
}

/** What a change appends beside the row of its case. */
interface Appended {
  readonly caseId: string
  readonly itemId: string
  /** The version it was decided on, which is the sequence of the last event; 0 for a case that is filed. */
  readonly before: number
  readonly events: readonly {
    readonly id: string
    readonly event: CaseEvent
    /** Where it is not that of the statement. */
    readonly actor?: string
  }[]
  readonly texts: readonly CaseText[]
  readonly tasks: { readonly removed: readonly CaseTask[]; readonly written: readonly CaseTask[] }
  /** Names under which staff find the case from now on: `sightNames`, and whoever acts. */
  readonly seenBy: readonly string[]
  readonly reminders: readonly OutboxRow[]
  readonly documents: readonly IssuedDocument[]
  /** Taken out of the hands of whoever brings them. */
  readonly uploads: readonly SealedUpload[]
  readonly seats: readonly SeatChange[]
  readonly audit: { readonly id: string; readonly action: string; readonly reasonDigest: string | null }
}

/** As it is kept: of the notice at this place among the events. */
export interface MissedRow extends MissedItem {
  readonly sequence: number
  readonly itemVersion: number
  readonly at: Instant
}

/** A case moves on from the version it was decided on. */
export interface Moved extends Appended {
  readonly kind: 'moved'
  readonly state: CaseState
  readonly line: LineColumns
  readonly due: CaseDue
  readonly certificates: readonly CertificateRow[]
  /** Of a second notice what the first had missed. */
  readonly missed: readonly MissedRow[]
  /** Whether the case bars a second one of its owner. */
  readonly bars: boolean
  /** Null while the answers stay as they are. */
  readonly applicant: ApplicantColumns | null
  /** Null while the key stays as it is. */
  readonly duplicates: DuplicateIndexes | null
  /** Who took it over with this change. */
  readonly newOwnerId: string | null
  /** The account that has become one with whose filed it. */
  readonly newFilerId: string | null
  /** Accounts that see the case no more: what has not gone out to them yet does not go. */
  readonly losers: readonly string[]
  /**
   * Work that was there before and still is: who has none of it is not told of it any more. Of an act that is taken back all
   * that is there again.
   */
  readonly kept: readonly CaseTask[]
  /** Ids of events that count no more: what has not gone out of them does not go. */
  readonly undone: readonly string[]
}

/** A case is filed. Whether its applicant is confirmed was found before; where that is another now, all is worked out anew. */
export interface Filed extends Appended {
  readonly kind: 'filed'
  readonly before: 0
  readonly itemVersion: number
  readonly state: CaseState
  readonly line: LineColumns
  readonly due: CaseDue
  /** Region and day, before the number of the day. */
  readonly numberPrefix: string
  readonly columns: ApplicantColumns
  /** Whether a confirmed applicant's case bars a second one, and by what one before it would. */
  readonly mayBar: boolean
  readonly barringIndexes: readonly string[]
  /** Whoever files must hold a power of the firm to be known as acting for it. */
  readonly forFirm: boolean
}

/** By what a case is found, at a version of it. */
export interface FoundBy extends Pick<ApplicantColumns, 'nameParts'>, Pick<Appended, 'caseId' | 'seenBy'> {
  readonly version: number
}

/** Lines of a case and of its tasks, at the version that they tell of. */
export interface LinesBehind {
  readonly caseId: string
  readonly version: number
  /** `xmin` of the row that they tell of. */
  readonly rowVersion: string
  /** Null where the case keeps its own. */
  readonly line: LineColumns | null
  /** Those that get another one, or none. */
  readonly tasks: readonly CaseTask[]
  /** Of what has ended: what an older version had given nobody to do. */
  readonly owed: readonly CaseTask[]
}

/** All that a change writes of one case. One statement writes any number of them, all or none. */
export type CaseWrite = Moved | Filed
