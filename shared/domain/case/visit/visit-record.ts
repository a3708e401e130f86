import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'

/** What was found of one point of the list. */
export const VISIT_ANSWERS = { yes: '符合', no: '不符合', 'not-applicable': '不涉及' } as const
export type VisitAnswer = keyof typeof VISIT_ANSWERS

/** Of each point at most so many. */
export const PHOTOS_A_POINT = 6

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
  /** The day on which they were there; missing before it was kept, then the day on which it was sent stands for it. */
  readonly visitedOn?: PlainDate
  readonly findings: readonly VisitFinding[]
  readonly onSite: OnSite
  /** What the applicant had to say, in a text of its own. */
  readonly onSiteDigest: string | null
}

/** Of a record that takes the place of one that all had signed. */
export interface VisitReplaced {
  /** The paper (现场核查记录) whose place it takes. */
  readonly documentId: string
  readonly whyDigest: string
}

/** The record (现场核查记录) of the last visit of a share. */
export interface VisitRecord extends VisitWritten {
  /** Missing where it takes the place of none, and before it was kept. */
  readonly replaces?: VisitReplaced
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

interface EverLooked {
  readonly visit?: VisitRecord
  readonly officersBefore?: readonly string[]
}

/** Whoever stands in the record of a share or in an earlier one of it. */
export const everThere = ({ visit, officersBefore = [] }: EverLooked) => [
  ...new Set([...officersBefore, ...(visit?.officerIds ?? [])]),
]

/** The day of the visit itself, which may be days before the record was sent. 行政许可法 第34条 */
export const visitDay = ({ visitedOn, at }: Pick<VisitRecord, 'visitedOn' | 'at'>) => visitedOn ?? dayIn(at)

/** The record that waits for a signature; undefined where none does. 行政许可法 第34条 */
export const openRecord = ({ visit }: { readonly visit?: VisitRecord }) =>
  visit !== undefined && unsigned(visit).length > 0 ? visit : undefined

interface Looked {
  readonly visited: boolean
  readonly visit?: VisitRecord
  /** As `StepPart.rectifyBy`. */
  readonly rectifyBy: PlainDate | null
}

/**
 * The record whose place one of a visit on this day takes; undefined where it is of another visit: after an order to put things
 * right, after the case was sent back, and from the ordered day on where they had looked before it.
 */
export function mendedBy({ visited, visit, rectifyBy }: Looked, on: PlainDate): VisitRecord | undefined {
  if (!visit || (!visited && unsigned(visit).length === 0)) return undefined
  const isRecheck = rectifyBy !== null && visitDay(visit) < rectifyBy && rectifyBy <= on
  return isRecheck ? undefined : visit
}

/** How far the record is whose place one of this day takes; null where it is of another visit. The page asks what the act asks. */
export function mendsOn(looked: Looked, on: PlainDate): 'open' | 'signed' | null {
  const mended = mendedBy(looked, on)
  if (!mended) return null
  return unsigned(mended).length > 0 ? 'open' : 'signed'
}

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
