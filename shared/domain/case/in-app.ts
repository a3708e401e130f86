import { dayIn, laterOf, type PlainDate } from '../kernel/plain-date'
import { isAgainst } from './against'
import { SERVED_PAPERS, type ServedInApp, type ServedPaper } from './delivery-state'
import type { ServedBy } from './delivery-words'
import { serviceOf, signedAt } from './evolve-delivery'
import { announcedUntil } from './served-without-them'
import type { CaseState } from './state'

/** What of this paper's kind that goes out now was theirs on the phone is written down: no later word takes it back. */
const recorded = (state: CaseState, of: ServedPaper, at: string): ServedInApp | undefined =>
  (state.inApp ?? []).find((each) => each.of === of && each.signedAt === at)

/** Of the result a word serves whenever it comes, if no other service came before it; 公告 counts with the end of its days. */
function resultOn(state: CaseState, agreed: PlainDate): PlainDate | null {
  const service = serviceOf(state, 'result')
  if (state.deliveredAt !== null || service?.served) return null
  return service?.announced && announcedUntil(service.announced) < agreed ? null : agreed
}

/**
 * The day on which who agreed to be served on the phone is served by what stands there: on which it was signed, or the word came,
 * whichever is later. Of all but the result a word that comes later is a service of its own. Null while they have not agreed, or
 * it was served otherwise before. 民事诉讼法 第90条
 */
export function inAppOn(state: CaseState, of: ServedPaper): PlainDate | null {
  const { deliveryChoice: choice } = state
  const signed = of === 'revocation-notice' ? null : signedAt(state, of)
  if (signed === null) return null
  const known = recorded(state, of, signed)
  if (known) return known.on
  if (choice?.method !== 'electronic') return null
  if (of === 'result') return resultOn(state, laterOf(dayIn(signed), dayIn(choice.at)))
  return serviceOf(state, of) === undefined && choice.at <= signed ? dayIn(signed) : null
}

/** With the days on which papers were theirs on the phone, each written down as it comes: nothing later moves days that run. */
export function withInApp(state: CaseState): CaseState {
  if (state.deliveryChoice?.method !== 'electronic') return state
  const come = SERVED_PAPERS.flatMap((of) => {
    const at = signedAt(state, of)
    const on = inAppOn(state, of)
    return at === null || on === null || recorded(state, of, at) ? [] : [{ of, signedAt: at, on }]
  })
  return come.length === 0 ? state : { ...state, inApp: [...(state.inApp ?? []), ...come] }
}

/** All that is decided is against them, and theirs on the phone: nobody has to serve it any more, but for a copy on paper. */
export const isServedInFull = (state: CaseState, of: ServedPaper) =>
  inAppOn(state, of) !== null && (of !== 'result' || state.decision?.kind === 'refused')

interface Had {
  readonly on: PlainDate | null
  readonly copyOn?: PlainDate
}

/**
 * On which day they have by it what is against them: what had been theirs on the phone before is served once, and what comes
 * later on paper is a copy. 民事诉讼法 第90条
 */
export function firstHad(state: CaseState, of: ServedPaper, on: PlainDate | null, method: ServedBy): Had {
  const agreed = isAgainst(state, of) ? inAppOn(state, of) : null
  if (agreed === null || (on !== null && on < agreed)) return { on }
  return method === 'electronic' || on === null ? { on: agreed } : { on: agreed, copyOn: on }
}
