import { addDays, dayIn, laterOf, type PlainDate } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { DeliveryMethod } from '../../service-item/delivery-methods'
import type { ServiceItem } from '../../service-item/item'
import { provisionalWorkingDay, type WorkingCalendar } from '../../time-limit/calendar'
import type { CaseContext, CaseError, UnknownField } from '../context'
import type { CaseEvent } from '../events'
import { unheardOf } from '../revocation/unheard'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { whyNot } from '../step/actions'
import { isAgainst } from './against'
import { chosen } from './choose-delivery'
import { otherwise } from './delivery-choice'
import { servingShare } from './delivery-clock'
import type { Carrier, ServedPaper, Service, Taken } from './delivery-state'
import { isOtherwiseThanChosen, type ServedBy } from './delivery-words'
import { openPosting, serviceOf } from './evolve-delivery'
import { firstHad, isServedInFull } from './in-app'
import { dated, isUnserved, owedPapers, type Served } from './owed-papers'
import { resultHad } from './own-served'
import { announcedTo, announcedUntil, whyNotWithoutThem } from './served-without-them'
import { mayBePosted } from './settle'
import { isOwedAgain, signedAt } from './signed-at'
import { goesToFamily } from './to-family'

/** What staff write down of a paper that goes to somebody. */
export const DELIVERY_ACTS = [
  'post',
  'record-receipt',
  'record-return',
  'hand-over',
  'leave',
  'announce',
  'record-announced',
] as const
export type DeliveryAct = (typeof DELIVERY_ACTS)[number]

/** Texts are sealed elsewhere; here stand their digests. */
export type DeliveryCommand =
  | {
      readonly type: 'choose-delivery'
      readonly method: DeliveryMethod
      /** Null where it is not posted. */
      readonly addressDigest: string | null
    }
  | {
      readonly type: 'post'
      readonly of: ServedPaper
      readonly carrier: Carrier
      readonly trackingDigest: string
      readonly postedOn: PlainDate
      /** As of what is put into somebody's hand. */
      readonly otherwiseDigest?: string
    }
  | {
      readonly type: 'record-receipt'
      readonly of: ServedPaper
      readonly receivedOn: PlainDate
      /** As of `hand-over`; missing where nobody else than the addressee is named. */
      readonly takerDigest?: string | null
    }
  | {
      readonly type: 'record-return'
      readonly of: ServedPaper
      readonly returnedOn: PlainDate
      readonly reasonDigest: string
    }
  | {
      readonly type: 'hand-over'
      readonly of: ServedPaper
      readonly takenOn: PlainDate
      /** Null where it was the addressee; needed of what goes to the family. */
      readonly takerDigest: string | null
      /** Why the result goes another way than was chosen; missing where nobody says so. */
      readonly otherwiseDigest?: string
    }
  | {
      readonly type: 'leave'
      readonly of: ServedPaper
      readonly witnessesDigest: string
      readonly refusalDigest: string
      /** As of what is put into somebody's hand. */
      readonly otherwiseDigest?: string
    }
  | {
      readonly type: 'announce'
      readonly of: ServedPaper
      readonly placeDigest: string
      readonly reasonDigest: string
      /** Whom of the family of who has died it names; missing where nobody is known by name. */
      readonly familyDigest?: string
    }
  | { readonly type: 'record-announced'; readonly of: ServedPaper }

type Verdict = CaseError | null
type PostCommand = Extract<DeliveryCommand, { type: 'post' }>
type StaffCommand = Exclude<DeliveryCommand, { type: 'choose-delivery' }>
/** What is against somebody who would not take it counts from the day on which it is written down: nobody names another. */
type Undated = 'leave' | 'announce' | 'record-announced'
type Dated = Exclude<StaffCommand, { type: Undated }>
const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError

/** For these `deliver` is refused, so that it is written down here. */
const HANDED_ELSEWHERE: ReadonlySet<CaseError['code']> = new Set([
  'case.posted-before',
  'case.goes-to-family',
])

/** The result is handed over by whoever holds its step; what comes beside it by whoever had that post. */
function isTheirs(item: ServiceItem, state: CaseState, of: ServedPaper, context: CaseContext): Verdict {
  const share = servingShare(item, state, of)
  if (!share) return REFUSED
  if (of === 'result' && !isOwedAgain(state)) {
    const refusal = whyNot(item, state, 'deliver', share, context)
    return refusal && HANDED_ELSEWHERE.has(refusal.code) ? null : refusal
  }
  const { actor } = context
  if (actor.kind !== 'staff') return { code: 'case.not-your-task' }
  if (actor.isBarred) return { code: 'case.own-case' }
  const step = stepOf(item, share.stepKey)
  const pools = [{ role: step.role, unitId: share.unitId }, ...context.poolsOf(step, share.unitId)]
  return actor.pools.some((own) =>
    pools.some(({ role, unitId }) => role === own.role && unitId === own.unitId),
  )
    ? null
    : { code: 'case.not-your-task' }
}

/** What was theirs on the phone before is handed over on paper all the same, and what is in the post comes to an end. */
const COPIES: ReadonlySet<DeliveryAct> = new Set(['hand-over', 'record-receipt', 'record-return'])

/** Why an act with a paper is refused, null when it is allowed. Buttons and checks both ask here. */
export function whyNotDelivery(
  item: ServiceItem,
  state: CaseState,
  act: DeliveryAct,
  of: ServedPaper,
  context: CaseContext,
): Verdict {
  const isOwed = owedPapers(state).includes(of)
  if (of === 'revocation' && !isOwed && unheardOf(state).length > 0) return { code: 'case.taking-back' }
  if (!isOwed && !(isUnserved(state, of) && isServedInFull(state, of) && COPIES.has(act))) return REFUSED
  const theirs = isTheirs(item, state, of, context)
  if (theirs) return theirs
  const isOnTheWay = openPosting(serviceOf(state, of)) !== undefined
  switch (act) {
    case 'hand-over':
      return null
    case 'record-receipt':
    case 'record-return':
      return isOnTheWay ? null : { code: 'case.not-posted' }
    case 'post':
      if (isOnTheWay) return { code: 'case.posted-before' }
      return mayBePosted(item, state, of) ? null : REFUSED
    case 'leave':
      // Nobody who has died refuses it, and nobody lives there to whom it could be left in their name.
      return goesToFamily(state, of) ? REFUSED : whyNotWithoutThem(state, act, of, context.now)
    case 'announce':
    case 'record-announced':
      return whyNotWithoutThem(state, act, of, context.now)
  }
}

const unknown = (field: UnknownField) => fail({ code: 'case.target-unknown', field } as const)

const workingDayBefore = (calendar: WorkingCalendar, day: PlainDate): PlainDate => {
  const before = addDays(day, -1)
  return provisionalWorkingDay(calendar)(before) ? before : workingDayBefore(calendar, before)
}

/**
 * Nothing arrives before it was signed or sent, and nothing is written down ahead. What is against somebody counts from the day on
 * which it was written down, if no receipt of the post bears another: nobody's remedies are over before anybody could see them run.
 */
function firstDay(state: CaseState, { type, of }: Dated, { now, calendar }: CaseContext): PlainDate {
  const today = dayIn(now)
  const letter = serviceOf(state, of)?.posts.at(-1)
  const signed = dayIn((of === 'result' ? state.concludedAt : null) ?? signedAt(state, of) ?? state.filedAt)
  switch (type) {
    case 'record-receipt':
    case 'record-return':
      return letter?.postedOn ?? signed
    case 'hand-over':
      return isAgainst(state, of) ? today : signed
    // Of a letter that is written down months later its receipt would end their remedies in the same minute.
    case 'post':
      return isAgainst(state, of) ? laterOf(signed, workingDayBefore(calendar, today)) : signed
  }
}

const DAY_OF = {
  post: 'postedOn',
  'record-receipt': 'receivedOn',
  'record-return': 'returnedOn',
  'hand-over': 'takenOn',
} as const satisfies Record<Exclude<DeliveryAct, Undated>, UnknownField>

function dayNamed(command: Dated): PlainDate {
  switch (command.type) {
    case 'post':
      return command.postedOn
    case 'record-receipt':
      return command.receivedOn
    case 'record-return':
      return command.returnedOn
    case 'hand-over':
      return command.takenOn
  }
}

/** Into somebody's hand. */
const isTaken = (command: StaffCommand) => command.type === 'hand-over' || command.type === 'record-receipt'

const isDated = (command: StaffCommand): command is Dated => command.type in DAY_OF

type Serves = Extract<StaffCommand, { type: 'record-receipt' | 'hand-over' | 'leave' | 'record-announced' }>
type Has = Pick<NonNullable<Service['served']>, 'on' | 'method' | keyof Taken>

const takenBy = ({ takerDigest = null }: { readonly takerDigest?: string | null }) =>
  takerDigest === null ? {} : { takerDigest }

/** By which way somebody has it, and since when. */
function hadBy(state: CaseState, command: Serves, today: PlainDate): Has | undefined {
  switch (command.type) {
    case 'record-receipt':
      return { method: 'post', on: command.receivedOn, ...takenBy(command) }
    case 'hand-over':
      return { method: 'pickup', on: command.takenOn, ...takenBy(command) }
    case 'leave': {
      const { witnessesDigest, refusalDigest } = command
      return { method: 'left', on: today, witnessesDigest, refusalDigest }
    }
    case 'record-announced': {
      const announced = serviceOf(state, command.of)?.announced
      return announced && { method: 'announced', on: announcedUntil(announced) }
    }
  }
}

/** The event by which somebody has it: of the result it ends the case. */
function servedBy(
  state: CaseState,
  command: Serves,
  base: Pick<Served, 'at' | 'stepKey' | 'unitId'>,
  calendar: WorkingCalendar,
): Result<CaseEvent[], CaseError> {
  const had = hadBy(state, command, dayIn(base.at))
  if (!had) return fail(REFUSED)
  const { on: then, ...how } = had
  if (command.of !== 'result' || isOwedAgain(state)) {
    const first = firstHad(state, command.of, then, how.method)
    return ok([dated(state, { ...base, type: 'served', of: command.of, ...how, ...first }, calendar)])
  }
  const { on, ...copy } = resultHad(state, then, how.method)
  const why = whyOtherwise(state, command, how.method)
  return why.ok ? ok([{ ...base, type: 'delivered', servedOn: on, ...how, ...copy, ...why.value }]) : why
}

/** By which way an act hands over, or sends on its way. */
const HANDS: { readonly [Act in DeliveryAct]?: ServedBy } = {
  'hand-over': 'pickup',
  leave: 'left',
  post: 'post',
}

/** The result goes another way than was chosen, and no letter that came back says why: the act does. */
export function asksWhy(state: CaseState, act: DeliveryAct, of: ServedPaper): boolean {
  const way = HANDS[act]
  if (of !== 'result' || way === undefined) return false
  const isReturned = serviceOf(state, of)?.posts.some(({ returned }) => returned)
  return !(isReturned && act !== 'hand-over') && isOtherwiseThanChosen(state.deliveryChoice?.method, way)
}

function whyOtherwise(state: CaseState, command: Serves | PostCommand, method: Has['method']) {
  if (!asksWhy(state, command.type, command.of)) return ok({})
  return otherwise(state, method, 'otherwiseDigest' in command ? (command.otherwiseDigest ?? null) : null)
}

/** Whom it is for is in its words; of who has died it may name the family. */
function putUp(
  state: CaseState,
  command: Extract<StaffCommand, { type: 'announce' }>,
  base: Pick<Served, 'at' | 'stepKey' | 'unitId'>,
  { calendar }: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { of, placeDigest, reasonDigest, familyDigest } = command
  if (familyDigest !== undefined && !goesToFamily(state, of)) return unknown('family')
  const on = dayIn(base.at)
  const named = familyDigest === undefined ? {} : { familyDigest }
  const until = announcedTo(on, calendar)
  return ok([{ ...base, type: 'announced', of, on, ...until, placeDigest, reasonDigest, ...named }])
}

/** Decides what follows from how a paper goes to whom it is for. */
export function decideDelivery(
  item: ServiceItem,
  state: CaseState,
  command: DeliveryCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (command.type === 'choose-delivery') return chosen(item, state, command, context)
  const refusal = whyNotDelivery(item, state, command.type, command.of, context)
  const share = servingShare(item, state, command.of)
  if (refusal || !share) return fail(refusal ?? REFUSED)
  const today = dayIn(context.now)
  if (isDated(command)) {
    const day = dayNamed(command)
    if (day < firstDay(state, command, context) || day > today) return unknown(DAY_OF[command.type])
  }
  if (isTaken(command) && !('takerDigest' in takenBy(command)) && goesToFamily(state, command.of))
    return unknown('taker')
  const base = { at: context.now, ...share }
  switch (command.type) {
    case 'announce':
      return putUp(state, command, base, context)
    case 'post': {
      const { of, carrier, trackingDigest, postedOn } = command
      const why = whyOtherwise(state, command, 'post')
      return why.ok
        ? ok([{ ...base, type: 'posted', of, carrier, trackingDigest, postedOn, ...why.value }])
        : why
    }
    case 'record-return': {
      const { of, returnedOn, reasonDigest } = command
      return ok([{ ...base, type: 'post-returned', of, returnedOn, reasonDigest }])
    }
    case 'record-receipt':
    case 'hand-over':
    case 'leave':
    case 'record-announced':
      return servedBy(state, command, base, context.calendar)
  }
}
