import { CHILD_CHECK } from '../../account/guardian'
import { TAKE_OVER } from '../../account/takeover-words'
import { applicantFieldsOf } from '../../application/item-answers'
import type { ServiceItem } from '../../service-item/item'
import type { Applicant, CaseState } from '../state'

/** Whoever reads, with the digests of what they are confirmed by: of their number, and of their name and number together. */
interface Confirmed {
  readonly realNameLevel: number
  readonly idNumberIndex: string | null
  readonly identityIndex: string | null
}

/** The number is the one that the reader is confirmed with. */
export const isOwnNumber = (
  numberIndex: string | null,
  { realNameLevel, idNumberIndex }: Pick<Confirmed, 'realNameLevel' | 'idNumberIndex'>,
) => realNameLevel === 3 && numberIndex !== null && numberIndex === idNumberIndex

/** Of a firm its representative, or who holds a power for all that it does, not for one item alone; a person stands for themselves. */
export const standsForAll = (
  { applicant }: { readonly applicant: Pick<Applicant, 'kind'> | null },
  powers: readonly { readonly firmIndex: string; readonly itemIds: readonly string[] | null }[],
  firmIndex: string | null,
) =>
  applicant?.kind !== 'firm' ||
  powers.some((power) => power.firmIndex === firmIndex && power.itemIds === null)

/** Beside the reader's own number stands another name than they are confirmed with. */
export const isMisnamed = (
  { numberIndex, identityIndex }: Pick<Applicant, 'numberIndex' | 'identityIndex'>,
  reader: Confirmed,
) => isOwnNumber(numberIndex, reader) && identityIndex !== null && identityIndex !== reader.identityIndex

/** Where the form asks for no number, whoever files is who it is for; a case of before names nobody then. */
export const isFilersOwn = (applicant: Applicant | null, applicantIndex: string | null) =>
  applicant?.takenFrom === 'filer' || (applicantIndex === null && !applicant?.disowned)

/**
 * The form asks for no number, and nobody has written who applies: nothing is granted to nobody, so the check of the identity
 * writes it. 行政许可法 第38条
 */
export const isUnnamed = (item: Pick<ServiceItem, 'fields'>, { applicant }: Pick<CaseState, 'applicant'>) =>
  applicantFieldsOf(item).number === null && (applicant?.numberIndex ?? null) === null

/** Whoever has the number says that they have not applied. */
export const isDisowned = ({ applicant }: Pick<CaseState, 'applicant'>) => applicant?.disowned === true

/** Told in the place of a date. */
export const NO_APPLICANT_NO_DATE = '没有申请人，先不定日期'

/** Nobody is there for whom it goes on: nothing is asked of, and silence promises nothing to, nobody. */
export const namesNobody = (item: Pick<ServiceItem, 'fields'>, state: Pick<CaseState, 'applicant'>) =>
  isDisowned(state) || isUnnamed(item, state)

/** Who applies was left out by the very unit whose share it is: to write it is its own work, in the days of the step. */
export const isLeftOut = (
  item: Pick<ServiceItem, 'fields'>,
  state: Pick<CaseState, 'applicant' | 'enteredBy' | 'enteredAt'>,
  unitId: string,
) => state.enteredBy !== null && state.enteredAt === unitId && isUnnamed(item, state) && !isDisowned(state)

/** 行政许可法 第32条: what the organ itself left out makes no application incomplete; its days run from the day it was received. */
export function isLeftOutByOrgan(
  item: Pick<ServiceItem, 'fields' | 'steps'>,
  state: Pick<CaseState, 'applicant' | 'enteredBy' | 'enteredAt' | 'steps'>,
) {
  const accepting = item.steps.find(({ kind }) => kind === 'accept')
  const parts = state.steps.find(({ key }) => key === accepting?.key)?.parts ?? []
  return parts.some(({ unitId }) => isLeftOut(item, state, unitId))
}

type Nameless = Pick<
  CaseState,
  'applicant' | 'disownments' | 'receivedAt' | 'filedAt' | 'decision' | 'endedAt'
>

/**
 * The days on which it names nobody, until it is decided: no office is late for whom nobody is. An application that says not
 * who applies is not complete (行政许可法 第32条). Null where it names somebody, or was decided while it did.
 */
export function nobodysDays(item: Pick<ServiceItem, 'fields'>, state: Nameless) {
  if (!namesNobody(item, state)) return null
  const { disownments, receivedAt, filedAt, decision, endedAt } = state
  const disownedAt = isDisowned(state) ? disownments.slice(-1)[0]?.at : undefined
  const since = disownedAt ?? receivedAt ?? filedAt
  const until = decision?.at ?? endedAt
  return until !== null && until < since ? null : { since, until }
}

const POWER = '这家企业的委托'
const HAVE_POWER = `批以前要有${POWER}`
const SHOW_POWER = `批以前要出示${POWER}`
/** Both ways stand in it: who reads it may be the applicant or whoever filed for them. */
const AWAITED = {
  person: '批以前要核一次身份：本人在微信里核，或带身份证到窗口、村里',
  firm: `${SHOW_POWER}：带委托书到窗口`,
} as const
/** For whoever is known already to be the applicant, or to act for the firm, and has only to take the case over. */
const OWNERS = {
  person: `${TAKE_OVER}：你的身份核过了，接过来就行`,
  firm: `${HAVE_POWER}：你有委托，接过来就行`,
} as const

/**
 * Of words of `awaitedWords` those that anybody may be told who is to bring the firm's power; null where they are of a
 * person's identity. To whom it falls to take the case over they speak after the colon.
 */
export function powerAwaited(words: string): string | null {
  if (!words.includes(POWER)) return null
  return words.startsWith(HAVE_POWER) ? HAVE_POWER : words
}

/** For whoever is confirmed with the applicant's number, beside which the case has another name. */
const OTHER_NAME = {
  // Taking it over writes the confirmed name.
  'takes-it': '批以前要核一次身份：名字和你核过的不一样，接过来就改成你的',
  // WeChat knows no more.
  any: '批以前要核一次身份：名字和你核过的不一样，带身份证到窗口、村里核',
} as const

/** The register knows the firm by another name. */
const OTHER_FIRM_NAME = {
  'takes-it': `${HAVE_POWER}：名称和登记的不一样，你接过来就改成登记的`,
  any: `${SHOW_POWER}：名称和登记的不一样，带委托书和营业执照到窗口，核过就改成登记的`,
} as const

/** It stays under what was typed when it was filed, until WeChat says who that is. */
const TYPED_ANEW = '批以前要核一次身份：名字或证件号和你现在登记的不一样，在微信里核过，这件就改成你核过的'
/** Another account has brought something to it, so what WeChat says changes nothing: the person who was named shows the card. */
const TYPED_BEFORE =
  '批以前要核一次身份：名字或证件号和你现在登记的不一样，别的微信也往里补过东西，你在微信里核过它也不改；申请时写的本人带身份证到窗口、村里核'
const OR_WITHDRAWN = '；也可以撤回，再申请'

/** A child is not confirmed in WeChat. 个人信息保护法 第31条 */
const CHILD = `批以前要核一次身份：不满 14 岁微信里核不了，${CHILD_CHECK}`

/** What the reader is to the case: whether it is theirs to take over, and its name beside their number another. */
export interface AwaitedReader {
  readonly takesIt: boolean
  readonly otherName: boolean
  /** It is a firm's, which the register knows by another name. */
  readonly hasOtherFirmName?: boolean
  /**
   * Whoever filed it for themselves has typed another name or number since; whether they may still take it back, and
   * whether it comes to bear what they are confirmed with.
   */
  readonly typedAnew?: { readonly withdraws: boolean; readonly follows: boolean }
}
const ANYBODY: AwaitedReader = { takesIt: false, otherName: false }

type IdentityState = Pick<CaseState, 'identityConfirmed' | 'decision' | 'endedAt' | 'applicant'>

/** Whose identity is awaited, and whether they are a child. */
export interface Awaited {
  readonly kind: Applicant['kind']
  readonly underFourteen: boolean
}

/**
 * Whose identity still has to be shown: nothing is granted, paid or handed over before. Null when it was shown, or when
 * nothing is left that it could hold up: what was disowned is named again only where the form asks for no number.
 */
export function awaitedIdentity(item: Pick<ServiceItem, 'fields'>, state: IdentityState): Awaited | null {
  const { identityConfirmed, decision, endedAt, applicant } = state
  if (identityConfirmed || decision || endedAt) return null
  if (isDisowned(state)) return isUnnamed(item, state) ? { kind: 'person', underFourteen: false } : null
  return { kind: applicant?.kind ?? 'person', underFourteen: applicant?.underFourteen ?? false }
}

/** The same for whoever waits for the case; null when nothing is asked of them. */
export const awaitedIdentityWords = (
  item: Pick<ServiceItem, 'fields'>,
  state: IdentityState,
  reader: AwaitedReader = ANYBODY,
) => awaitedWords(awaitedIdentity(item, state), reader)

export function awaitedWords(
  awaited: Awaited | null,
  { takesIt, otherName, hasOtherFirmName, typedAnew }: AwaitedReader,
): string | null {
  if (awaited === null) return null
  // Whoever was confirmed since then has turned fourteen.
  if (awaited.underFourteen && !takesIt) return CHILD
  if (hasOtherFirmName) return OTHER_FIRM_NAME[takesIt ? 'takes-it' : 'any']
  if (otherName) return OTHER_NAME[takesIt ? 'takes-it' : 'any']
  if (typedAnew)
    return (typedAnew.follows ? TYPED_ANEW : TYPED_BEFORE) + (typedAnew.withdraws ? OR_WITHDRAWN : '')
  return (takesIt ? OWNERS : AWAITED)[awaited.kind]
}
