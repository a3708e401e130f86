import { expect } from 'vitest'
import {
  DELIVERY_ACTS,
  type DeliveryAct,
  type DeliveryCommand,
  whyNotDelivery,
} from '#shared/domain/case/delivery/delivery'
import type { ServedPaper } from '#shared/domain/case/delivery/delivery-state'
import { owedPapers } from '#shared/domain/case/delivery/owed-papers'
import { ANNOUNCED_DAYS } from '#shared/domain/case/delivery/served-without-them'
import { goesToFamily } from '#shared/domain/case/delivery/to-family'
import { attempt, contextOf, type Journey } from '#shared/domain/case/journeys/case-fixture'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { speaksUntil } from './decision-moves'
import { actorOf, type Model, type Move, nth, type Real, settle } from './model'
import { Wait } from './step-moves'

export const DELIVERIES = [...DELIVERY_ACTS, 'electronic', 'pickup'] as const
type Delivery = (typeof DELIVERIES)[number]

const isWish = (kind: Delivery): kind is 'electronic' | 'pickup' => kind === 'electronic' || kind === 'pickup'

/** One after the other, until somebody has it or nobody goes on. */
const WAYS = {
  received: ['post', 'record-receipt'],
  'sent again': ['post', 'record-return', 'post', 'record-receipt'],
  'put up': ['post', 'record-return', 'announce', 'record-announced'],
  returned: ['post', 'record-return'],
  sent: ['post'],
  left: ['leave'],
  handed: ['hand-over'],
} as const satisfies Readonly<Record<string, readonly DeliveryAct[]>>
export const DELIVERED_HOW = Object.keys(WAYS) as (keyof typeof WAYS)[]

/** What waits to be served goes its way. */
export class Serve implements Move {
  constructor(
    readonly how: keyof typeof WAYS,
    readonly which: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const of = nth(owedPapers(real.journey.state), this.which)
    if (of === undefined) return
    for (const act of WAYS[this.how]) {
      if (act === 'record-announced') new Wait(ANNOUNCED_DAYS + 1, 0).run(model, real)
      new Deliver(act, of, 0, 0).run(model, real)
      new Wait(1, 0).run(model, real)
    }
  }
  toString = () => `serve(${this.how}, ${this.which})`
}

/** Staff write down how a paper goes, days ago or today; or the applicant says how they want it. */
export class Deliver implements Move {
  constructor(
    readonly kind: Delivery,
    readonly of: ServedPaper,
    readonly daysAgo: number,
    readonly actor: number,
  ) {}
  check = () => true
  run(model: Model, real: Real) {
    const { journey } = real
    const who = actorOf(real, this.actor)
    const tried = attempt(journey, this.command(journey), who)
    if (!isWish(this.kind)) this.checkDoor(journey, this.kind, real, tried.ok)
    const next = tried.ok ? tried.value : journey
    for (const event of next.events.slice(journey.events.length)) {
      if (event.type === 'delivered') Object.assign(model, { ended: true, delivered: true })
      // Nobody's days run from a day before it was written down.
      if (event.type === 'served' && event.of === 'revocation-notice' && model.proposal) {
        const proposal = { ...model.proposal, servedOn: dayIn(journey.now) }
        model.proposal = { ...proposal, told: speaksUntil(next, proposal) ?? proposal.told }
      }
    }
    settle(model, real, next)
  }

  /** What is offered is done, unless its day cannot be. */
  private checkDoor(journey: Journey, act: DeliveryAct, real: Real, isDone: boolean) {
    const context = contextOf(journey, actorOf(real, this.actor))
    const isOffered = whyNotDelivery(journey.item, journey.state, act, this.of, context) === null
    expect([this.kind, isDone && !isOffered]).toEqual([this.kind, false])
    const isOfToday = this.daysAgo === 0 || act === 'leave' || act === 'announce'
    if (isOfToday) expect([this.kind, isDone]).toEqual([this.kind, isOffered])
  }

  private command({ now, state }: Journey): DeliveryCommand {
    const { kind, of } = this
    const on = addDays(dayIn(now), -this.daysAgo)
    switch (kind) {
      case 'post':
        return {
          type: kind,
          of,
          carrier: 'ems',
          trackingDigest: 'number',
          postedOn: on,
          otherwiseDigest: 'why',
        }
      case 'record-receipt':
        return { type: kind, of, receivedOn: on, takerDigest: goesToFamily(state, of) ? 'son' : null }
      case 'record-return':
        return { type: kind, of, returnedOn: on, reasonDigest: 'why' }
      case 'hand-over':
        return {
          type: kind,
          of,
          takenOn: on,
          takerDigest: goesToFamily(state, of) ? 'son' : null,
          otherwiseDigest: 'why',
        }
      case 'leave':
        return { type: kind, of, witnessesDigest: 'two', refusalDigest: 'why', otherwiseDigest: 'why' }
      case 'announce':
        return { type: kind, of, placeDigest: 'where', reasonDigest: 'why' }
      case 'record-announced':
        return { type: kind, of }
      default:
        return { type: 'choose-delivery', method: kind, addressDigest: null }
    }
  }
  toString = () => `${this.kind}(${this.of}, ${this.daysAgo} days ago, by ${this.actor})`
}
