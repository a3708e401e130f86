import type { ActOnCase } from '#shared/contract/act-on-case'
import type { StepTarget } from '#shared/domain/case/state'
import type { VisitWritten } from '#shared/domain/case/visit-record'
import { sealUploads } from '../../application'
import type { CaseDeps } from '../deps'
import type { CaseAtHand } from './verb'

export type RecordVisit = Extract<ActOnCase, { readonly action: 'record-visit' }>

/** Photos that a record of this visit took before: a new record of it keeps them. */
const takenBefore = ({ caseRow }: CaseAtHand, { stepKey, unitId }: StepTarget) =>
  new Set(
    caseRow.state.steps
      .filter(({ key }) => key === stepKey)
      .flatMap(({ parts }) => parts.filter((part) => part.unitId === unitId))
      .flatMap(({ visit }) => visit?.findings ?? [])
      .flatMap(({ fileIds }) => fileIds),
  )

/** The photos that come with a record, written anew without place and camera. */
export const photosOfVisit = (deps: CaseDeps, atHand: CaseAtHand, body: RecordVisit) => {
  const before = takenBefore(atHand, body)
  const ofFields = (body.findings ?? [])
    .flatMap(({ files = [] }) => files)
    .filter((fileId) => !before.has(fileId))
  return sealUploads(deps, { ofPapers: [], ofFields }, body)
}

/** What was written on the spot; its digest is of every word, and of the moment: who signs it has read just that. */
export function writtenOnSite(
  { cipher }: Pick<CaseDeps, 'cipher'>,
  { caseRow, now }: CaseAtHand,
  { stepKey, unitId, officerIds, findings = [], onSite, onSiteWords, reason }: RecordVisit,
  seal: (words: string) => string,
): VisitWritten {
  const all = { stepKey, unitId, officerIds, findings, onSite, onSiteWords, reason, now }
  return {
    digest: cipher.digest(`${caseRow.id}\nvisit ${JSON.stringify(all)}`),
    findings: findings.map(({ point, answer, remark, files = [] }) => ({
      point,
      answer,
      remarkDigest: remark === undefined ? null : seal(remark),
      fileIds: files,
    })),
    onSite,
    onSiteDigest: onSiteWords === undefined ? null : seal(onSiteWords),
  }
}
