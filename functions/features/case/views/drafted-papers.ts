import type { DraftedPapers } from '#shared/contract/after-decision'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import { wordsIssued } from '../documents/issue-documents'
import { draftedDocument } from './document-view'
import type { Subject } from './subject'

interface Rehearsed {
  readonly before: CaseState
  /** Those of the act itself: what the days have brought is issued whether it is signed or not. */
  readonly own: readonly CaseEvent[]
  readonly events: readonly CaseEvent[]
}

/** The papers that an act issues, in the words in which they go out; the numbers are drawn when it is signed. */
export function papersOfEvents(
  subject: Subject,
  { before: state, own, events }: Rehearsed,
): DraftedPapers['papers'] {
  const { caseRow, item, reference, documents, now } = subject
  const named = events.map((event, at) => ({ id: String(at), event }))
  const after = events.reduce((each, event) => evolve(item, each, event), state)
  const issued = documents.issuedBy(named, after, item, reference, yearOf(dayIn(now)))
  const before = caseRow.documents
  return wordsIssued({ caseRow, item, state, reference, documents, before, events: named, issued })
    .filter(({ event }) => own.includes(event))
    .map(({ document: { kind, prefix }, content }) => ({
      kind,
      numberPrefix: prefix,
      issuedOn: dayIn(now),
      ...draftedDocument(subject, content),
    }))
}
