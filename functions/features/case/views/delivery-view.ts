import type { CaseView } from '#shared/contract/case'
import type { CaseActor, CaseContext } from '#shared/domain/case/context'
import { hasRefusal } from '#shared/domain/case/delivery/against'
import { choosableMethods, mayChooseDelivery } from '#shared/domain/case/delivery/choose-delivery'
import { asksWhy, DELIVERY_ACTS, whyNotDelivery } from '#shared/domain/case/delivery/delivery'
import { awaitedServices, delivers, deliveryClock } from '#shared/domain/case/delivery/delivery-clock'
import {
  CARRIERS,
  SERVED_PAPERS,
  type ServedPaper,
  type Service,
} from '#shared/domain/case/delivery/delivery-state'
import { deliveryWords } from '#shared/domain/case/delivery/delivery-words'
import { serviceOf } from '#shared/domain/case/delivery/evolve-delivery'
import { inAppOn, isServedInFull, isWordSpent } from '#shared/domain/case/delivery/in-app'
import { owedPapers, waitingPapers } from '#shared/domain/case/delivery/owed-papers'
import { DEATH_ACTS, whyNotDeath } from '#shared/domain/case/delivery/record-death'
import { announcedUntil } from '#shared/domain/case/delivery/served-without-them'
import { goesToFamily } from '#shared/domain/case/delivery/to-family'
import { PAPER_WORDS } from '#shared/domain/case/paper/service-words'
import {
  DELIVERY_CHOICES,
  DELIVERY_METHODS,
  type DeliveryMethod,
} from '#shared/domain/service-item/delivery-methods'
import { dueOf } from '#shared/domain/time-limit/clock'
import { isReached, staffContext } from '../standing'
import { refusedOnPhone } from './delivery-notes'
import { isOthersWish, type Subject, textOf } from './subject'

type Delivery = NonNullable<CaseView['delivery']>
type Paper = Delivery['papers'][number]

const SERVES_NOW = '手机上收（同意电子送达，今天就算送到）'

const choiceWords = ({ state }: Subject, method: DeliveryMethod) =>
  method === 'electronic' && (waitingPapers(state).length > 0 || hasRefusal(state))
    ? SERVES_NOW
    : DELIVERY_CHOICES[method]

function lastDay({ item, state, reference }: Subject) {
  const clock = deliveryClock(item, state)
  const due = clock && dueOf(clock, reference.calendar)
  return due?.kind === 'on' ? due.on : null
}

/**
 * What they asked for is read by whoever it comes to and by staff; whoever filed it for them reads their own word alone. Of staff
 * the address is read by whoever may post it now. What was said of papers that are theirs says nothing of those that wait. 个人信息保护法 第6条
 */
function choiceOf(subject: Subject, isPosting: boolean): Delivery['choice'] {
  const { deliveryChoice: chosen } = subject.state
  if (!chosen || isOthersWish(subject, chosen)) return null
  if (isWordSpent(subject.state) && waitingPapers(subject.state).length > 0) return null
  return {
    method: chosen.method,
    label: chosen.method === 'electronic' ? '手机上收，同意电子送达' : DELIVERY_METHODS[chosen.method],
    address: subject.viewer === 'staff' && !isPosting ? null : textOf(subject, chosen.addressDigest ?? null),
  }
}

function postedOf(subject: Subject, service: Service | undefined): Pick<Paper, 'posted' | 'returnedBecause'> {
  const letter = service?.posts.at(-1)
  if (!letter) return { posted: null, returnedBecause: null }
  const { carrier, trackingDigest, postedOn, returned } = letter
  return {
    posted: {
      carrier: CARRIERS[carrier],
      trackingNumber: textOf(subject, trackingDigest),
      on: postedOn,
      returnedOn: returned?.on ?? null,
    },
    returnedBecause: textOf(subject, returned?.reasonDigest ?? null),
  }
}

/** What is still to be handed over is served by nobody yet, though a refusal in it may be theirs on the phone. */
function servedOf(subject: Subject, of: ServedPaper, service: Service | undefined): Paper['served'] {
  const served = service?.served
  const agreed = !served && isServedInFull(subject.state, of) ? inAppOn(subject.state, of) : null
  if (agreed !== null) return { on: agreed, how: deliveryWords('electronic') ?? '', taker: null }
  return served
    ? {
        on: served.on,
        how: deliveryWords(served.method) ?? '',
        taker: textOf(subject, served.takerDigest ?? null),
      }
    : null
}

function announcedOf(subject: Subject, service: Service | undefined): Paper['announced'] {
  const announced = service?.announced
  if (!announced) return null
  const { on, placeDigest } = announced
  return { on, until: announcedUntil(announced), place: textOf(subject, placeDigest) }
}

function paperOf(subject: Subject, of: ServedPaper, context: CaseContext | null): Paper {
  const { item, state } = subject
  const service = serviceOf(state, of)
  const acts = context
    ? DELIVERY_ACTS.filter((act) => whyNotDelivery(item, state, act, of, context) === null)
    : []
  return {
    of,
    name: PAPER_WORDS[of],
    ...postedOf(subject, service),
    served: servedOf(subject, of, service),
    announced: announcedOf(subject, service),
    ...(goesToFamily(state, of) ? { forFamily: true } : {}),
    awaited: awaitedServices(item, state).some((each) => each.of === of),
    acts,
    asksWhy: acts.filter((act) => asksWhy(state, act, of)),
  }
}

/** Told to staff alone: whoever filed it reads it in what happened. */
function deathOf(subject: Subject, context: CaseContext | null): Pick<Delivery, 'death' | 'deathActs'> {
  const { item, state } = subject
  if (!context) return {}
  const acts = DEATH_ACTS.filter((act) => whyNotDeath(item, state, act, context) === null)
  const { death } = state
  return {
    ...(death ? { death: { on: death.diedOn, proof: textOf(subject, death.proofDigest) } } : {}),
    ...(acts.length > 0 ? { deathActs: acts } : {}),
  }
}

/** How what is decided comes to whom it is for: where it is, by when, and how they want it. Null where nothing is handed over. */
export function deliveryOf(subject: Subject, actor: CaseActor | null): Delivery | null {
  const { item, state, viewer, caseRow, read, principal, reference, now } = subject
  const owed = owedPapers(state)
  const isKnown = (of: ServedPaper) => serviceOf(state, of) !== undefined || isServedInFull(state, of)
  const shown = SERVED_PAPERS.filter((of) => owed.includes(of) || isKnown(of))
  const context = viewer === 'staff' ? staffContext(caseRow, read.tasks, principal, reference, now) : null
  const death = deathOf(subject, context)
  const isNone = shown.length === 0 && Object.keys(death).length === 0
  if (isNone && (state.endedAt !== null || !item.steps.some(delivers))) return null
  const papers = shown.map((of) => paperOf(subject, of, context))
  // Over a word that they are not told of nobody says another one, as the act has it.
  const choices = mayChooseDelivery(caseRow.state, actor)
    ? choosableMethods(item, isReached(caseRow), actor)
    : []
  return {
    dueOn: lastDay(subject),
    choice: choiceOf(
      subject,
      papers.some(({ acts }) => acts.includes('post')),
    ),
    choices: choices.map((method) => ({ method, label: choiceWords(subject, method) })),
    papers,
    ...death,
    refusedOnPhone: refusedOnPhone(subject),
  }
}
