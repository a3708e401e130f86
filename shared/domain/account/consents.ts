import type { PlainDate } from '../kernel/plain-date'
import { type Agreement, type AgreementKind, agreementOn } from './agreements'

/** What a person can agree to by a tick of its own. 个人信息保护法 第13条、第14条、第29条 */
export const CONSENT_PURPOSES = ['service', 'privacy', 'phone', 'identity', 'sensitive', 'guardian'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

/** In which text stands what is agreed to. */
const SAID_IN = {
  service: 'service',
  privacy: 'privacy',
  phone: 'privacy',
  identity: 'privacy',
  sensitive: 'privacy',
  guardian: 'privacy',
} as const satisfies Record<ConsentPurpose, AgreementKind>

/**
 * What nobody may do without having agreed. Sensitive data has ticks of its own; of a child under fourteen a parent or guardian
 * gives one. 个人信息保护法 第29条、第31条
 */
const NEEDED = {
  'log-in': ['service', 'privacy'],
  'set-phone': ['service', 'privacy', 'phone'],
  'type-identity': ['service', 'privacy', 'identity'],
  'confirm-identity': ['service', 'privacy', 'identity', 'sensitive'],
  apply: ['service', 'privacy', 'identity'],
  'apply-for-child': ['service', 'privacy', 'identity', 'guardian'],
} as const satisfies Readonly<Record<string, readonly ConsentPurpose[]>>
export type ConsentedAct = keyof typeof NEEDED

/** What can be taken back by itself while the account stays. 个人信息保护法 第15条 */
export const WITHDRAWABLE = ['phone', 'sensitive', 'guardian'] as const satisfies readonly ConsentPurpose[]
export type Withdrawable = (typeof WITHDRAWABLE)[number]

/** To which words a person agreed. */
export interface GivenConsent {
  readonly purpose: ConsentPurpose
  /** Of the agreement that says it. */
  readonly version: string
}

/** As it is kept. What was given before agreements had versions names a day as its version and neither way nor withdrawal. */
export interface KeptConsent extends GivenConsent {
  readonly at: string
  /** In which act, or by itself. */
  readonly way?: ConsentedAct | 'agree'
  readonly withdrawnAt?: string | null
}

const inVersions = (
  purposes: readonly ConsentPurpose[],
  agreements: readonly Agreement[],
  today: PlainDate,
): readonly GivenConsent[] =>
  purposes.flatMap((purpose) => {
    const version = agreementOn(agreements, SAID_IN[purpose], today)?.version
    return version === undefined ? [] : [{ purpose, version }]
  })

/** All that can be agreed to, in the words that hold on that day. */
export const consentsToday = (agreements: readonly Agreement[], today: PlainDate) =>
  inVersions(CONSENT_PURPOSES, agreements, today)

/** What an act needs, in the words that hold on that day; nothing where the county has not laid any down. */
export const consentsNeeded = (act: ConsentedAct, agreements: readonly Agreement[], today: PlainDate) =>
  inVersions(NEEDED[act], agreements, today)

export const isWithdrawable = (purpose: ConsentPurpose): purpose is Withdrawable =>
  (WITHDRAWABLE as readonly ConsentPurpose[]).includes(purpose)

const isStanding = ({ withdrawnAt = null }: KeptConsent) => withdrawnAt === null

const holds = (given: readonly GivenConsent[], { purpose, version }: GivenConsent) =>
  given.some((each) => each.purpose === purpose && each.version === version)

/** Of what is needed what nobody has agreed to, neither before nor now. */
export const consentsLacking = (
  needed: readonly GivenConsent[],
  kept: readonly KeptConsent[],
  given: readonly GivenConsent[] = [],
): readonly GivenConsent[] => needed.filter((each) => !holds([...kept.filter(isStanding), ...given], each))

/** Of what was agreed to what reads otherwise by now: it is asked again before it is needed again. */
export function consentsOutdated(
  kept: readonly KeptConsent[],
  agreements: readonly Agreement[],
  today: PlainDate,
): readonly GivenConsent[] {
  const purposes = CONSENT_PURPOSES.filter((purpose) =>
    kept.some((each) => each.purpose === purpose && isStanding(each)),
  )
  return consentsLacking(inVersions(purposes, agreements, today), kept)
}

/** Given in other words than those that hold: whoever ticked them has read something else. */
export const consentsOfOtherWords = (
  given: readonly GivenConsent[],
  agreements: readonly Agreement[],
  today: PlainDate,
): readonly GivenConsent[] =>
  inVersions(
    given.map(({ purpose }) => purpose),
    agreements,
    today,
  ).filter((current) => !holds(given, current))
