import { dayIn } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { VisitChecklist } from '../service-item/checklist'
import type { ServiceItem } from '../service-item/item'
import type { CaseContext, CaseError } from './context'
import type { CaseEvent } from './events'
import { changePart } from './parts'
import { stepOf } from './route'
import type { CaseState, StepPart, StepTarget } from './state'
import type { CommandOf } from './step-command'
import { openRecord, unsigned, type VisitWritten } from './visit-record'

/** Whose signature it waits for. */
export const isAwaitedFrom = (part: Pick<StepPart, 'visit'>, { actor }: Pick<CaseContext, 'actor'>) => {
  const open = openRecord(part)
  return actor.kind === 'staff' && open !== undefined && unsigned(open).some((id) => id === actor.staffId)
}

/** Everybody who stands in a record of the case as having been there: they see what they sign. */
export const officersOf = ({ steps }: Pick<CaseState, 'steps'>): readonly string[] =>
  steps.flatMap(({ parts }) => parts.flatMap(({ visit }) => visit?.officerIds ?? []))

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
