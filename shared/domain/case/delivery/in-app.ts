import { dayIn, type Instant, laterOf, type PlainDate } from '../../kernel/plain-date'
import type { CaseState } from '../state'
import { isAgainst } from './against'
import { type Copied, SERVED_PAPERS, type ServedInApp, type ServedPaper } from './delivery-state'
import type { ServedBy } from './delivery-words'
import { serviceAt } from './evolve-delivery'
import { announcedUntil } from './served-without-them'
import { signedAt } from './signed-at'
import { goesToFamily } from './to-family'

export type Wish = Pick<CaseState, 'deliveryChoice' | 'deliveredAt'>

/** What they said once was for what they have by now: of what was signed since they are asked anew. */
export const isWordSpent = ({ deliveryChoice, deliveredAt }: Wish) =>
  deliveryChoice !== undefined && deliveredAt !== null && deliveryChoice.at <= deliveredAt

/**
 * They have said that they are served on the phone (民事诉讼法 第90条, which the law of permits leaves to be followed). It is said
 * until the result is theirs: what comes years later asks anew.
 */
export const agreesToApp = ({ deliveryChoice, deliveredAt }: Wish) =>
  deliveryChoice?.method === 'electronic' && !isWordSpent({ deliveryChoice, deliveredAt })

/** On the day on which it was signed, or on that of a word which came later; null while they have not agreed. 民事诉讼法 第90条 */
function servedInAppOn(state: Wish, signed: Instant): PlainDate | null {
  const { deliveryChoice } = state
  return deliveryChoice && agreesToApp(state) ? laterOf(dayIn(signed), dayIn(deliveryChoice.at)) : null
}

const agreedBefore = ({ deliveryChoice }: Wish, signed: Instant) =>
  deliveryChoice !== undefined && deliveryChoice.at <= signed

/** What was theirs on the phone is written down: no later word takes it back. */
const recorded = ({ inApp = [] }: CaseState, of: ServedPaper, at: Instant): ServedInApp | undefined =>
  inApp.find((each) => each.of === of && each.signedAt === at)

/**
 * The day on which they have on the phone what is against them, signed then. Of the result a word serves whenever it comes, if no
 * other service came before it, and 公告 counts with the end of its days; of all else a word that comes later is a service of its own.
 * Null of what they gain, which is theirs once it is handed over, and of what tells a family of a death.
 */
export function inAppOn(state: CaseState, of: ServedPaper, signed = signedAt(state, of)): PlainDate | null {
  if (signed === null || of === 'revocation-notice' || !isAgainst(state, of)) return null
  if (goesToFamily(state, of)) return null
  const known = recorded(state, of, signed)
  if (known) return known.on
  const agreed = servedInAppOn(state, signed)
  const service = serviceAt(state, of, signed)
  if (agreed === null || service?.served) return null
  if (of !== 'result') return service === undefined && agreedBefore(state, signed) ? agreed : null
  // It did not reach them when it was signed: a word since then shows that they are there again.
  if (state.decision?.toBeServed && agreedBefore(state, signed)) return null
  const isUp = service?.announced !== undefined && announcedUntil(service.announced) < agreed
  return state.deliveredAt !== null || isUp ? null : agreed
}

/**
 * What came into the hand on a later day of its own, and not as a copy, is from before it was known that a paper is served once:
 * the paper they were given says that day. A grant is served by whoever hands it over.
 */
const stands =
  (state: CaseState) =>
  ({ of, signedAt: at, on }: ServedInApp) => {
    const served = serviceAt(state, of, at)?.served
    const isGrant = of === 'result' && state.decision?.at === at && !isAgainst(state, of)
    return !isGrant && (served === undefined || served.on <= on)
  }

const inTheirOrder = (one: ServedInApp, other: ServedInApp) =>
  one.signedAt < other.signedAt ? -1 : Number(one.signedAt > other.signedAt)

/** With these days, as far as they stand. */
export function keptInApp(state: CaseState, days: readonly ServedInApp[]): CaseState {
  const { inApp: _former, ...rest } = state
  const kept = days.filter(stands(state)).sort(inTheirOrder)
  return kept.length === 0 ? rest : { ...rest, inApp: kept }
}

/** With the days on which papers were theirs on the phone, each written down as it comes: nothing later moves days that run. */
export function withInApp(state: CaseState): CaseState {
  const { inApp = [] } = state
  const come = SERVED_PAPERS.flatMap((of) => {
    const at = signedAt(state, of)
    const on = inAppOn(state, of)
    return at === null || on === null || recorded(state, of, at) ? [] : [{ of, signedAt: at, on }]
  })
  return come.length === 0 && inApp.every(stands(state)) ? state : keptInApp(state, [...inApp, ...come])
}

/** All that is decided is against them, and theirs on the phone: nobody has to serve it any more, but for a copy on paper. */
export const isServedInFull = (state: CaseState, of: ServedPaper) =>
  inAppOn(state, of) !== null && (of !== 'result' || state.decision?.kind === 'refused')

type Had<On extends PlainDate | null> = { readonly on: On } | ({ readonly on: PlainDate } & Copied)

/**
 * On which day they have by it what is against them: what had been theirs on the phone before is served once, and what comes
 * later on paper is a copy. 民事诉讼法 第90条
 */
export function firstHad<On extends PlainDate | null>(
  state: CaseState,
  of: ServedPaper,
  on: On,
  method: ServedBy,
): Had<On> {
  const agreed = inAppOn(state, of)
  if (agreed === null || (on !== null && on < agreed)) return { on }
  return method === 'electronic' || on === null ? { on: agreed } : { on: agreed, copyOn: on }
}
