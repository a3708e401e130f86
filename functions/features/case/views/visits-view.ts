import type { SiteVisit } from '#shared/contract/site-visit'
import { stepOf } from '#shared/domain/case/route'
import type { StepTarget } from '#shared/domain/case/state'
import { countFindings, type VisitRecord } from '#shared/domain/case/visit-record'
import type { StepAction } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { filesOf } from './files-view'
import { type Subject, textOf } from './subject'

function recordOf(subject: Subject, stepKey: string, record: VisitRecord): SiteVisit['record'] {
  const { item, reference } = subject
  const points = stepOf(item, stepKey).checklist?.points ?? []
  return {
    digest: record.digest,
    at: record.at,
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
  }
}

/** What is asked at each site that may be looked at now, and what was written down of each. */
export const visitsOf = (
  subject: Subject,
  allowed: readonly (StepTarget & { readonly action: StepAction })[],
): readonly SiteVisit[] =>
  subject.state.steps.flatMap(({ key: stepKey, parts }) =>
    parts.flatMap(({ unitId, visit }) => {
      const isLookedAt = allowed.some(
        (each) => each.action === 'record-visit' && each.stepKey === stepKey && each.unitId === unitId,
      )
      if (!visit && !isLookedAt) return []
      const { name, checklist } = stepOf(subject.item, stepKey)
      return [
        {
          stepKey,
          unitId,
          stepName: plainStepName(name),
          checklist: checklist
            ? { source: checklist.source, points: checklist.points.map((each) => ({ ...each })) }
            : null,
          record: visit ? recordOf(subject, stepKey, visit) : null,
        },
      ]
    }),
  )

/** What whoever carries the case on is told of its site; null where all is so. */
export function visitWarning({ state }: Pick<Subject, 'state'>): string | null {
  const failed = state.steps
    .flatMap(({ parts }) => parts)
    .reduce((sum, { visit }) => sum + countFindings(visit?.findings ?? [], 'no'), 0)
  return failed === 0 ? null : `现场核查有 ${failed} 项不符合，看过记录再往下办。`
}
