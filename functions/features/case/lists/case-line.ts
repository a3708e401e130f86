import type { DueBecause } from '#shared/contract/primitives'
import type { CaseStatus } from '#shared/domain/case/case-status'
import { type LightBasis, lightBasis } from '#shared/domain/case/clock/case-light'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import { areTurningDaysKnown, caseTurningDays } from '#shared/domain/case/clock/turning-days'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { type NowWords, nowWords } from '#shared/domain/case/outcome/now-words'
import { type Issued, overOn, type Standing, standingOf } from '#shared/domain/case/outcome/outcome'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { isRateable } from '#shared/domain/case/outcome/rateable'
import { decidedShareAt } from '#shared/domain/case/parallel/own-share'
import { type Booked, bookingsOf, bookingTold, type ToldBooking } from '#shared/domain/case/result/booked'
import { isAskedToSpeak, openHearing, speakUntil } from '#shared/domain/case/revocation/revocation'
import { takingBackTold } from '#shared/domain/case/revocation/taking-back'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { nextOnTime } from '#shared/domain/case/step/decide-on-time'
import { type Awaited, awaitedIdentity } from '#shared/domain/case/whose/identity'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../../service-item'
import type { CaseRow } from '../case-row'
import { currentState } from '../current-state'
import { correctionBasis, dueView } from '../due-view'
import { stateOnTime } from '../on-time'
import type { OwnState } from '../standing'
import { sharesToDecide, type ToDecide } from './deciders-awaited'
import { isSame, KNOWN, type Span, spanOn, spansOf } from './spans'

/** How a case stands, as lists tell it. */
export interface Stand {
  readonly status: CaseStatus
  readonly now: NowWords
  /** With the light of the day it is the outcome. */
  readonly standing: Standing
  readonly endedOn: PlainDate | null
  /** Of its decision, its conclusion or its end, the last of them. */
  readonly overOn: PlainDate | null
  readonly dueOn: PlainDate | null
  /** Promised in place of the broken promise. */
  readonly newDueOn: PlainDate | null
  /** `dueOn` is the law's day; missing of a promised one. */
  readonly dueByLaw?: true
  readonly dueBecause: DueBecause | null
  /** What will still stop the promise, by name. */
  readonly apart: string | null
  readonly light: LightBasis
  readonly awaited: Awaited | null
  /** What an open notice asks for. */
  readonly missing: readonly string[]
  /** What is to be decided now; missing where nothing is. */
  readonly toDecide?: readonly ToDecide[]
  /** Missing where it is not. */
  readonly isRateable?: true
  /** Until when what was revoked unheard is to be taken back; null in a year without a calendar, missing where nothing is. */
  readonly takingBackBy?: PlainDate | null
  /** The applicant is asked to speak before the decision is revoked, and has not; missing where nobody is. */
  readonly speak?: {
    /** Null in a year without a calendar. */
    readonly until: PlainDate | null
    /** Of several organs that decide each its own part, whose decision it is and of what; missing where one decides the whole. */
    readonly own?: { readonly unitId: string; readonly name: string }
  }
}

/** A line of another shape is not read; a widened one gets the next number. */
export const CASE_LINE_SHAPE = 14
/** With what the text of every line of this shape begins. */
export const CASE_LINE_HEAD = `{"shape":${CASE_LINE_SHAPE},`

/** What a list of one's own cases says of one beside its columns: worked out when the case is written. */
interface CaseLine {
  readonly shape: typeof CASE_LINE_SHAPE
  readonly spans: readonly Span<{
    /** Whoever filed it is confirmed by then. */
    readonly known: Stand
    /** Null where it makes no difference. */
    readonly unknown: Stand | null
  }>[]
  readonly own: OwnState
  readonly bookings: readonly Booked[]
}

interface CaseNow {
  readonly item: ServiceItem
  readonly state: CaseState
  readonly reference: Pick<Reference, 'calendar' | 'fact'>
  readonly now: Instant
  readonly documents: readonly Issued[]
}

function standAt(
  { item, state: written, reference, documents }: Omit<CaseNow, 'now'>,
  now: Instant,
  filerConfirmed: CaseRow['filerConfirmed'],
): Stand {
  const state = stateOnTime(item, { state: written, filerConfirmed }, reference, now)
  const { calendar } = reference
  const standing = standingOf(item, state, { calendar, documents })
  const correction = correctionBasis(item, state, calendar)
  const { dueOn, newDueOn, dueByLaw, dueBecause, apart, basis } = correction
    ? { ...correction, newDueOn: null, dueByLaw: undefined, apart: null }
    : datesOf(item, state, calendar)
  return {
    status: state.status,
    now: nowWords(item, state, standing, { reader: 'applicant', at: { now, calendar } }),
    standing,
    endedOn: state.endedAt === null ? null : dayIn(state.endedAt),
    overOn: overOn(state),
    dueOn,
    newDueOn,
    ...(dueByLaw ? { dueByLaw } : {}),
    dueBecause,
    apart,
    light: basis,
    awaited: awaitedIdentity(item, state),
    missing: (openCorrection(state)?.items ?? []).map((each) => askedLabel(item, each)),
    ...decidedNow(item, state, calendar),
    ...(isRateable(state) ? { isRateable: true } : {}),
    ...takenBackBy(takingBackTold(state, standing.key, calendar)),
    ...askedToSpeak(item, state, calendar),
  }
}

function decidedNow(
  item: ServiceItem,
  state: CaseState,
  calendar: CaseNow['reference']['calendar'],
): Pick<Stand, 'toDecide'> {
  const toDecide = sharesToDecide(item, state, calendar)
  return toDecide.length > 0 ? { toDecide } : {}
}

const takenBackBy = (by: PlainDate | null | undefined): Pick<Stand, 'takingBackBy'> =>
  by === undefined ? {} : { takingBackBy: by }

function askedToSpeak(
  item: ServiceItem,
  state: CaseState,
  calendar: CaseNow['reference']['calendar'],
): Pick<Stand, 'speak'> {
  const open = openHearing(state)
  if (!open || !isAskedToSpeak(open)) return {}
  const until = speakUntil(open, calendar)
  const share = open.of && decidedShareAt(item, state, open.of)
  const own = share && { unitId: share.unitId, name: share.name }
  return { speak: { until: until.kind === 'on' ? until.on : null, ...(own ? { own } : {}) } }
}

function datesOf(item: ServiceItem, state: CaseState, calendar: CaseNow['reference']['calendar']) {
  const due = dueOfCase(item, state, calendar)
  return { ...dueView(item, state, due), basis: lightBasis(item, state, calendar, due) }
}

function spansOfCase(caseNow: CaseNow): CaseLine['spans'] {
  const { item, state, reference, now } = caseNow
  // Nothing is left to be confirmed of who is.
  const isSettled = state.endedAt !== null || (state.identityConfirmed && state.confirmedBy !== 'power')
  return spansOf(now, caseTurningDays(item, state, reference.calendar), (at) => {
    const known = standAt(caseNow, at, KNOWN)
    const other = isSettled ? known : standAt(caseNow, at, null)
    return { known, unknown: isSame(known, other) ? null : other }
  })
}

const ownState = ({
  enteredBy,
  confirmedBy,
  applicant,
  takenOverAt,
  changes,
  isDeceased,
}: CaseState): OwnState => ({
  enteredBy,
  confirmedBy,
  applicant,
  takenOverAt,
  ...(isDeceased ? { isDeceased } : {}),
  changes: changes.some(({ byOwner }) => byOwner) ? [{ byOwner: true }] : [],
})

export const caseLine = (caseNow: CaseNow): CaseLine => ({
  shape: CASE_LINE_SHAPE,
  spans: spansOfCase(caseNow),
  own: ownState(caseNow.state),
  bookings: bookingsOf(caseNow.state),
})

/** The columns of a case that tell its lists and jobs what its state would. */
export interface LineColumns {
  /**
   * A `CaseLine` as JSON. Null where nothing that is written now can tell how the case will stand: a calendar is missing, or
   * its dates go by the hour at which whoever filed it is confirmed. Lists and jobs go by its state then.
   */
  readonly line: string | null
  /** Whether who filed it makes a difference, so that it has to be looked up. */
  readonly lineSplits: boolean
  /** The first day on which time alone brings something about; null where there is none. */
  readonly turnsOn: PlainDate | null
}

/** A village's stage has days of its own, which its light alone goes by. */
const awaitsCalendar = ({ dueBecause, light, speak, takingBackBy }: Stand) =>
  speak?.until === null ||
  takingBackBy === null ||
  dueBecause?.kind === 'calendar-missing' ||
  light.due.kind === 'calendar-missing'

const isForetold = ({ item, state, reference }: Omit<CaseNow, 'now' | 'documents'>, { spans }: CaseLine) =>
  areTurningDaysKnown(item, state, reference.calendar) &&
  spans.every(
    ({ known, unknown }) =>
      !awaitsCalendar(known) &&
      (unknown === null || (!awaitsCalendar(unknown) && unknown.status === known.status)),
  )

/** Whoever filed it may come to be confirmed before that day, and the case to name somebody by it. */
export function turnsOn({ item, state, reference: { calendar }, now }: CaseNow): PlainDate | null {
  const known = currentState(item, { state, filerConfirmed: KNOWN }, now)
  const days = [state, known].flatMap((each) => nextOnTime(item, each, calendar) ?? [])
  return days.sort()[0] ?? null
}

export function lineColumns(caseNow: CaseNow): LineColumns {
  const line = caseLine(caseNow)
  return {
    line: isForetold(caseNow, line) ? JSON.stringify(line) : null,
    lineSplits: line.spans.some(({ unknown }) => unknown !== null),
    turnsOn: turnsOn(caseNow),
  }
}

/** What lists tell of a case. */
export interface ToldStand {
  readonly stand: Stand
  readonly own: OwnState
  readonly booking: ToldBooking
}

/** As the last write left it. */
export function standOn({ spans, own, bookings }: CaseLine, now: Instant, isFilerKnown: boolean): ToldStand {
  const span = spanOn(spans, dayIn(now))
  const stand = isFilerKnown ? span.known : (span.unknown ?? span.known)
  return { stand, own, booking: bookingTold(bookings, now, isOver(stand.standing)) }
}

/** By its state. */
export const standNow = ({
  filerConfirmed,
  ...caseNow
}: CaseNow & Pick<CaseRow, 'filerConfirmed'>): ToldStand => {
  const stand = standAt(caseNow, caseNow.now, filerConfirmed)
  return {
    stand,
    own: ownState(caseNow.state),
    booking: bookingTold(bookingsOf(caseNow.state), caseNow.now, isOver(stand.standing)),
  }
}

export const readLine = (line: string): CaseLine => JSON.parse(line)
