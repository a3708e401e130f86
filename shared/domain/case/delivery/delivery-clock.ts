import { dayIn, instantAt } from '../../kernel/plain-date'
import type { ServiceItem, Step } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf, isLate, type LegalClock } from '../../time-limit/clock'
import { joinedSince, joinsDecisions } from '../parallel/share-decisions'
import { stepOf } from '../route'
import { type CaseState, openParts, type StepPart, type StepRun, type StepTarget } from '../state'
import { isAgainst } from './against'
import type { ServedPaper } from './delivery-state'
import { serviceOf } from './evolve-delivery'
import { isServedInFull } from './in-app'
import { announcedUntil } from './served-without-them'
import { isOwedAgain, signedAt } from './signed-at'

/** 行政许可法 第44条; what is served against somebody takes no longer, by the county's published rule. */
export const DELIVERY_DAYS = 10

export const delivers = ({ actions }: Pick<Step, 'actions'>) => actions.includes('deliver')

/** 行政许可法 第44条: what is granted is a permit, by one organ or by several that decide each its own part. */
export const deliversPermits = (item: Pick<ServiceItem, 'typeCode' | 'steps'>) =>
  item.typeCode === '01' || joinsDecisions(item)

/** 第44条 is of permits that are granted; of what else is granted the guide may say. Null where nothing sets a limit. */
function limitOf(item: ServiceItem, state: CaseState, of: ServedPaper): number | null {
  if (isAgainst(state, of) || of === 'revocation-withdrawn') return DELIVERY_DAYS
  const said = item.steps.find(delivers)?.legalDeliverDays ?? null
  return said ?? (deliversPermits(item) ? DELIVERY_DAYS : null)
}

/** What several organs have decided can be handed over from the last signature on, whenever the packet that lists it is written. */
const runsSince = (item: ServiceItem, state: CaseState, of: ServedPaper) =>
  (of === 'result' ? (again(state) ?? joinedSince(item, state)) : null) ?? signedAt(state, of)

const again = (state: CaseState) => (isOwedAgain(state) ? (state.owedAgain ?? null) : null)

const isServed = (state: CaseState, of: ServedPaper) =>
  of === 'result' && !isOwedAgain(state)
    ? state.deliveredAt !== null || state.endedAt !== null
    : serviceOf(state, of)?.served !== undefined

/**
 * Runs from the day a paper was signed to the day it is served, and stands still for nothing but what is put up: what comes back
 * by post is late all the same. Where no rule sets a limit, it is to arrive in as many days from the posting of the last letter.
 * Null once it is served.
 */
export const deliveryClock = (
  item: ServiceItem,
  state: CaseState,
  of: ServedPaper = 'result',
): LegalClock | null =>
  isServed(state, of) || isServedInFull(state, of) ? null : servingLimit(item, state, of)

function servingLimit(item: ServiceItem, state: CaseState, of: ServedPaper): LegalClock | null {
  const signed = runsSince(item, state, of)
  if (signed === null) return null
  const announced = serviceOf(state, of)?.announced
  // It cannot be served sooner: from the day after on it is to be written down.
  if (announced)
    return { startedAt: instantAt(announcedUntil(announced), 0), days: 1, unit: 'calendar', pauses: [] }
  const days = limitOf(item, state, of)
  if (days !== null) return { startedAt: signed, days, unit: 'working', pauses: [] }
  const letter = serviceOf(state, of)?.posts.at(-1)
  return letter
    ? { startedAt: instantAt(letter.postedOn, 0), days: DELIVERY_DAYS, unit: 'working', pauses: [] }
    : null
}

/** What several organs have all signed is to be handed over from then on, before the packet is written, too. 行政许可法 第44条 */
export const handingOverClock = (item: ServiceItem, state: CaseState, step: Step): LegalClock | null =>
  delivers(step) && joinsDecisions(item) ? deliveryClock(item, state) : null

/** It was served after its last day: late as a delivery, which makes no decision late. */
export function isDeliveredLate(item: ServiceItem, state: CaseState, calendar: WorkingCalendar): boolean {
  const { deliveredAt, servedOn, decision } = state
  if (deliveredAt === null || decision === null) return false
  const { owedAgain: _again, ...closed } = state
  const clock = servingLimit(item, closed, 'result')
  return clock !== null && isLate(dueOf(clock, calendar), servedOn ?? dayIn(deliveredAt))
}

/** Whose it is to hand a paper over: the share that delivers, and of what is not accepted, or ended before that, the one that accepts. */
export function servingShare(item: ServiceItem, state: CaseState, of: ServedPaper): StepTarget | null {
  const run = state.steps.find(({ key }) => {
    const step = stepOf(item, key)
    return of === 'decline' || of === 'termination' ? step.kind === 'accept' : delivers(step)
  })
  const part = run?.parts[0]
  return run && part ? { stepKey: run.key, unitId: part.unitId } : null
}

const AWAITED = [
  'decline',
  'termination',
  'revocation-notice',
  'revocation',
  'revocation-withdrawn',
] as const satisfies readonly ServedPaper[]

/** Papers that have to be served by hand or by post, and are not yet, with whose task that is. */
export const awaitedServices = (item: ServiceItem, state: CaseState) =>
  [...AWAITED, ...(isOwedAgain(state) ? (['result'] as const) : [])].flatMap((of) => {
    const service = serviceOf(state, of)
    const target = servingShare(item, state, of)
    return service && !service.served && target
      ? [{ of, since: (of === 'result' && state.owedAgain) || service.signedAt, ...target }]
      : []
  })

/** Of a share: the paper that it has to serve now; undefined where it has none. */
export const awaitedAt = (item: ServiceItem, state: CaseState, { stepKey, unitId }: StepTarget) =>
  awaitedServices(item, state).find((each) => each.stepKey === stepKey && each.unitId === unitId)?.of

/** Shares that have a day: those that are open, and those whose own work is over and that have a paper to serve. */
export function datedParts(
  item: ServiceItem,
  state: CaseState,
): readonly { readonly step: StepRun; readonly part: StepPart }[] {
  const open = openParts(state)
  const serving = awaitedServices(item, state).flatMap(({ stepKey, unitId }) => {
    const step = state.steps.find(({ key }) => key === stepKey)
    const part = step?.parts.find((each) => each.unitId === unitId)
    return step && part && !open.some((each) => each.part === part) ? [{ step, part }] : []
  })
  return [...open, ...serving]
}

type Part = Pick<StepPart, 'unitId' | 'status'>

/** The clocks of papers that a share has to hand over. */
export const deliveryClocks = (
  item: ServiceItem,
  state: CaseState,
  stepKey: string,
  { unitId }: Part,
): readonly (LegalClock | null)[] => {
  const paper = awaitedAt(item, state, { stepKey, unitId })
  return [deliveryClock(item, state), paper === undefined ? null : deliveryClock(item, state, paper)]
}

/**
 * What a share goes by that has nothing more to do than that: one whose own work is over, or whose result is signed and closed.
 * Null of every other.
 */
export function servingClock(
  item: ServiceItem,
  state: CaseState,
  run: Pick<StepRun, 'key' | 'status'>,
  part: Part,
): LegalClock | null {
  const [ofResult = null, ofPaper = null] = deliveryClocks(item, state, run.key, part)
  // Of what ended the shares stay as they were, and their step is open no more.
  if (run.status !== 'open' || part.status !== 'open') return ofPaper
  if (!delivers(stepOf(item, run.key)) || state.concludedAt === null) return null
  // What was theirs on the phone nobody has to serve; who closes the case has as many days for it.
  return ofResult ?? (isServedInFull(state, 'result') ? servingLimit(item, state, 'result') : null)
}
