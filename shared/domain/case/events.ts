import type { Instant, PlainDate } from '../kernel/plain-date'
import type { EntryConsent } from '../organization/entering'
import type { CalendarEvent } from './clock/calendar-events'
import type { DeathEvent } from './delivery/death-events'
import type { DeliveryEvent } from './delivery/delivery-events'
import type { Copied, OwnInApp, Taken, ToBeServed } from './delivery/delivery-state'
import type { ServedBy } from './delivery/delivery-words'
import type { RevocationEvent } from './revocation/revocation-events'
import type {
  Applicant,
  CaseChannel,
  CaseState,
  ConfirmedBy,
  ContentChange,
  CorrectionItem,
  CorrectionRule,
  Seat,
  StepOutcome,
} from './state'
import type { ApprovalEvent } from './step/approval-events'
import type { Approval, InPlace } from './step/approval-state'
import type { NudgedEvent } from './step/nudge-event'
import type { SpecialProcedure } from './step/special-procedures'
import type { VisitRecord, VisitReplaced, VisitWritten } from './visit/visit-record'
import type { TickedBy } from './whose/commitment'

interface At {
  readonly at: Instant
}
interface AtStep extends At {
  readonly stepKey: string
  readonly unitId: string
}
interface Reasoned {
  /** Names the text that stands encrypted in its own row. */
  readonly reasonDigest: string
}

/** Why a case that nobody decides any more is ended by staff. */
export const TERMINATION_CAUSES = ['deceased', 'disowned'] as const
export type TerminationCause = (typeof TERMINATION_CAUSES)[number]

/** What follows from the answers as they stand now. */
export interface DerivedFacts {
  readonly applicant: Applicant
  readonly confirmedBy: ConfirmedBy | null
  /** The steps of this case: the item's, less those whose condition does not hold. */
  readonly stepKeys: readonly string[]
  readonly seats: readonly Seat[]
  /**
   * Where the applicant lives now, and who decides there; null where the village did not change. `villageAnew`: its new
   * village begins what another had done; false before that was so.
   */
  readonly moved: (Place & { readonly villageAnew: boolean }) | null
}

/** `DerivedFacts` as an event has them: each null before it was recorded. */
export type RecordedFacts = { readonly [Fact in keyof DerivedFacts]: DerivedFacts[Fact] | null }

/** The organs of a place: those of the applicant, or of whoever took the case over. */
export interface Place {
  readonly where: CaseState['where']
  readonly organUnitId: string
}

/** An answer of a notice in words of an office; the words stand encrypted in their own row. */
export interface NoticeWords {
  /** Of the answer. */
  readonly key: string
  readonly digest: string
}

/** Answers as they stand under another name. */
export interface NewName {
  readonly applicant: Applicant
  readonly answersDigest: string
  /** Null before it was recorded: the name had been typed then. */
  readonly change: ContentChange | null
  /** Staff whose own the case was until it named somebody else; missing where the number stays, and before it was recorded. */
  readonly staffIds?: readonly string[]
}

/** What happened to a case, in order. No names, numbers, answers or free text. */
export type CaseEvent =
  | RevocationEvent
  | DeliveryEvent
  | DeathEvent
  | NudgedEvent
  | CalendarEvent
  | (At & {
      readonly type: 'filed'
      readonly serviceItemId: string
      readonly itemVersion: number
      readonly where: CaseState['where']
      readonly organUnitId: string
      readonly identityConfirmed: boolean
      /** The steps of this case: the item's, less those whose condition does not hold. */
      readonly stepKeys: readonly string[]
      readonly answersDigest: string
      /** These are null before they were recorded. */
      readonly applicant: Applicant | null
      readonly confirmedBy: ConfirmedBy | null
      readonly seats: readonly Seat[] | null
      readonly channel: CaseChannel | null
      readonly src: string | null
      readonly assisted: boolean | null
      readonly enteredBy: string | null
      readonly enteredAt: string | null
      readonly relatives: readonly string[]
      /** An emergency of the item. */
      readonly fastTrack: boolean
      /** The case whose certificate it asks to renew; missing where it asks for none, and before it was asked. */
      readonly renews?: string
      /** The last day of that certificate; missing where it asks for none, and before it was kept. */
      readonly renewsUntil?: PlainDate
      /** How whoever came agreed that it is typed; missing where nobody typed it, and where it was not asked. */
      readonly consent?: EntryConsent
      /** Who came with a power agreed; missing where whom it is for did, or a child's guardian, and where it was not asked. */
      readonly consentBy?: 'agent'
      /** Why they had to come, in a text of its own; missing where they gave no reason, and before it was asked. */
      readonly visitReasonDigest?: string
      /** 我保证 was ticked for what it brings, here, in `supplemented` and in `added`; missing where it was not, and before it was asked. */
      readonly isCommitted?: true
      /** By whom; missing where it was not, and before it was recorded. */
      readonly tickedBy?: TickedBy
    })
  | (AtStep & {
      readonly type: 'verified'
      readonly outcome: 'verified' | 'failed'
      readonly reasonDigest: string | null
    })
  | (AtStep & {
      readonly type: 'accepted'
      readonly bySilence: boolean
      /** Of silence who is told beside the applicant; missing before it was recorded. */
      readonly told?: Approval['approvers']
    })
  | (AtStep & Reasoned & ToBeServed & InPlace & { readonly type: 'declined' })
  | (AtStep &
      Reasoned & {
        readonly type: 'correction-requested'
        readonly items: readonly CorrectionItem[]
        readonly second: boolean
        /** Of a second one: its reason is that of whoever signed it, to the applicant too; missing before that was so. */
        readonly toldReason?: true
        readonly rule: CorrectionRule
        /** The last day as the notice has it; missing where the year has no calendar, and before it was recorded. */
        readonly answerBy?: PlainDate
      })
  /** `answerBy`: as in `correction-requested`. */
  | (At & { readonly type: 'correction-reminded'; readonly answerBy?: PlainDate })
  | (At &
      RecordedFacts & {
        readonly type: 'supplemented'
        readonly answersDigest: string
        /** Null before it was recorded, here and in `added`. */
        readonly change: ContentChange | null
        /** Staff whose own the case was until it named somebody else; missing where it goes on naming whom it named. */
        readonly staffIds?: readonly string[]
        readonly isCommitted?: true
        readonly tickedBy?: TickedBy
        /** Units that asked for it and look at it before acceptance; missing where none does, and before they were asked to. */
        readonly lookers?: readonly string[]
      })
  /** Brought of one's own accord; no clock starts anew. */
  | (At &
      RecordedFacts & {
        readonly type: 'added'
        readonly answersDigest: string
        readonly change: ContentChange | null
        readonly isCommitted?: true
        readonly tickedBy?: TickedBy
      })
  /** The applicant's name, or name and number, as they are confirmed: by a takeover, of whoever filed it for themselves, or by the card. */
  | (At &
      NewName & {
        readonly type: 'applicant-named'
        /** It named nobody until now, and is complete from now on; false before that was so. */
        readonly isReceipt: boolean
      })
  /** The owner took the case over from whoever had filed it. */
  | (At & { readonly type: 'taken-over' })
  /** Whoever has the number that somebody else typed says that it is not theirs. */
  | (At & {
      readonly type: 'disowned'
      /** Staff whose own the case was until then; missing before it was recorded. */
      readonly staffIds?: readonly string[]
    })
  /** What one department finds missing before acceptance, in place of what it said before; nothing where `items` is empty. */
  | (AtStep & { readonly type: 'correction-drafted'; readonly items: readonly CorrectionItem[] })
  /** Whoever joins the drafts gives the one of `toUnitId` back to be written anew. */
  | (AtStep & Reasoned & { readonly type: 'draft-returned'; readonly toUnitId: string })
  | (At & { readonly type: 'correction-lapsed' })
  | (AtStep &
      InPlace & {
        readonly type: 'examined'
        readonly outcome: StepOutcome
        readonly late: boolean
        readonly reasonDigest: string | null
        /** The unit has decided its own part by it; missing where it gave an opinion. 行政许可法 第26条 */
        readonly isDecision?: true
        /** Who signed the decision; missing before it was kept, and of an opinion. */
        readonly staffId?: string
        /** Of its own refusal: the day since which it is theirs on the phone; missing where it is not, and before it was kept. */
        readonly inAppOn?: PlainDate
        /** Of a step that each of its holders had to pass: who has, the last of them at last; missing elsewhere. */
        readonly signedBy?: readonly string[]
      })
  /** One of those who each have to pass it has, and others are awaited yet. */
  | (AtStep & { readonly type: 'signed'; readonly staffId: string; readonly reasonDigest: string | null })
  | (AtStep & Reasoned & { readonly type: 'returned'; readonly toStepKey: string })
  | (AtStep &
      Reasoned & {
        readonly type: 'transferred'
        readonly toUnitId: string
        /** Of the whole case, where it moved at the accepting step; null before it was recorded. */
        readonly moved: Place | null
      })
  | (AtStep & { readonly type: 'assigned'; readonly staffId: string })
  /** Whoever held it is away, or must not handle it, or somebody is there again whose work it is: others may take it too. */
  | (AtStep & {
      readonly type: 'handed-over'
      /** The pools that it came to, none where nobody could have it; missing before it was recorded. */
      readonly takers?: Approval['approvers']
      /** Who held it, none where nobody does any more; missing too where one of them must not: that would tell whose case it is. */
      readonly away?: readonly string[]
      /** The share's own post had nobody, and somebody has come to it; missing elsewhere. */
      readonly back?: true
    })
  | (AtStep & {
      readonly type: 'visit-recorded'
      /** The day an order had given to put things right, where they looked before it; null before it was recorded. */
      readonly rectifyBy: PlainDate | null
      readonly officerIds: readonly string[]
      readonly noteDigest: string
      /** The paper whose place it takes; missing where it takes none's, and before it was kept. */
      readonly replaces?: VisitReplaced
      /** With the signature of whoever wrote it and was there; missing before a record was kept: it counted at once then. */
      readonly record?: VisitWritten & Pick<VisitRecord, 'signedBy'>
    })
  /** `recordDigest`: of what was signed. `completes`: nobody's signature is missing any more. */
  | (AtStep & {
      readonly type: 'visit-signed'
      readonly officerId: string
      readonly recordDigest: string
      readonly completes: boolean
    })
  | (AtStep &
      Reasoned & {
        readonly type: 'rectification-required'
        readonly recheckOn: PlainDate
        /** What was seen before it is no answer to it; missing before it was kept. */
        readonly orderedOn?: PlainDate
      })
  | (AtStep &
      Reasoned & {
        readonly type: 'clock-suspended'
        readonly basis: SpecialProcedure
        readonly expectedDays: number
        /** Of one department's own decision: the law's days of the whole stand still with its own; missing where they go on, and before they did. */
        readonly stopsLaw?: true
      })
  /** `lawOn`: the law's last day, where a department's stop had stopped it and it goes on; missing before it was kept. */
  | (AtStep & { readonly type: 'clock-resumed'; readonly lawOn?: PlainDate })
  /** It still stops, and the day until which its notice expected it is over. */
  | (AtStep & {
      readonly type: 'stop-overran'
      readonly expectedOn: PlainDate
      /** Missing where that was not kept yet. */
      readonly basis?: SpecialProcedure
      /** Who is told beside the holders. */
      readonly told: Approval['approvers']
    })
  | (AtStep &
      Reasoned & {
        readonly type: 'limit-extended'
        readonly days: number
        /** In the place of whom the law names; missing where those did, and before it was kept. */
        readonly allowedBy?: Approval['approvers'][number]
        /** Its last day lies in a year without a calendar: it is told when that comes. Missing of every other, and before it was. */
        readonly undated?: true
      })
  | ApprovalEvent
  /** The promised day is over and nothing was done by it. `again`: the day that was promised in its place. */
  | (At & {
      readonly type: 'promise-broken'
      readonly promisedOn: PlainDate
      /** Who is told beside the holders. */
      readonly told: Approval['approvers']
      readonly again?: true
      /** No new day was named by `promisedOn`, as it had been said. */
      readonly undated?: true
      /** No day was left to promise in its place: none is asked for. Missing where one was, and before it was kept. */
      readonly unnamed?: true
      /** `promisedOn` is the law's last day: it was over first, or, `again`, after nobody could name a new one. */
      readonly byLaw?: true
    })
  /** Whoever holds it, or answers for them, has named another day, once. */
  | (AtStep & Reasoned & { readonly type: 'promised-anew'; readonly newDueOn: PlainDate })
  | (AtStep & {
      readonly type: 'notice-published'
      /** The last day as the notice has it; missing before it was recorded. */
      readonly lastOn?: PlainDate
      /** Answers that the notice prints in words of whoever published it, by the digest of those; missing where it is none. */
      readonly tells?: readonly NoticeWords[]
    })
  | (AtStep & { readonly type: 'notice-closed' })
  | (AtStep &
      Reasoned & {
        readonly type: 'objection-recorded'
        /** The day on which it was raised; missing before it was asked. */
        readonly raisedOn?: PlainDate
        /** One that was typed on the public page; missing where it was said or written, and before any could be. */
        readonly objectionId?: string
      })
  | (AtStep & {
      readonly type: 'identity-confirmed'
      readonly by: ConfirmedBy
      /** Whoever stands there has not said how their papers go: somebody else had, and is asked no more. */
      readonly endsWish?: true
    })
  /** With the reason where a step before had found it otherwise. */
  | (AtStep &
      ToBeServed &
      InPlace & {
        readonly type: 'granted'
        readonly reasonDigest: string | null
        /** What is paid, in 分; missing where the guide itself says it, nothing is paid, and before it was asked. */
        readonly amount?: number
        /** The member of staff who decided; missing where several organs have, and before it was kept. */
        readonly staffId?: string
      })
  /** Without a reason where several organs have each refused their own part, and have said why. */
  | (AtStep &
      ToBeServed &
      InPlace & {
        readonly type: 'refused'
        readonly reasonDigest: string | null
        /** The member of staff who decided; missing where several organs have, and before it was kept. */
        readonly staffId?: string
      })
  | (AtStep & { readonly type: 'payment-recorded'; readonly paidOn: PlainDate })
  | (AtStep & { readonly type: 'concluded' })
  | (AtStep &
      Taken &
      Copied & {
        readonly type: 'delivered'
        readonly method: ServedBy
        /** From which remedies run; null where it only informed them, missing before it was recorded. */
        readonly servedOn?: PlainDate | null
        /** Of several organs, what was theirs on the phone before and is served by that; missing where nothing is, and before it was kept. */
        readonly refusedOn?: readonly OwnInApp[]
        /** Why it went another way than the applicant had asked for; missing where it went as they had. */
        readonly otherwiseDigest?: string
      })
  /** With the reason where staff did it in the applicant's place; null before it was asked. */
  | (At & { readonly type: 'withdrawn'; readonly reasonDigest: string | null })
  /** By time, when nothing was supplied; by staff, at a step and for a cause. */
  | (At &
      ToBeServed & {
        readonly type: 'terminated'
        /** The unit that says so in writing; missing of what nobody applied for, and before it was said in writing. */
        readonly toldBy?: string
        readonly stepKey: string | null
        readonly unitId: string | null
        readonly cause: TerminationCause | null
      })
  /** Whoever did the last act took it back within seconds: the case stands again as event number `to` had left it. */
  | (AtStep & { readonly type: 'undone'; readonly to: number })
  /** The certificate that it asks to renew has been revoked, at that moment. */
  | (At & { readonly type: 'renewed-revoked' })

export type CaseEventType = CaseEvent['type']

/** Who objected, and in which words, is between them and the office. */
export const OBJECTED = '有人对公示提了异议，重新核实，核完再告诉你'
