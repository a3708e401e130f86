import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { VisitChecklist } from '../service-item/checklist'
import type { ServiceItem } from '../service-item/item'
import type { CaseContext, CaseError } from './context'
import type { CaseEvent } from './events'
import { changePart } from './parts'
import { stepOf } from './route'
import type { CaseState, StepPart, StepTarget } from './state'
import type { CommandOf } from './step-command'

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
export const openRecord = ({ visit }: Pick<StepPart, 'visit'>) =>
  visit !== undefined && unsigned(visit).length > 0 ? visit : undefined

/** Whose signature it waits for. */
export const isAwaitedFrom = (part: Pick<StepPart, 'visit'>, { actor }: Pick<CaseContext, 'actor'>) => {
  const open = openRecord(part)
  return actor.kind === 'staff' && open !== undefined && unsigned(open).some((id) => id === actor.staffId)
}

/** Everybody who stands in a record of the case as having been there: they see what they sign. */
export const officersOf = ({ steps }: Pick<CaseState, 'steps'>): readonly string[] =>
  steps.flatMap(({ parts }) => parts.flatMap(({ visit }) => visit?.officerIds ?? []))

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

/** What is wrong with a record before anybody signs it; null where nothing is. */
function faultOf(
  checklist: VisitChecklist | undefined,
  { findings, onSite, onSiteDigest }: VisitWritten,
): CaseError | null {
  const asked = checklist?.points.map(({ key }) => key) ?? []
  const answered = findings.map(({ point }) => point)
  const isWhole = answered.length === asked.length && asked.every((key) => answered.includes(key))
  if (!isWhole) return { code: 'case.visit-points' }
  if (findings.some(({ answer, remarkDigest }) => answer === 'no' && remarkDigest === null))
    return { code: 'case.visit-remark' }
  return onSite === 'remarked' && onSiteDigest === null ? { code: 'case.visit-words' } : null
}

const partAt = (state: CaseState, { stepKey, unitId }: StepTarget) =>
  state.steps.find(({ key }) => key === stepKey)?.parts.find((part) => part.unitId === unitId)

const staffIn = ({ actor }: CaseContext) => (actor.kind === 'staff' ? (actor.staffId ?? null) : null)

/** Whoever was there and writes it down signs it with that; the others sign it each by themselves. */
export function visitRecorded(
  item: ServiceItem,
  state: CaseState,
  command: CommandOf<'record-visit'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { stepKey, unitId, officerIds, record, reasonDigest } = command
  const { officersMin, checklist } = stepOf(item, stepKey)
  if (new Set(officerIds).size < Math.max(2, officersMin)) return fail({ code: 'case.officers-too-few' })
  const wrong = faultOf(checklist, record)
  if (wrong) return fail(wrong)
  const due = partAt(state, command)?.rectifyBy ?? null
  const writer = staffIn(context)
  return ok([
    {
      type: 'visit-recorded',
      at: context.now,
      stepKey,
      unitId,
      rectifyBy: due !== null && due > dayIn(context.now) ? due : null,
      officerIds: [...new Set(officerIds)],
      noteDigest: reasonDigest ?? '',
      record: { ...record, signedBy: writer !== null && officerIds.includes(writer) ? [writer] : [] },
    },
  ])
}

/** Bound to what was read: a record that was written anew meanwhile is signed by nobody unread. */
export function visitSigned(
  state: CaseState,
  command: CommandOf<'sign-visit'>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const { stepKey, unitId } = command
  const part = partAt(state, command)
  const open = part && openRecord(part)
  const officerId = staffIn(context)
  if (!open || officerId === null) return fail({ code: 'case.action-not-allowed' })
  if (open.digest !== command.recordDigest) return fail({ code: 'case.visit-changed' })
  const left = unsigned(open).filter((id) => id !== officerId)
  return ok([
    {
      type: 'visit-signed',
      at: context.now,
      stepKey,
      unitId,
      officerId,
      recordDigest: open.digest,
      completes: left.length === 0,
    },
  ])
}

type Recorded = Extract<CaseEvent, { type: 'visit-recorded' }>
type Signed = Extract<CaseEvent, { type: 'visit-signed' }>

/** A site counts as seen once all who were there have signed; before signatures were asked for, at once. */
export function applyVisit(state: CaseState, event: Recorded | Signed): CaseState {
  if (event.type === 'visit-signed')
    return changePart(state, event, ({ visit }) => {
      if (!visit) return {}
      const signed = { ...visit, signedBy: [...visit.signedBy, event.officerId] }
      return event.completes
        ? { visit: signed, visited: true, rectifyBy: visit.rectifyBy }
        : { visit: signed }
    })
  const { record, rectifyBy, officerIds, noteDigest, at } = event
  if (!record) return changePart(state, event, () => ({ visited: true, rectifyBy }))
  return changePart(state, event, () => ({
    visited: false,
    visit: { ...record, at, officerIds, noteDigest, rectifyBy },
  }))
}
