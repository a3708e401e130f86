import { dayIn, laterOf, type PlainDate } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { VisitChecklist } from '../../service-item/checklist'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import { changePart } from '../parts'
import { stepOf } from '../route'
import type { CaseState, StepPart, StepTarget } from '../state'
import type { CommandOf } from '../step/step-command'
import {
  everThere,
  mendedBy,
  mendsOn,
  openRecord,
  unsigned,
  type VisitReplaced,
  type VisitWritten,
  visitDay,
} from './visit-record'

/** Whose signature it waits for. */
export const isAwaitedFrom = (part: Pick<StepPart, 'visit'>, { actor }: Pick<CaseContext, 'actor'>) => {
  const open = openRecord(part)
  return actor.kind === 'staff' && open !== undefined && unsigned(open).some((id) => id === actor.staffId)
}

/** Everybody who stands in a record of the case as having been there: they see what they sign. */
export const officersOf = ({ steps }: Pick<CaseState, 'steps'>): readonly string[] =>
  steps.flatMap(({ parts }) => parts.flatMap(everThere))

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
  const part = partAt(state, command)
  const today = dayIn(context.now)
  const on = record.visitedOn ?? today
  if (on > today || (part && on < firstDay(part, on))) return fail({ code: 'case.visit-day' })
  const replaces = part && replacedBy(part, command, on)
  if (replaces === 'unsaid') return fail({ code: 'case.visit-why-anew' })
  const due = part?.rectifyBy ?? null
  const writer = staffIn(context)
  return ok([
    {
      type: 'visit-recorded',
      at: context.now,
      stepKey,
      unitId,
      rectifyBy: due !== null && due > on ? due : null,
      officerIds: [...new Set(officerIds)],
      noteDigest: reasonDigest ?? '',
      ...(replaces ? { replaces } : {}),
      record: { ...record, signedBy: writer !== null && officerIds.includes(writer) ? [writer] : [] },
    },
  ])
}

/**
 * Nobody judges a site by a visit from before it was their turn, nor answers an order by what was seen before it; whoever mends a
 * record of before a hand-over keeps its day.
 */
export function firstDay(part: StepPart, on: PlainDate): PlainDate {
  const opened = part.openedAt === null ? on : dayIn(part.openedAt)
  const first = laterOf(part.orderedOn ?? opened, opened)
  const mended = mendedBy(part, on)
  const before = mended && visitDay(mended)
  return before !== undefined && before < first ? before : first
}

/**
 * What all had signed is a paper of the case: another takes its place with a reason alone, and what takes the place of that
 * one before it is signed, too.
 */
function replacedBy(
  part: StepPart,
  { paperId, whyAnewDigest }: CommandOf<'record-visit'>,
  on: PlainDate,
): VisitReplaced | 'unsaid' | undefined {
  const mended = mendedBy(part, on)
  if (!mended) return undefined
  if (mendsOn(part, on) === 'open') return mended.replaces
  if (whyAnewDigest === undefined) return 'unsaid'
  return paperId === undefined ? undefined : { documentId: paperId, whyDigest: whyAnewDigest }
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
  const { record, rectifyBy, officerIds, noteDigest, at, replaces } = event
  if (!record) return changePart(state, event, () => ({ visited: true, rectifyBy }))
  return changePart(state, event, (part) => ({
    visited: false,
    ...(part.visit ? { officersBefore: everThere(part) } : {}),
    visit: { ...record, at, officerIds, noteDigest, rectifyBy, ...(replaces ? { replaces } : {}) },
  }))
}
