import { addDays, dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { Light } from '../../time-limit/light'
import type { CaseStatus } from '../case-status'
import { caseLight } from '../clock/case-light'
import { correctionDue } from '../clock/clocks'
import { PACKET } from '../paper/document-kinds'
import { decidedShares, partlyWords, tallyOf } from '../parallel/share-decisions'
import { lacksSeat, SEAT_GONE } from '../result/booked'
import { unheardOf } from '../revocation/unheard'
import { stepOf } from '../route'
import { type CaseState, type ClockPause, openCorrection } from '../state'
import { CHECK_FAILED } from '../visit/check'
import { disownedTold } from '../whose/disowned'
import { isDisowned } from '../whose/identity'
import {
  askedWords,
  BY_SILENCE,
  EXTENDED,
  OUTCOME_WORDS,
  type Outcome,
  type OutcomeKey,
} from './outcome-words'

/** A document of the case by the kinds of `document-kinds.ts`; the later issued, the later in a list. */
export interface Issued {
  readonly id: string
  readonly kind: string
  /** Who issued it; missing where nobody asks. */
  readonly unitId?: string
}

const WAITING = '等着受理'
const GOING = '正在办'
const TELLING = {
  correcting: ['correction'],
  suspended: ['suspension'],
  granted: ['grant', 'confirm', PACKET],
  refused: ['refuse', 'deny', PACKET],
  declined: ['decline'],
  revoked: ['revocation'],
  accepted: ['acceptance'],
  lapsed: ['termination'],
  extended: ['extension'],
} as const satisfies Readonly<Record<string, readonly string[]>>

function documentIn(documents: readonly Issued[], of: keyof typeof TELLING) {
  const kinds: readonly string[] = TELLING[of]
  return documents.filter(({ kind }) => kinds.includes(kind)).at(-1)?.id ?? null
}

/** What of an outcome the passing of days leaves as it is; the rest goes by the light of the day. */
export interface Standing {
  readonly key: Exclude<OutcomeKey, 'late'>
  readonly word: string
  /** Null where it goes by the light. */
  readonly tone: Outcome['tone'] | null
  /** Said of what is under way besides, late or not. */
  readonly besides: readonly string[]
  readonly documentId: string | null
}

const settled = (
  key: Standing['key'],
  word: string,
  tone: Outcome['tone'],
  documentId: string | null,
): Standing => ({ key, word, tone, besides: [], documentId })

/** A check after the decision found it otherwise than it was said to be. */
export const isCheckFailed = (item: ServiceItem, { steps }: Pick<CaseState, 'steps'>) =>
  steps.some(
    ({ key, parts }) => stepOf(item, key).followUp && parts.some(({ outcome }) => outcome === 'failed'),
  )

/**
 * By the open notice, whose last day was over: staff end a case for a cause of their own, and on no such day. What was
 * accepted goes on after its notice lapsed.
 */
function hasLapsed(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const asked = state.corrections.at(-1)
  if (
    !asked?.remindedAt ||
    !asked.beforeAcceptance ||
    asked.lapsedAt === null ||
    asked.lapsedAt !== state.endedAt
  )
    return false
  const due = correctionDue(item, state, asked, calendar)
  return due.kind === 'on' && dayIn(asked.lapsedAt) > due.on
}

function endOf(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  documents: readonly Issued[],
): Standing | null {
  switch (state.status) {
    case 'declined':
      return settled('declined', OUTCOME_WORDS.declined, 'bad', documentIn(documents, 'declined'))
    case 'revoked':
      if (unheardOf(state).length > 0) return settled('taking-back', OUTCOME_WORDS.takingBack, 'calm', null)
      return settled('revoked', OUTCOME_WORDS.revoked, 'bad', documentIn(documents, 'revoked'))
    case 'withdrawn':
      return settled('withdrawn', OUTCOME_WORDS.withdrawn, 'bad', null)
    case 'terminated': {
      return hasLapsed(item, state, calendar)
        ? settled('lapsed', OUTCOME_WORDS.terminated, 'bad', documentIn(documents, 'lapsed'))
        : settled('terminated', OUTCOME_WORDS.terminated, 'bad', null)
    }
    default:
      return null
  }
}

function decisionOf(item: ServiceItem, state: CaseState, documents: readonly Issued[]): Standing | null {
  const { decision, concludedAt } = state
  if (decision === null) return null
  const { kind } = decision
  const documentId = documentIn(documents, kind)
  const tally = tallyOf(item, state)
  // What the others refused or revoked stays what it is, and opens to objections.
  if (tally?.granted === 0 && tally.takingBack && tally.refused + tally.revoked === 0)
    return settled('taking-back', partlyWords(tally), 'calm', null)
  if (tally?.granted === 0)
    return settled('revoked', partlyWords(tally), 'bad', documentIn(documents, 'revoked') ?? documentId)
  if (tally) return settled('granted', partlyWords(tally), 'bad', documentId)
  if (kind === 'refused') return settled(kind, OUTCOME_WORDS.refused, 'bad', documentId)
  if (isCheckFailed(item, state)) return settled(kind, CHECK_FAILED, 'late', documentId)
  return settled(kind, OUTCOME_WORDS[concludedAt === null ? 'granted' : 'concluded'], 'good', documentId)
}

/** 特别程序 of the case; one department of several that stops for itself stops no promise. */
export const suspensionOf = ({ pauses }: CaseState): ClockPause | undefined =>
  pauses.filter(
    ({ until, because, clock }) => until === null && because === 'special-procedure' && clock === 'promised',
  )[0]

function waitOf(state: CaseState, documents: readonly Issued[]): Standing | null {
  if (suspensionOf(state))
    return settled('suspended', OUTCOME_WORDS.suspended, 'paused', documentIn(documents, 'suspended'))
  const asked = openCorrection(state)
  return asked
    ? settled('correcting', askedWords(asked.items), 'calm', documentIn(documents, 'correcting'))
    : null
}

/** What one of several organs has refused stands, whatever the others still decide. */
function refusedSoFar(item: ServiceItem, state: CaseState): readonly string[] {
  const refused = decidedShares(item, state).filter(({ isGranted }) => !isGranted).length
  return refused === 0 ? [] : [`有 ${refused} 样没批`]
}

function underWay(item: ServiceItem, state: CaseState, documents: readonly Issued[]): Standing {
  const open = { key: 'open', tone: null } as const
  // It goes on no more, whatever was told of it before.
  if (isDisowned(state)) return { ...open, word: disownedTold(state), besides: [], documentId: null }
  const { accepted, extension } = state
  const besides = [
    ...(accepted?.bySilence ? [BY_SILENCE] : []),
    ...(extension === null ? [] : [EXTENDED]),
    ...(lacksSeat(state) ? [SEAT_GONE] : []),
    ...refusedSoFar(item, state),
  ]
  const told = extension === null ? 'accepted' : 'extended'
  return {
    ...open,
    word: [accepted === null ? WAITING : GOING, ...besides].join('，'),
    besides,
    documentId: documentIn(documents, told),
  }
}

/**
 * How a case stands by its state: the end outranks the decision, that a special procedure (行政许可法 第45条), that a notice
 * which waits for its answer. `documents`: all that were issued of it, the newest last.
 */
export const standingOf = (
  item: ServiceItem,
  state: CaseState,
  { calendar, documents }: { readonly calendar: WorkingCalendar; readonly documents: readonly Issued[] },
): Standing =>
  endOf(item, state, calendar, documents) ??
  decisionOf(item, state, documents) ??
  waitOf(state, documents) ??
  underWay(item, state, documents)

/** Who reads it. */
export type OutcomeReader = 'applicant' | 'staff'

const TONES = { calm: 'calm', unknown: 'calm', paused: 'paused' } as const

/** A standing on a day, by the light of the case's own date on it. */
export function outcomeAt(
  { key, word, tone, besides, documentId }: Standing,
  light: Light,
  reader: OutcomeReader,
): Outcome {
  if (tone !== null) return { key, word, tone, documentId }
  if (light.kind === 'late') {
    const late = [`超了 ${light.daysLate} 个工作日`, ...besides].join('，')
    return { key: 'late', word: late, tone: 'late', documentId: null }
  }
  if (light.kind === 'soon' || light.kind === 'today')
    return { key, word, tone: reader === 'staff' ? 'soon' : 'calm', documentId }
  return { key, word, tone: TONES[light.kind], documentId }
}

interface Known {
  readonly calendar: WorkingCalendar
  readonly documents: readonly Issued[]
  readonly today: PlainDate
  readonly reader: OutcomeReader
}

/**
 * What a case has come to: one key, one word, one tone and the document that tells it. Late is what has no end, no decision
 * and no wait, and whose shown date is over; the days of it are working days. Silence and a longer limit are told in the word.
 */
export const outcomeOf = (item: ServiceItem, state: CaseState, known: Known): Outcome =>
  outcomeAt(standingOf(item, state, known), caseLight(item, state, known.today, known.calendar), known.reader)

/** Ours: so many days the first screen tells of an end; a rating is voluntary (国办发〔2019〕51号), and nobody is pressed for it. */
export const FRESH_DAYS = 7

/** Of a decision, a conclusion, an end: the last of them, whose day it is. */
export function overOn({ decision, concludedAt, endedAt }: CaseState): PlainDate | null {
  const at = endedAt ?? concludedAt ?? decision?.at ?? null
  return at === null ? null : dayIn(at)
}

export const isFresh = (on: PlainDate | null, today: PlainDate) =>
  on !== null && today < addDays(on, FRESH_DAYS)

const UNREAD_ENDS: readonly OutcomeKey[] = ['declined', 'lapsed', 'terminated', 'revoked']

/** An end that the applicant did not choose and that no rating asks them to read; a refusal is rated once it is concluded. */
export function isUnread(
  { key }: Pick<Outcome, 'key'>,
  { status, overOn: on }: { readonly status: CaseStatus; readonly overOn: PlainDate | null },
  today: PlainDate,
) {
  const isEnd = key === 'refused' ? status === 'refused' : UNREAD_ENDS.includes(key)
  return isEnd && isFresh(on, today)
}
