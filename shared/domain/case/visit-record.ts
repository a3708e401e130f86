import type { Instant, PlainDate } from '../kernel/plain-date'

/** What was found of one point of the list. */
export const VISIT_ANSWERS = { yes: '符合', no: '不符合', 'not-applicable': '不涉及' } as const
export type VisitAnswer = keyof typeof VISIT_ANSWERS

/** The applicant, or who stood there for them: nobody has to sign what they do not agree with. */
export const ON_SITE = {
  agreed: '看过记录，没有意见',
  remarked: '看过记录，有话要记',
  refused: '看过记录，不肯签',
  absent: '没有在场',
} as const
export type OnSite = keyof typeof ON_SITE

export interface VisitFinding {
  /** Key of the point. */
  readonly point: string
  readonly answer: VisitAnswer
  /** Names the text; null where nothing is remarked. */
  readonly remarkDigest: string | null
  /** Photos of this point, by the ids of their files. */
  readonly fileIds: readonly string[]
}

/** What was written down on the spot, as its signatures are bound to it. */
export interface VisitWritten {
  /** Keyed digest of all that it says: another word is another record. */
  readonly digest: string
  readonly findings: readonly VisitFinding[]
  readonly onSite: OnSite
  /** What the applicant had to say, in a text of its own. */
  readonly onSiteDigest: string | null
}

/** The record (现场核查记录) of the last visit of a share. */
export interface VisitRecord extends VisitWritten {
  readonly at: Instant
  readonly officerIds: readonly string[]
  readonly noteDigest: string
  /** Of those officers, each by an act of their own. */
  readonly signedBy: readonly string[]
  /** The day of an order that they looked before. */
  readonly rectifyBy: PlainDate | null
}

/** Who has still to sign it; nobody, where it stands. */
export const unsigned = ({ officerIds, signedBy }: Pick<VisitRecord, 'officerIds' | 'signedBy'>) =>
  officerIds.filter((id) => !signedBy.includes(id))

/** The record that waits for a signature; undefined where none does. 行政许可法 第34条 */
export const openRecord = ({ visit }: { readonly visit?: VisitRecord }) =>
  visit !== undefined && unsigned(visit).length > 0 ? visit : undefined

/** Of how many points it is so, is not, or is no question. */
export const countFindings = (findings: readonly Pick<VisitFinding, 'answer'>[], answer: VisitAnswer) =>
  findings.filter((each) => each.answer === answer).length

/** 符合 4 项，不符合 1 项; empty where the guide has no list. */
export const findingsWords = (findings: readonly Pick<VisitFinding, 'answer'>[]) =>
  (['yes', 'no', 'not-applicable'] as const)
    .map((answer) => [VISIT_ANSWERS[answer], countFindings(findings, answer)] as const)
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${words} ${count} 项`)
    .join('，')
