import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { DeliveryMethod } from '../../service-item/delivery-methods'
import type { ServedBy } from './delivery-words'

/**
 * What has to reach somebody in writing: the decision with what it gives (行政许可法 第38、44条), that it is not accepted (第32条),
 * that it has ended without a decision, that the decision is to be revoked, that it is, and that this is taken back.
 */
export const SERVED_PAPERS = [
  'result',
  'decline',
  'termination',
  'revocation-notice',
  'revocation',
  'revocation-withdrawn',
] as const
export type ServedPaper = (typeof SERVED_PAPERS)[number]

/** 邮政法 第55条: what an organ of the state sends goes by the post, by no courier. */
export const CARRIERS = { ems: '中国邮政 EMS', registered: '中国邮政挂号信' } as const
export type Carrier = keyof typeof CARRIERS

/** One letter. */
export interface Posting {
  readonly carrier: Carrier
  /** Of its number: a keyed digest names the text. */
  readonly trackingDigest: string
  readonly postedOn: PlainDate
  /** It came back undelivered, and why; missing while it has not. */
  readonly returned?: { readonly on: PlainDate; readonly reasonDigest: string }
}

/** Into whose hand, at a counter or at home: a keyed digest names who and by which power; missing where it was the addressee. */
export interface Taken {
  readonly takerDigest?: string
  /** Of what was left where they live: of the two who saw it, and of why they would not take it; missing of all else. */
  readonly witnessesDigest?: string
  readonly refusalDigest?: string
}

/** The day on which they had it on paper too, where it had been theirs on the phone before; missing of all else. */
export interface Copied {
  readonly copyOn?: PlainDate
}

/** Put up for whom nothing else reaches: where, and why nothing did. */
export interface Announced {
  readonly on: PlainDate
  /** The day with whose end it counts as served; missing where its year had no calendar, and before it was kept. */
  readonly until?: PlainDate
  readonly placeDigest: string
  readonly reasonDigest: string
  /** Of the family whom it names; missing of whom nobody knows by name, and of who lives. */
  readonly familyDigest?: string
}

/** It goes to them by hand or by post; missing where the app reaches them, and before it was recorded. */
export interface ToBeServed {
  readonly toBeServed?: true
}

/** How one paper goes to whom it is for. */
export interface Service {
  readonly of: ServedPaper
  /** When it was signed: of several of a kind it is this one. */
  readonly signedAt: Instant
  readonly posts: readonly Posting[]
  /** The last one; missing where it was not, and before that was possible. */
  readonly announced?: Announced
  /** The day on which they had it, from which remedies run; missing until then. 民法典 第201条 */
  readonly served?: Taken & { readonly on: PlainDate; readonly method: ServedBy }
}

/** A paper among all of its kind. */
export type SignedPaper = Pick<Service, 'of' | 'signedAt'>

/** A paper that was theirs on the phone by their own word, and since which day: no later word or letter moves it. */
export interface ServedInApp {
  readonly of: ServedPaper
  readonly signedAt: Instant
  readonly on: PlainDate
}

/** What one of several organs has refused at its share, and since which day that is theirs on the phone. */
export interface OwnInApp {
  readonly stepKey: string
  readonly unitId: string
  readonly on: PlainDate
}

/** Who says something for the applicant's side: the owner, whoever filed it for them, or staff who stand in. */
export type Speaker = 'owner' | 'filer' | 'staff'

/** How the applicant wants the papers of the case; `electronic` is their word that they are served on the phone. */
export interface DeliveryChoice {
  readonly at: Instant
  readonly by: Speaker
  readonly method: DeliveryMethod
  /** Of the address; missing where it is not posted. */
  readonly addressDigest?: string
}
