import type { CaseView } from '#shared/contract/case'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { photosOf } from '#shared/domain/application/item-answers'
import { acceptanceClock, correctionDue, runningPromise } from '#shared/domain/case/clock/clocks'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { changeWords } from '#shared/domain/case/correction/brought'
import { replay } from '#shared/domain/case/evolve'
import type { FiledContent } from '#shared/domain/case/filed-content'
import { type CorrectionItem, openCorrection } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { unitName } from '#shared/domain/organization/registry'
import { provenBy } from '#shared/domain/service-item/proofs'
import { dueOf, type LegalClock } from '#shared/domain/time-limit/clock'
import { answerLabels } from '../answer-labels'
import type { LoggedEvent } from '../queries'
import { openContent } from '../texts'
import { askedWhy } from './asked-why'
import { changeIn, digestIn } from './change-note'
import { filesOf as shownFiles } from './files-view'
import type { Subject } from './subject'

type Staff = NonNullable<CaseView['staff']>

const isOver = ({ state }: Subject) => state.decision !== null || state.endedAt !== null

/** The notice that was answered last, as long as somebody judges the answer. */
function noticeToJudge({ state }: Subject) {
  const last = state.corrections.findLast(({ suppliedAt }) => suppliedAt !== null)
  return last && openCorrection(state) === undefined ? last : undefined
}

type Notice = NonNullable<ReturnType<typeof noticeToJudge>>

const answerOf = (subject: Subject): LoggedEvent | undefined => {
  const at = noticeToJudge(subject)?.suppliedAt
  return subject.read.events.find((event) => event.type === 'supplemented' && event.at === at)
}

/** The content as it stood before an event has changed it. */
function contentBefore({ read, cipher, caseRow }: Subject, event: LoggedEvent) {
  const { events, texts } = read
  const before = events.slice(0, events.indexOf(event)).findLast((each) => digestIn(each) !== undefined)
  const digest = before && digestIn(before)
  return digest === undefined ? undefined : openContent(cipher, caseRow.id, texts, digest)
}

/** The last days as they stood before the notice was given. */
function formerly({ item, read, reference: { calendar } }: Subject, askedAt: string) {
  const notice = read.events.findIndex(({ type, at }) => type === 'correction-requested' && at === askedAt)
  if (notice < 1) return { acceptOn: null, promisedOn: null }
  const state = replay(item, read.events.slice(0, notice))
  const lastDay = (clock: LegalClock | null) => {
    const due = clock && dueOf(clock, calendar)
    return due?.kind === 'on' ? due.on : null
  }
  return {
    acceptOn: lastDay(acceptanceClock(item, state)),
    promisedOn: lastDay(runningPromise(item, state)),
  }
}

/** What stood in the place of what was asked for. */
function former(subject: Subject, asked: CorrectionItem, before: FiledContent | undefined) {
  const { item, reference } = subject
  if (asked.kind === 'material') {
    const paper = before?.papers.find(({ name }) => name === asked.name)
    return { formerFiles: shownFiles(subject, paper?.files ?? []).files, formerText: null }
  }
  const field = item.fields.find(({ key }) => key === asked.name)
  const answer = before?.answers[asked.name]
  const text = field && answer !== undefined ? describeAnswer(field, answer, answerLabels(reference)) : null
  return { formerFiles: [], formerText: text }
}

/** What nobody had asked for and was changed since all the same. */
function elsewhere({ item, state: { changes } }: Subject, { askedAt, items }: Notice) {
  const since = changes.filter(({ at }) => at >= askedAt)
  const unasked = (of: CorrectionItem['kind'], names: readonly string[]) => [
    ...new Set(names.filter((each) => !items.some(({ kind, name }) => kind === of && name === each))),
  ]
  const words = changeWords(item, {
    fields: unasked(
      'field',
      since.flatMap(({ fields }) => fields),
    ),
    papers: unasked(
      'material',
      since.flatMap(({ papers }) => papers),
    ),
    named: since.flatMap(({ named }) => named ?? [])[0] ?? null,
  })
  return words === '' ? null : words
}

/** What was asked of the applicant and what came, until it is decided; null where nothing was answered. */
export function supplementOf(subject: Subject): Staff['supplement'] {
  const notice = isOver(subject) ? undefined : noticeToJudge(subject)
  const answer = answerOf(subject)
  if (!notice || !answer || notice.suppliedAt === null) return null
  const { item, state, reference } = subject
  const change = changeIn(answer)
  const before = contentBefore(subject, answer)
  const due = correctionDue(item, state, notice, reference.calendar)
  const brought = { material: change?.papers ?? [], field: change?.fields ?? [] }
  return {
    askedOn: dayIn(notice.askedAt),
    byUnit: unitName(reference, notice.unitId),
    dueOn: due.kind === 'on' ? due.on : null,
    suppliedAt: notice.suppliedAt,
    formerly: formerly(subject, notice.askedAt),
    begunAnew: notice.beforeAcceptance,
    elsewhere: elsewhere(subject, notice),
    items: notice.items.map((asked) => ({
      kind: asked.kind,
      name: asked.name,
      label: askedLabel(item, asked),
      reason: askedWhy(subject, asked),
      came: brought[asked.kind].includes(asked.name),
      ...former(subject, asked, before),
    })),
  }
}

function filesIn({ item }: Subject, { papers, answers }: FiledContent) {
  const photos = photosOf(item, answers).flatMap(({ ids }) => ids)
  return [...papers.flatMap(({ files }) => files), ...photos]
}

/** Files that an event has brought to those that were there. */
function filesOf(subject: Subject, event: LoggedEvent) {
  const { read, cipher, caseRow } = subject
  const digest = digestIn(event)
  const before = contentBefore(subject, event)
  if (digest === undefined || before === undefined) return []
  const known = new Set(filesIn(subject, before))
  const now = openContent(cipher, caseRow.id, read.texts, digest)
  return filesIn(subject, now).filter((id) => !known.has(id))
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
