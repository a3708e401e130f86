import { dayIn, type Instant } from '../../kernel/plain-date'
import { changePart } from '../parts'
import type { CaseState } from '../state'
import type { DeliveryEvent } from './delivery-events'
import type { Copied, OwnInApp, ServedPaper, Service } from './delivery-state'
import { signedAt } from './signed-at'
import { goesToFamily } from './to-family'

type EventOf<Type extends DeliveryEvent['type']> = Extract<DeliveryEvent, { type: Type }>

const isOf = (of: ServedPaper, at: Instant) => (service: Service) =>
  service.of === of && service.signedAt === at

/** How the paper of this kind that was signed then goes; undefined before anything was done for it. */
export const serviceAt = ({ services = [] }: CaseState, of: ServedPaper, at: Instant): Service | undefined =>
  services.find(isOf(of, at))

/** How the paper of this kind goes out now; undefined before anything was done for it. */
export function serviceOf(state: CaseState, of: ServedPaper): Service | undefined {
  const at = signedAt(state, of)
  return at === null ? undefined : serviceAt(state, of, at)
}

function changeService(state: CaseState, of: ServedPaper, change: (service: Service) => Service): CaseState {
  const at = signedAt(state, of)
  if (at === null) return state
  const { services = [] } = state
  const begun = services.some(isOf(of, at)) ? services : [...services, { of, signedAt: at, posts: [] }]
  return { ...state, services: begun.map((each) => (isOf(of, at)(each) ? change(each) : each)) }
}

/** It has to be served by hand or by post: nobody would be reached by the app. */
export const toBeServed = (
  state: CaseState,
  of: ServedPaper,
  { toBeServed: isAwaited }: { readonly toBeServed?: true },
): CaseState => (isAwaited ? changeService(state, of, (service) => service) : state)

/** Of what ended without a decision: a paper says so, where one does. */
export const endTold = (
  ended: CaseState,
  { toldBy, ...event }: { readonly toldBy?: string; readonly toBeServed?: true },
): CaseState =>
  toldBy === undefined ? ended : toBeServed({ ...ended, isEndTold: true }, 'termination', event)

const isOnTheWay = ({ posts }: Service) => posts.length > 0 && posts.at(-1)?.returned === undefined

/**
 * How the papers were wanted, and to which address. It is dropped where the case becomes somebody else's, and where a result that
 * was handed over falls: the next one asks anew.
 */
export const withoutWish = ({ deliveryChoice: _former, ...state }: CaseState): CaseState => state

/** The letter that has neither arrived nor come back. */
export const openPosting = (service: Service | undefined) =>
  service && service.served === undefined && isOnTheWay(service) ? service.posts.at(-1) : undefined

const returned = (state: CaseState, { of, returnedOn: on, reasonDigest }: EventOf<'post-returned'>) =>
  changeService(state, of, ({ posts, ...service }) => ({
    ...service,
    posts: posts.map((post, at) =>
      at === posts.length - 1 ? { ...post, returned: { on, reasonDigest } } : post,
    ),
  }))

/**
 * What came on paper after it had been theirs on the phone has served nobody. Of a death it had been on nobody's phone, whatever
 * was written then: the family has it since it came into their hand. 民法典 第13条
 */
function hadThen(
  state: CaseState,
  of: ServedPaper,
  { on, method, copyOn }: Pick<NonNullable<Service['served']>, 'on' | 'method'> & Copied,
): Pick<NonNullable<Service['served']>, 'on' | 'method'> {
  if (copyOn === undefined) return { on, method }
  return goesToFamily(state, of) ? { on: copyOn, method } : { on, method: 'electronic' }
}

/** It was served: of the result `delivered` says so. */
export const served = (
  state: CaseState,
  of: ServedPaper,
  {
    on,
    method,
    copyOn,
    takerDigest,
    witnessesDigest,
    refusalDigest,
  }: NonNullable<Service['served']> & Copied,
): CaseState =>
  changeService(state, of, (service) => ({
    ...service,
    served: {
      ...hadThen(state, of, { on, method, ...(copyOn === undefined ? {} : { copyOn }) }),
      ...(takerDigest === undefined ? {} : { takerDigest }),
      ...(witnessesDigest === undefined ? {} : { witnessesDigest }),
      ...(refusalDigest === undefined ? {} : { refusalDigest }),
    },
  }))

/** The days to speak begin with it, and not before it was written down: nobody takes days away by a day in the past. */
const withNotice = (state: CaseState, { of, on, at, speakUntil }: EventOf<'served'>): CaseState =>
  of === 'revocation-notice'
    ? {
        ...state,
        revocations: (state.revocations ?? []).map((each) =>
          each.answeredAt === null
            ? {
                ...each,
                servedOn: on > dayIn(at) ? on : dayIn(at),
                ...(speakUntil === undefined ? {} : { speakUntil }),
              }
            : each,
        ),
      }
    : state

/** With its own day at each refusal of several organs: nothing later moves days that run. */
export const withOwnInApp = (state: CaseState, days: readonly OwnInApp[] = []): CaseState =>
  days.reduce((next, { on, ...target }) => changePart(next, target, () => ({ inAppOn: on })), state)

export function applyDelivery(state: CaseState, event: DeliveryEvent): CaseState {
  switch (event.type) {
    case 'delivery-chosen': {
      const { type: _type, serves, ...choice } = event
      return withOwnInApp({ ...state, deliveryChoice: choice }, serves)
    }
    case 'posted': {
      const { carrier, trackingDigest, postedOn } = event
      return changeService(state, event.of, (service) => ({
        ...service,
        posts: [...service.posts, { carrier, trackingDigest, postedOn }],
      }))
    }
    case 'post-returned':
      return returned(state, event)
    case 'announced': {
      const { on, until, placeDigest, reasonDigest, familyDigest } = event
      return changeService(state, event.of, (service) => ({
        ...service,
        announced: {
          on,
          ...(until === undefined ? {} : { until }),
          placeDigest,
          reasonDigest,
          ...(familyDigest === undefined ? {} : { familyDigest }),
        },
      }))
    }
    case 'served':
      return withNotice(served(state, event.of, event), event)
  }
}
