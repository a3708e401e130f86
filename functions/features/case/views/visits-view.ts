import type { CaseView } from '#shared/contract/case'
import type { SiteVisit } from '#shared/contract/site-visit'
import { stepOf } from '#shared/domain/case/route'
import type { StepPart, StepRun, StepTarget } from '#shared/domain/case/state'
import { firstDay } from '#shared/domain/case/visit/site-visit'
import { paperAfter, recordsIn, type WrittenVisit } from '#shared/domain/case/visit/visit-history'
import { countFindings, mendsOn, type VisitRecord, visitDay } from '#shared/domain/case/visit/visit-record'
import { addDays, dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { StepAction } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { filesOf } from './files-view'
import { type Subject, textOf } from './subject'

function recordOf(subject: Subject, stepKey: string, record: VisitRecord): NonNullable<SiteVisit['record']> {
  const { item, reference } = subject
  const points = stepOf(item, stepKey).checklist?.points ?? []
  return {
    digest: record.digest,
    at: record.at,
    visitedOn: visitDay(record),
    officers: record.officerIds.map((staffId) => ({
      staffId,
      name: reference.staffName(staffId) ?? '',
      signed: record.signedBy.includes(staffId),
    })),
    findings: record.findings.map(({ point, answer, remarkDigest, fileIds }) => ({
      point,
      text: points.find(({ key }) => key === point)?.text ?? point,
      answer,
      remark: textOf(subject, remarkDigest),
      files: filesOf(subject, fileIds).files,
    })),
    onSite: record.onSite,
    onSiteWords: textOf(subject, record.onSiteDigest),
    note: textOf(subject, record.noteDigest),
    whyAnew: textOf(subject, record.replaces?.whyDigest ?? null),
  }
}

/** An ordered day that has come parts two visits: what is written of a day before it is of the one that was there before. */
function mendsBefore(part: StepPart, today: PlainDate): Pick<SiteVisit, 'mendsBefore'> {
  const { rectifyBy } = part
  if (rectifyBy === null || rectifyBy > today) return {}
  const before = mendsOn(part, addDays(rectifyBy, -1))
  return before === null || before === mendsOn(part, today)
    ? {}
    : { mendsBefore: { day: rectifyBy, mends: before } }
}

/** All of a share; of a step that one unit does, those of whoever handed it on, too. */
const writtenAt = ({ read }: Pick<Subject, 'read'>, run: StepRun, unitId: string): readonly WrittenVisit[] =>
  recordsIn(read.events).filter(
    (each) => each.stepKey === run.key && (run.parts.length === 1 || each.unitId === unitId),
  )

/** What is asked at each site that may be looked at now, and all that was written down of each. */
export const visitsOf = (
  subject: Subject,
  allowed: readonly (StepTarget & { readonly action: StepAction })[],
): readonly SiteVisit[] =>
  subject.state.steps.flatMap((run) =>
    run.parts.flatMap((part) => {
      const { unitId, openedAt, rectifyBy } = part
      const today = dayIn(subject.now)
      const stepKey = run.key
      const isLookedAt = allowed.some(
        (each) => each.action === 'record-visit' && each.stepKey === stepKey && each.unitId === unitId,
      )
      const [record = null, ...earlier] = writtenAt(subject, run, unitId)
        .toReversed()
        .map((each) => recordOf(subject, stepKey, each.record))
      if (record === null && !isLookedAt) return []
      const { name, checklist } = stepOf(subject.item, stepKey)
      return [
        {
          stepKey,
          unitId,
          stepName: plainStepName(name),
          checklist: checklist
            ? { source: checklist.source, points: checklist.points.map((each) => ({ ...each })) }
            : null,
          notBefore: firstDay(part, today),
          round: [openedAt, rectifyBy].join(' '),
          mends: mendsOn(part, today),
          ...mendsBefore(part, today),
          record,
          earlier,
        },
      ]
    }),
  )

/** Of the paper of a site: that another takes its place, or is to. */
export function visitMarkOf(
  { caseRow, read }: Pick<Subject, 'caseRow' | 'read'>,
  id: string,
): NonNullable<CaseView['documents'][number]['mark']> | null {
  const after = paperAfter(read.events, id)
  if (after === undefined) return null
  const number = caseRow.documents.find((each) => each.id === after)?.documentNumber
  const words = number === undefined ? '已作废，正在重新记录，签齐了发新的' : `已重新记录，见${number}`
  return { kind: 'replaced', words, documentId: after }
}

/** What whoever carries the case on is told of its site, as it was found last; null where all is so. */
export function visitWarning({ read, state }: Pick<Subject, 'read' | 'state'>): string | null {
  const failed = state.steps
    .flatMap((run) =>
      run.parts.flatMap(({ unitId }) => writtenAt({ read }, run, unitId).at(-1)?.record ?? []),
    )
    .reduce((sum, { findings }) => sum + countFindings(findings, 'no'), 0)
  return failed === 0 ? null : `现场核查有 ${failed} 项不符合，看过记录再往下办。`
}
