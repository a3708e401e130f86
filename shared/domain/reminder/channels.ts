import { groupOf, isSpare } from './message-groups'
import { MESSAGE_KINDS, type MessageGroup, type Rule } from './message-kinds'

/** By which a phone rings; what goes by none of them stands in the inbox, as everything does. */
export type Way = 'subscribe' | 'template' | 'sms' | 'relation'

/** As a resident switches them: WeChat, by whichever account, and short messages. */
export const SWITCHED_WAYS = ['wechat', 'sms'] as const
export type SwitchedWay = (typeof SWITCHED_WAYS)[number]

const SWITCH_OF: Readonly<Record<Way, SwitchedWay | null>> = {
  subscribe: 'wechat',
  template: 'wechat',
  sms: 'sms',
  relation: null,
}

/** Whoever it is for wants their phone to ring by it never, whatever it tells. */
export const isUnwanted = (way: Way, unwanted: readonly string[]): boolean => {
  const by = SWITCH_OF[way]
  return by !== null && unwanted.includes(by)
}

/** In this order: the mini program, the official account, a short message. Staff have the employee messages alone. */
const ORDER = {
  resident: ['subscribe', 'template', 'sms'],
  staff: ['relation'],
} as const satisfies Record<string, readonly Way[]>
type Audience = keyof typeof ORDER

/**
 * What a county pays a short message for: what the law has residents told and nobody can switch off. Of days what says no more than how
 * far it is goes by none.
 */
const BY_SMS: Readonly<Record<MessageGroup, 'always' | 'never' | 'unless-calm'>> = {
  'to-do': 'always',
  outcome: 'always',
  days: 'unless-calm',
  whose: 'always',
  progress: 'never',
  money: 'never',
}
/** It answers what they did themselves a moment ago. */
const ANSWERS: readonly string[] = ['supplemented']

export function goesBySms(kind: string): boolean {
  const group = groupOf(kind)
  if (group === null || BY_SMS[group] === 'never' || isSpare(kind) || ANSWERS.includes(kind)) return false
  return BY_SMS[group] === 'always' || !isCalm(kind)
}

const isCalm = (kind: string) =>
  (MESSAGE_KINDS as Readonly<Partial<Record<string, { readonly applicant?: Rule }>>>)[kind]?.applicant
    ?.calm === true

export interface Asked {
  readonly audience: Audience
  readonly kind: string
  /** By which it may have reached the phone already. */
  readonly outBy: Way | null
  /** What said of this message that it takes none. Of the mini program the consents say so. */
  readonly refusedBy: readonly string[]
}

export interface Reached {
  /** They have an account at WeChat that knows the mini program. */
  readonly wechat: boolean
  readonly consent: boolean
  readonly follows: boolean
  /** On one of their phones they said that they want none of this. */
  readonly hasRefused: boolean
  /** The county sends this by short message, and they have a number. */
  readonly sms: boolean
  /** What they have switched off: of `SWITCHED_WAYS`, or of another version's. */
  readonly unwanted: readonly string[]
}

const OPEN: Readonly<Record<Way, (asked: Asked, reached: Reached) => boolean>> = {
  subscribe: (_, { wechat, consent }) => wechat && consent,
  template: ({ kind }, { follows, hasRefused }) => follows && !hasRefused && !isSpare(kind),
  // Who wants none by WeChat has said nothing of what the law has them told.
  sms: ({ kind }, { sms }) => sms && goesBySms(kind),
  relation: (_, { wechat }) => wechat,
}

/**
 * Which way it goes next; undefined: it stands in the inbox alone. What may have reached the phone goes by no other way, and by short
 * message not twice: there is no id by which a provider would make one of two.
 */
export function nextWay(asked: Asked, reached: Reached): Way | undefined {
  const { audience, outBy, refusedBy } = asked
  const ways: readonly Way[] = ORDER[audience]
  return ways.find(
    (way) =>
      (outBy === null || (outBy === way && way !== 'sms')) &&
      (way === 'subscribe' || !refusedBy.includes(way)) &&
      !isUnwanted(way, reached.unwanted) &&
      OPEN[way](asked, reached),
  )
}
