import type { CaseView } from '#shared/contract/case'
import { photosOf } from '#shared/domain/application/item-answers'
import { askedLabel } from '#shared/domain/case/asked'
import { openCorrection } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { provenBy } from '#shared/domain/service-item/proofs'
import type { LoggedEvent } from '../queries'
import { openContent } from '../texts'
import { changeIn, digestIn } from './change-note'
import { type Subject, textOf, unitName } from './subject'

type Staff = NonNullable<CaseView['staff']>

const isOver = ({ state }: Subject) => state.decision !== null || state.endedAt !== null

/** The notice that was answered last, as long as somebody judges the answer. */
function answered({ state }: Subject) {
  const last = state.corrections.findLast(({ suppliedAt }) => suppliedAt !== null)
  return last && openCorrection(state) === undefined ? last : undefined
}

const answerOf = (subject: Subject): LoggedEvent | undefined => {
  const at = answered(subject)?.suppliedAt
  return subject.read.events.find((event) => event.type === 'supplemented' && event.at === at)
}

/** What was asked of the applicant and what came, until it is decided; null where nothing was answered. */
export function supplementOf(subject: Subject): Staff['supplement'] {
  const notice = isOver(subject) ? undefined : answered(subject)
  const answer = answerOf(subject)
  if (!notice || !answer || notice.suppliedAt === null) return null
  const { item, reference } = subject
  const change = changeIn(answer)
  const brought = { material: change?.papers ?? [], field: change?.fields ?? [] }
  return {
    askedOn: dayIn(notice.askedAt),
    byUnit: unitName(reference, notice.unitId),
    suppliedAt: notice.suppliedAt,
    items: notice.items.map((asked) => ({
      kind: asked.kind,
      name: asked.name,
      label: askedLabel(item, asked),
      reason: textOf(subject, asked.reasonDigest) ?? '',
      came: brought[asked.kind].includes(asked.name),
    })),
  }
}

function filesAt({ read, cipher, caseRow, item }: Subject, digest: string) {
  const { papers, answers } = openContent(cipher, caseRow.id, read.texts, digest)
  const photos = photosOf(item, answers).flatMap(({ ids }) => ids)
  return [...papers.flatMap(({ files }) => files), ...photos]
}

/** Files that an event has brought to those that were there. */
function filesOf(subject: Subject, event: LoggedEvent) {
  const { events } = subject.read
  const digest = digestIn(event)
  const before = events.slice(0, events.indexOf(event)).findLast((each) => digestIn(each) !== undefined)
  const beforeDigest = before && digestIn(before)
  if (digest === undefined || beforeDigest === undefined) return []
  const known = new Set(filesAt(subject, beforeDigest))
  return filesAt(subject, digest).filter((id) => !known.has(id))
}

/** Until it is decided: files that came as the answer to the last notice, or after it had been accepted. */
export function newFilesOf(subject: Subject): Staff['newFiles'] {
  if (isOver(subject)) return []
  const { events } = subject.read
  const accepted = events.findLastIndex(({ type }) => type === 'accepted')
  const answer = answerOf(subject)
  const late = accepted < 0 ? [] : events.slice(accepted).filter((event) => changeIn(event) !== null)
  return [...new Set([...(answer ? [answer] : []), ...late].flatMap((event) => filesOf(subject, event)))]
}

/** Beside which answers each paper is looked at. */
export const proofsOf = ({ item }: Subject): Staff['proofs'] =>
  item.materials
    .map((material) => ({ paper: material.name, fields: [...provenBy(item, material)] }))
    .filter(({ fields }) => fields.length > 0)
