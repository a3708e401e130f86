import { OPENING_MINUTE } from '../kernel/office-hours'
import { dayIn, type Instant, minuteOfDayIn, type PlainDate } from '../kernel/plain-date'
import { countDays, provisionalWorkingDay } from '../time-limit/calendar'
import type { ServedInApp } from './delivery/delivery-state'
import { toBeServed } from './delivery/evolve-delivery'
import { keptInApp } from './delivery/in-app'
import type { CaseEvent, CaseEventType, DerivedFacts } from './events'
import { CONTENT_SHAPE, type FiledContent } from './filed-content'
import { DOCUMENT_SHAPE, type IssuedContent } from './paper/issued-words'
import type { Revocation } from './revocation/revocation-state'
import type {
  Applicant,
  CaseState,
  ContentChange,
  Correction,
  CorrectionRule,
  StepPart,
  StepRun,
} from './state'

// What is stored was written by this version or by any before it. Here alone it becomes what the types say: what an older
// version had not recorded is null, or empty where it is a list of what has happened, or false where it was no case of it.

/** The shape in which this version writes `cases.state`; missing in the JSON it is 1. */
export const STATE_SHAPE = 4

/** The shape in which this version writes the payload of an event; missing in the JSON it is 1. */
const EVENT_SHAPE = 3

/**
 * The oldest shape that a version serving beside this one may write. It leaves the number of a state as it found it and adds
 * parts in its own shape, so the steps from this one on run over every state. To be raised when no such version runs any more.
 */
const STATE_WRITTEN_BESIDE = 1

/** Fields of any shape, as they come out of the JSON. */
type Older<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | null }

const applicantFrom = (older: Older<Applicant> | null | undefined): Applicant | null =>
  older ? ({ takenFrom: null, underFourteen: null, disowned: false, ...older } as Applicant) : null

const changeFrom = <Change extends ContentChange>(older: Older<Change>) =>
  ({ named: null, ...older }) as Change

/** What every notice went out under before its rule was recorded with it. */
const UNRECORDED_RULE: CorrectionRule = { limitDays: 10, graceDays: 5 }

const correctionFrom = (older: Older<Correction>) => ({ rule: UNRECORDED_RULE, ...older }) as Correction

const partFrom = (older: Older<StepPart>) => ({ openedBefore: false, ...older }) as StepPart

const stateFrom1 = (older: Older<CaseState>): Older<CaseState> => ({
  confirmedBy: null,
  channel: null,
  src: null,
  assisted: null,
  enteredBy: null,
  enteredAt: null,
  relatives: [],
  takenOverAt: null,
  disownments: [],
  seats: null,
  transfers: [],
  approvals: [],
  fastTrack: false,
  ...older,
  applicant: applicantFrom(older.applicant),
  changes: (older.changes ?? []).map(changeFrom),
  corrections: (older.corrections ?? []).map(correctionFrom),
  steps: (older.steps ?? []).map((run): StepRun => ({ ...run, parts: run.parts.map(partFrom) })),
})

/** An older version beside this one copies `decidingVersion` as it found it; below shape 3 the case's version stands for it. */
const stateFrom2 = (older: Older<CaseState>): Older<CaseState> => ({
  ownBefore: [],
  ...older,
  decidingVersion: (older.shape ?? 1) < 3 ? (older.version ?? 1) : (older.decidingVersion ?? 1),
})

type RevocationFrom3 = Revocation & { readonly inAppOn?: PlainDate }

/** The day on which the revocation of one of several organs was theirs on the phone stood with it, and a grant had such a day, too. */
function stateFrom3(older: Older<CaseState>): Older<CaseState> {
  const { revocations, inApp = [] } = older as {
    readonly revocations?: readonly RevocationFrom3[]
  } & CaseState
  const days = (revocations ?? []).flatMap(({ answeredAt: at, inAppOn: on }): ServedInApp[] =>
    at === null ||
    on === undefined ||
    inApp.some(({ of, signedAt }) => of === 'revocation' && signedAt === at)
      ? []
      : [{ of: 'revocation', signedAt: at, on }],
  )
  const own = revocations?.map(({ inAppOn: _day, ...each }) => each)
  return keptInApp({ ...(older as CaseState), ...(own ? { revocations: own } : {}) }, [...inApp, ...days])
}

/**
 * Time ends a case on the day after the last one to answer a notice that was reminded of, and no sooner; before that day was kept it
 * is counted from the reminder, in weekdays.
 */
const endedBySilence = ({ corrections = [], endedAt }: Older<CaseState>) => {
  const last = corrections?.at(-1)
  if (!last || !endedAt || last.lapsedAt !== endedAt) return false
  const { beforeAcceptance, remindedAt, answerBy, rule } = last
  if (!beforeAcceptance || remindedAt === null) return false
  if (answerBy !== undefined) return dayIn(endedAt) > answerBy
  // A working Saturday may bring its end forward, and time ends it while the offices are shut.
  const days = countDays(provisionalWorkingDay(new Map()), dayIn(remindedAt), dayIn(endedAt))
  return days > rule.graceDays || minuteOfDayIn(endedAt) < OPENING_MINUTE
}

/** Before its paper was kept it was taken as theirs on the phone: it is owed to the family. */
const owedToFamily = (ended: CaseState): CaseState =>
  keptInApp(
    toBeServed(ended, 'termination', { toBeServed: true }),
    (ended.inApp ?? []).filter(({ of }) => of !== 'termination'),
  )

/** Beside time staff end a case for a death, or because nobody applied: before the death was kept it is told by the rest. */
const withDeath = (older: Older<CaseState>): Older<CaseState> =>
  older.status === 'terminated' && older.applicant?.disowned !== true && !endedBySilence(older)
    ? owedToFamily({ ...older, isDeceased: true } as CaseState)
    : older

/** From shape n to n + 1, beginning with 1. Each fills only what is missing: it may run over a state of its own shape. */
const STATE_STEPS = [stateFrom1, stateFrom2, stateFrom3] as const

declare const unread: unique symbol
/** `cases.state` as it comes out of the JSON, of any shape: only `upgradeState` can read anything of it. */
export interface StoredState {
  readonly [unread]: 'state'
}

/** A stored state, of any shape, in today's. */
export function upgradeState(stored: StoredState): CaseState {
  const older = stored as unknown as Older<CaseState>
  const from = Math.min(older.shape ?? 1, STATE_WRITTEN_BESIDE)
  const whole = STATE_STEPS.slice(from - 1).reduce((state, step) => step(state), older)
  return { ...(withDeath(whole) as CaseState), shape: STATE_SHAPE }
}

/** A row of `case_events`, as far as it says what happened. */
export interface StoredEvent {
  readonly type: string
  readonly at: Instant
  /** JSON, the text that was hashed. */
  readonly payload: string
}

type EventOf<Type extends CaseEventType> = Extract<CaseEvent, { type: Type }>
type Payload = Readonly<Record<string, unknown>>
type Change = Older<ContentChange> | null

const FACTS_NOT_RECORDED = {
  applicant: null,
  confirmedBy: null,
  stepKeys: null,
  seats: null,
  moved: null,
} as const satisfies Record<keyof DerivedFacts, null>

const movedFrom = (older: Older<NonNullable<DerivedFacts['moved']>> | null | undefined) =>
  older ? { villageAnew: false, ...older } : null

const broughtFrom1 = (older: Payload) => ({
  ...FACTS_NOT_RECORDED,
  ...older,
  applicant: applicantFrom(older['applicant'] as Applicant | undefined),
  moved: movedFrom(older['moved'] as DerivedFacts['moved'] | undefined),
  change: older['change'] ? changeFrom(older['change'] as NonNullable<Change>) : null,
})

type EventStep = { readonly [Type in CaseEventType]?: (older: Payload) => object }

/** Of the events that an older version wrote with less. */
const EVENTS_FROM_1: EventStep = {
  filed: (older) => ({
    confirmedBy: null,
    seats: null,
    channel: null,
    src: null,
    assisted: null,
    enteredBy: null,
    enteredAt: null,
    relatives: [],
    fastTrack: false,
    ...older,
    applicant: applicantFrom(older['applicant'] as Applicant | undefined),
  }),
  supplemented: broughtFrom1,
  added: broughtFrom1,
  'applicant-named': (older) => ({
    ...older,
    applicant: applicantFrom(older['applicant'] as Applicant),
    change: older['change'] ? changeFrom(older['change'] as NonNullable<Change>) : null,
  }),
  'correction-requested': (older) => ({ rule: UNRECORDED_RULE, ...older }),
  granted: (older) => ({ reasonDigest: null, ...older }),
  transferred: (older) => ({ moved: null, ...older }),
  withdrawn: (older) => ({ reasonDigest: null, ...older }),
  terminated: (older) => ({ stepKey: null, unitId: null, cause: null, ...older }),
}

const EVENTS_FROM_2: EventStep = {
  'applicant-named': (older) => ({ isReceipt: false, ...older }),
  'visit-recorded': (older) => ({ rectifyBy: null, ...older }),
}

/** From shape n to n + 1, beginning with 1. */
const EVENT_STEPS: readonly EventStep[] = [EVENTS_FROM_1, EVENTS_FROM_2]

/** A stored event, of any shape, in today's. */
export function upgradeEvent({ type, at, payload }: StoredEvent): CaseEvent {
  const { shape, ...older }: Payload & { readonly shape?: number } = JSON.parse(payload)
  const whole = EVENT_STEPS.slice((shape ?? 1) - 1).reduce<Payload>(
    (event, step) => ({ ...(step[type as CaseEventType]?.(event) ?? event) }),
    older,
  )
  return { ...whole, type, at } as EventOf<CaseEventType>
}

/** The payload of an event as it is stored and hashed: without what the columns hold, with the number of its shape. */
export function payloadOf({ type: _type, at: _at, ...payload }: CaseEvent): string {
  return JSON.stringify({ shape: EVENT_SHAPE, ...payload })
}

/** The words of a document as they come out of their seal, of any shape: only `upgradeDocument` can read anything of them. */
export interface StoredDocument {
  readonly [unread]: 'document'
}

/** From shape n to n + 1, beginning with 1. */
const DOCUMENT_STEPS: readonly ((older: Older<IssuedContent>) => Older<IssuedContent>)[] = []

/** What a document says, sealed in any shape, in today's; no word of it is changed by that. */
export function upgradeDocument(stored: StoredDocument): IssuedContent {
  const older = stored as unknown as Older<IssuedContent>
  const whole = DOCUMENT_STEPS.slice((older.shape ?? 1) - 1).reduce((content, step) => step(content), older)
  return { ...(whole as IssuedContent), shape: DOCUMENT_SHAPE }
}

/** What was filed as it comes out of its seal, of any shape: only `upgradeContent` can read anything of it. */
export interface StoredContent {
  readonly [unread]: 'content'
}

/** From shape n to n + 1, beginning with 1. */
const CONTENT_STEPS: readonly ((older: Older<FiledContent>) => Older<FiledContent>)[] = []

/** What was filed, sealed in any shape, in today's. */
export function upgradeContent(stored: StoredContent): FiledContent {
  const older = stored as unknown as Older<FiledContent>
  const whole = CONTENT_STEPS.slice((older.shape ?? 1) - 1).reduce((content, step) => step(content), older)
  return { ...(whole as FiledContent), shape: CONTENT_SHAPE }
}
