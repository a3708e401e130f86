import type { Instant, PlainDate } from '../kernel/plain-date'
import type { EntryChannel, EntryConsent } from '../organization/entering'
import type { SuspendableClock } from '../service-item/item'
import type { CaseStatus } from './case-status'
import type { BrokenPromise } from './clock/promise-state'
import type { DeathRecord } from './delivery/death-record'
import type { DeliveryChoice, ServedInApp, Service } from './delivery/delivery-state'
import type {
  Advice,
  CorrectedWords,
  FallenRefusal,
  LateBefore,
  Revocation,
} from './revocation/revocation-state'
import type { Approval } from './step/approval-state'
import type { Nudge } from './step/nudge-event'
import type { SpecialProcedure } from './step/special-procedures'
import type { VisitRecord } from './visit/visit-record'
import type { Commitment } from './whose/commitment'

export type StepOutcome =
  | 'verified'
  | 'drafted'
  | 'accepted'
  | 'passed'
  | 'failed'
  | 'convened'
  | 'publicised'
  | 'decided'
  | 'concluded'
  | 'closed'

/** One unit's share of a step; a step that is not parallel has exactly one. */
export interface StepPart {
  readonly unitId: string
  readonly status: 'waiting' | 'open' | 'done'
  readonly openedAt: Instant | null
  readonly doneAt: Instant | null
  readonly outcome: StepOutcome | null
  /** Who has passed it, where each of its holders has to; missing until somebody has, and elsewhere. */
  readonly signedBy?: readonly string[]
  /** Its outcome is a decision that its organ has signed for itself; missing of an opinion. */
  readonly isDecision?: true
  /** Who signed it, and so does not put its reason right; missing before it was kept, and of an opinion. */
  readonly decidedBy?: string
  /** Since which day its refusal is theirs on the phone; missing where it is not, and before it was kept. */
  readonly inAppOn?: PlainDate
  /** When that organ has revoked what it had granted by it; missing while it stands, and of all else. */
  readonly revokedAt?: Instant
  /** 特别程序: this unit's own days stand still. */
  readonly suspendedAt: Instant | null
  readonly visited: boolean
  /** What was written down there last; missing where nobody has been there, and before it was kept. */
  readonly visit?: VisitRecord
  /** Who stood in its records before that one; missing where none did, and before it was kept. */
  readonly officersBefore?: readonly string[]
  /** Answered after its own last day. */
  readonly late: boolean
  /** The day given to put things right; visited, they looked before it, and it is not over yet. */
  readonly rectifyBy: PlainDate | null
  /** When things were last ordered to be put right; missing where they were not, and before it was kept. */
  readonly orderedOn?: PlainDate
  readonly assigneeId: string | null
  /** It was open before the case was sent back: whoever held it then goes on seeing the case. */
  readonly openedBefore: boolean
}

export interface StepRun {
  readonly key: string
  readonly status: 'waiting' | 'open' | 'done' | 'skipped'
  readonly openedAt: Instant | null
  readonly doneAt: Instant | null
  readonly publishedOn: PlainDate | null
  /** The last day as the notice has it that hangs, or hung; missing before it was kept. */
  readonly publicUntil?: PlainDate
  /** When the notice hung that an objection has ended; missing where none has, and once a new one hangs. */
  readonly objectedOf?: PlainDate
  readonly parts: readonly StepPart[]
}

/** What must be put right; a name of a material or the key of a field, never its content. */
export interface CorrectionItem {
  readonly kind: 'material' | 'field'
  readonly name: string
  /** Why, from the reason phrases or in free words: a keyed digest names the text. */
  readonly reasonDigest: string
  /** Of a notice that was joined from drafts, the units that asked for it; missing where none did, and before it was kept. */
  readonly from?: readonly string[]
  /** What those units wrote and its own words do not hold, as each wrote it; missing where they hold all. */
  readonly asked?: readonly DepartmentWords[]
}

/** Why a department asks for something: a keyed digest names the text. */
export interface DepartmentWords {
  readonly unitId: string
  readonly reasonDigest: string
}

/** What one department finds missing before acceptance, as it said last; empty where nothing is. */
export interface CorrectionDraft extends StepTarget {
  readonly at: Instant
  /** The number of its event: a page that is older has not read it. */
  readonly version: number
  readonly items: readonly CorrectionItem[]
  /** Given back to be written anew; missing where it was not, and once it is. */
  readonly returned?: DraftReturn
}

/** That a draft was given back by whoever joins them. */
export interface DraftReturn {
  readonly at: Instant
  /** The number of its event: a page that is older has not read why. */
  readonly version: number
  readonly reasonDigest: string
  /** When it had been given what it looked at; missing once something came since that it looks at beside. */
  readonly since?: Instant
  /** When it had answered first, with `since`: that is what its days are judged by, not what it writes anew. */
  readonly answeredAt?: Instant
}

/** How long a notice may be answered, in working days: the county's published rule (its pack's `correction-rule.json`). */
export interface CorrectionRule {
  readonly limitDays: number
  /** Before acceptance: after the one reminder, which comes on the last day. */
  readonly graceDays: number
}

export interface Correction extends StepTarget {
  readonly askedAt: Instant
  readonly items: readonly CorrectionItem[]
  readonly beforeAcceptance: boolean
  /** As it was when the notice went out. */
  readonly rule: CorrectionRule
  /** The last day as it was told last: another calendar does not take it back. Missing where none was, and before it was kept. */
  readonly answerBy?: PlainDate
  readonly remindedAt: Instant | null
  readonly suppliedAt: Instant | null
  readonly lapsedAt: Instant | null
  /** Units that asked for something of it and look at what came; missing where none does, and before they were asked to. */
  readonly lookers?: readonly string[]
  /** What each of them says of it, as it said last: what is still not right, nothing where all is; missing until one has. */
  readonly looks?: readonly CorrectionDraft[]
}

export interface ClockPause {
  /** `step`: the days of one unit at one step. */
  readonly clock: SuspendableClock | 'step'
  readonly unitId: string
  readonly from: PlainDate
  readonly until: PlainDate | null
  /** `applicant`: nobody was named. */
  readonly because: 'step' | 'correction' | 'special-procedure' | 'applicant'
  readonly stepKey: string
  /** Of `special-procedure`; missing before it was kept. */
  readonly basis?: SpecialProcedure
  /** Of `special-procedure` until when its notice expected it; missing before it was kept. 行政许可法 第45条 */
  readonly expectedOn?: PlainDate
  /** When that day was found over, and who was told beside its holders: they see the case from then on. */
  readonly over?: { readonly at: Instant; readonly told: Approval['approvers'] }
  /** Of `applicant` when it named nobody any more, at whatever hour; missing before it was recorded. */
  readonly stoppedAt?: Instant
  /** Of `applicant` when somebody was named again, at whatever hour. */
  readonly goesOnAt?: Instant
}

/** Who the application is for, as keyed digests: nothing of the person or firm itself. */
export interface Applicant {
  readonly kind: 'person' | 'firm'
  /** Of the person's ID number, or of the firm's credit code; null while it is not known. */
  readonly numberIndex: string | null
  /** Of a person's name and number together. */
  readonly identityIndex: string | null
  /** Of the account that filed it, where the form asks for no number; null before it was kept, and where staff wrote it. */
  readonly takenFrom: 'filer' | null
  /** The number says so on the day it was given; null before it was kept. 个人信息保护法 第31条 */
  readonly underFourteen: boolean | null
  /** Whoever has the number that was typed says that it is not theirs: it names nobody any more. */
  readonly disowned: boolean
}

/** Whoever had the number of the case said that they had not applied. */
interface Disownment {
  readonly at: Instant
  /** Keyed digest of that number; null where the case had none. */
  readonly numberIndex: string | null
  /** Staff whose own the case was until then: they handle it no more than before. */
  readonly staffIds: readonly string[]
}

/** How it is known that the applicant is who the form says, and that whoever files may act for them. */
export type ConfirmedBy = 'wechat' | 'face-to-face' | 'power'

export const CASE_CHANNELS = ['mini', 'village', 'window'] as const satisfies readonly (
  | 'mini'
  | EntryChannel
)[]
export type CaseChannel = (typeof CASE_CHANNELS)[number]

/** A share of a step that went to another unit (转办). */
interface Transfer extends StepTarget {
  readonly toUnitId: string
  readonly at: Instant
}

/** A half day that the answers ask for. */
export interface Seat {
  readonly fieldKey: string
  readonly on: PlainDate
  readonly half: string
}

/** What the answer to a notice, or an addition, has changed: keys of fields and names of papers, never their content. */
export interface ContentChange {
  readonly fields: readonly string[]
  readonly papers: readonly string[]
  /** By the owner, who remained the owner. */
  readonly byOwner: boolean
  /** What stands now as it was confirmed, in place of what had been typed, or of nothing (`whom`); null where nothing does. */
  readonly named: 'name' | 'name-and-number' | 'whom' | null
}

export interface CaseState {
  /** The number of this shape, by which what is stored is read. */
  readonly shape: number
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly status: CaseStatus
  /** The number of events so far. */
  readonly version: number
  /** Whoever read the case at this version or later knows all that decides; what came since only says who works on it. */
  readonly decidingVersion: number
  /** Organs of the applicant's place, by the words the item uses. */
  readonly where: {
    readonly villageId: string | null
    readonly townId: string | null
    readonly departmentId: string
  }
  /** The organ that decides: its number, seal and remedy. */
  readonly organUnitId: string
  readonly filedAt: Instant
  /** Filed as an emergency of the item. */
  readonly fastTrack: boolean
  /** The case whose certificate it asks to renew; missing where it asks for none, and before it was asked. */
  readonly renews?: string
  /** The last day of that certificate; missing where it asks for none, and before it was kept. */
  readonly renewsUntil?: PlainDate
  /** When that certificate was revoked; missing while it stands, and before it was noticed. */
  readonly renewedRevokedAt?: Instant
  /** Names the answers and papers as they stand now. */
  readonly answersDigest: string
  /** Receipt (收件): the acceptance clock runs from here. */
  readonly receivedAt: Instant | null
  /** The application was complete: the promise runs from here. */
  readonly completeAt: Instant | null
  readonly accepted: { readonly on: PlainDate; readonly bySilence: boolean } | null
  readonly identityConfirmed: boolean
  /** Null in cases from before it was recorded, as `confirmedBy`, `channel`, `assisted` and `seats`. */
  readonly applicant: Applicant | null
  readonly confirmedBy: ConfirmedBy | null
  readonly channel: CaseChannel | null
  /** The scene of the code or link that led here. */
  readonly src: string | null
  /** Somebody helped with it (帮办). */
  readonly assisted: boolean | null
  /** The member of staff who typed it for somebody at a village or a window. */
  readonly enteredBy: string | null
  /** The unit whose village point or window that was. */
  readonly enteredAt: string | null
  /** How whoever came agreed that it is typed; missing where nobody typed it, and where it was not asked. */
  readonly consent?: EntryConsent
  /** Who came with a power agreed; missing where whom it is for did, or a child's guardian, and where it was not asked. */
  readonly consentBy?: 'agent'
  /** 我保证, the last time; missing where nobody ticked it, and before it was asked. */
  readonly commitment?: Commitment
  /** Staff whom the applicant named as relatives: they decide nothing here. */
  readonly relatives: readonly string[]
  /** Without those from before it was recorded. */
  readonly disownments: readonly Disownment[]
  /** Staff whose own it was until a correction named somebody else: they handle it no more than before. */
  readonly ownBefore: readonly string[]
  /** The owner took the case over from whoever had filed it. */
  readonly takenOverAt: Instant | null
  readonly seats: readonly Seat[] | null
  /** What was booked was taken by others while it stood refused; missing where it was not. */
  readonly seatsGone?: true
  /** Without what was brought before it was recorded. */
  readonly changes: readonly (ContentChange & { readonly at: Instant })[]
  readonly transfers: readonly Transfer[]
  readonly approvals: readonly Approval[]
  readonly steps: readonly StepRun[]
  readonly corrections: readonly Correction[]
  /** One of each department that has answered; missing while none has. */
  readonly drafts?: readonly CorrectionDraft[]
  /** It was accepted by somebody who had all drafts before them: what is asked later is asked again. Missing where it was not. */
  readonly draftsClosedAt?: Instant
  readonly pauses: readonly ClockPause[]
  readonly extension: {
    readonly days: number
    readonly on: PlainDate
    /** Allowed while nobody could tell its day: a department's stop stopped the law, or its year has no calendar; until it is told. */
    readonly undated?: true
    /** The day to which a changed calendar has moved it, as it was told; missing while none has. */
    readonly movedTo?: PlainDate
  } | null
  /** Who was told that silence has accepted it; missing where it has not, and before it was recorded. */
  readonly silenceTold?: Approval['approvers']
  /** Missing while no promise was broken, and before it was recorded; of an earlier receipt too: `brokenPromise` tells which. */
  readonly broken?: BrokenPromise
  readonly decision: {
    readonly kind: 'granted' | 'refused'
    readonly at: Instant
    readonly stepKey: string
    readonly reasonDigest: string | null
    /** As in `granted`. */
    readonly amount?: number
    /** Who signed it; missing where several organs have, and before it was kept: of a grant later than of a refusal. */
    readonly staffId?: string
    /** A refusal, or a packet with one, for whom the phone they had agreed to reaches no more: it goes by hand or by post. */
    readonly toBeServed?: true
  } | null
  /** Refusals of it that fell; missing where none did, and before it was kept. */
  readonly refusedBefore?: readonly FallenRefusal[]
  /** That it is to be revoked, and what came of it; missing where nobody proposed it. */
  readonly revocations?: readonly Revocation[]
  /** When its document, and the certificate with it, came to bear the holder's confirmed name; missing where none was put right. */
  readonly nameCorrectedAt?: readonly Instant[]
  /** Words of its decisions that were put right, in order; missing where none were, and before it was kept. */
  readonly wordsCorrected?: readonly CorrectedWords[]
  /** From above the organ; missing where nobody gave any. */
  readonly advice?: readonly Advice[]
  /** A refusal was revoked then, and the law's days begin anew with it; missing where none was. */
  readonly decidedAnewAt?: Instant
  /** Missing where no refusal that came too late was revoked. */
  readonly lateBefore?: LateBefore
  /** The last step that counts toward the promise was done: on-time is judged here. */
  readonly promiseKeptAt: Instant | null
  readonly concludedAt: Instant | null
  readonly deliveredAt: Instant | null
  readonly deliveredBy: string | null
  /** The day on which they had the result; null where it only informed them, missing before it was recorded. */
  readonly servedOn?: PlainDate | null
  /** How papers go to whom they are for; missing before it was recorded. */
  readonly services?: readonly Service[]
  /** What is against them and was theirs on the phone; missing where nothing was. */
  readonly inApp?: readonly ServedInApp[]
  /** How the applicant wants them; missing where they have not said. */
  readonly deliveryChoice?: DeliveryChoice
  readonly paidOn: PlainDate | null
  /** The last time; missing where nobody has asked to go on. */
  readonly nudged?: Nudge
  readonly endedAt: Instant | null
  /** It ended without a decision, and a paper says so; missing of every other, and before there was one. */
  readonly isEndTold?: true
  /** Whom it was for has died: it ended for that, or it was recorded since (`death`). Missing of every other, and before it was kept. */
  readonly isDeceased?: true
  /** As it was recorded of what is decided or over; missing of every other. */
  readonly death?: DeathRecord
  /** Since when the result is owed once more: by what closed the case nobody had it whom it is for. Missing of every other. */
  readonly owedAgain?: Instant
}

export type StepTarget = { readonly stepKey: string; readonly unitId: string }

export const openCorrection = (state: CaseState) =>
  state.corrections.find((each) => each.suppliedAt === null && each.lapsedAt === null)

/** Its owner took it over, brought something to it, or has said that it is not theirs. */
export const hasOwnerTakenPart = ({
  takenOverAt,
  changes,
  applicant,
}: Pick<CaseState, 'takenOverAt' | 'applicant'> & {
  readonly changes: readonly Pick<CaseState['changes'][number], 'byOwner'>[]
}) => takenOverAt !== null || applicant?.disowned === true || changes.some(({ byOwner }) => byOwner)

export const openParts = (state: CaseState): readonly { step: StepRun; part: StepPart }[] =>
  state.steps.flatMap((step) =>
    step.status === 'open'
      ? step.parts.filter((part) => part.status === 'open').map((part) => ({ step, part }))
      : [],
  )
