import type { ActOnCase } from '#shared/contract/act-on-case'
import type { StepTarget } from '#shared/domain/case/state'
import { mendedBy, unsigned, type VisitWritten } from '#shared/domain/case/visit/visit-record'
import { dayIn, plainDate } from '#shared/domain/kernel/plain-date'
import { sealUploads } from '../../application'
import type { CaseDeps } from '../deps'
import { listEvents } from '../queries'
import type { CaseAtHand } from './verb'

export type RecordVisit = Extract<ActOnCase, { readonly action: 'record-visit' }>

const partAt = ({ caseRow }: CaseAtHand, { stepKey, unitId }: StepTarget) =>
  caseRow.state.steps.find(({ key }) => key === stepKey)?.parts.find((part) => part.unitId === unitId)

/** The day on which they were there; today where nobody says. */
const dayOf = ({ now }: CaseAtHand, { visitedOn }: RecordVisit) =>
  visitedOn === undefined ? dayIn(now) : plainDate(visitedOn)

/** The record whose place this one takes. */
function mendedOf(atHand: CaseAtHand, body: RecordVisit) {
  const part = partAt(atHand, body)
  return part && mendedBy(part, dayOf(atHand, body))
}

/** Photos that a record of this visit took before: a new record of it keeps them. */
const takenBefore = (atHand: CaseAtHand, body: RecordVisit) =>
  new Set(mendedOf(atHand, body)?.findings.flatMap(({ fileIds }) => fileIds))

/** The paper of what all had signed: that of the last signature. */
export async function paperMended({ database }: CaseDeps, atHand: CaseAtHand, body: RecordVisit) {
  const mended = mendedOf(atHand, body)
  if (!mended || unsigned(mended).length > 0) return undefined
  const events = await listEvents(database, atHand.caseRow.id)
  return events.findLast(
    (event) => event.type === 'visit-signed' && event.completes && event.recordDigest === mended.digest,
  )?.id
}

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
  atHand: CaseAtHand,
  body: RecordVisit,
  seal: (words: string) => string,
): VisitWritten {
  const { caseRow, now } = atHand
  const { stepKey, unitId, officerIds, findings = [], onSite, onSiteWords, reason } = body
  const visitedOn = dayOf(atHand, body)
  const all = { stepKey, unitId, officerIds, visitedOn, findings, onSite, onSiteWords, reason, now }
  return {
    digest: cipher.digest(`${caseRow.id}\nvisit ${JSON.stringify(all)}`),
    visitedOn,
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
