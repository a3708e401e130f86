import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { handedOverMethods, servedAtOnce } from '#shared/domain/case/delivery/delivery-choice'
import { closingShare, settlingEvents } from '#shared/domain/case/delivery/settle'
import { evolve } from '#shared/domain/case/evolve'
import { isDecisionKind } from '#shared/domain/case/paper/document-kinds'
import type { IssuedParagraph } from '#shared/domain/case/paper/issued-words'
import type { StepTarget } from '#shared/domain/case/state'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import type { DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import { wordsIssued } from '../documents/issue-documents'
import { isReached } from '../standing'
import type { Subject } from './subject'

type Paper = NonNullable<CaseView['staff']>['settlePapers'][number]

/** All that would be issued now by one way of handing it over; the numbers are drawn when it is signed. */
function issuedNow(subject: Subject, events: ReturnType<typeof settlingEvents>) {
  const { caseRow, item, state, reference, documents, now } = subject
  const named = events.map((event, at) => ({ id: String(at), event }))
  const after = events.reduce((each, event) => evolve(item, each, event), state)
  const issued = documents.issuedBy(named, after, item, reference, yearOf(dayIn(now)))
  return wordsIssued({ caseRow, item, state, reference, documents, before: [], events: named, issued }).map(
    ({ document: { id, kind, prefix }, event, content }) => ({
      id,
      kind,
      prefix,
      content,
      method: event.type === 'delivered' ? event.method : null,
    }),
  )
}

function papersBy(subject: Subject, target: StepTarget, closing: StepTarget, method: DeliveryMethod | null) {
  const issued = issuedNow(
    subject,
    settlingEvents(subject.now, target, closing, {
      method,
      servedOn: servedAtOnce(subject.state, method, subject.now),
    }),
  )
  const decision = issued.find(({ kind }) => isDecisionKind(kind))
  const words = ({ said, documentId }: IssuedParagraph) => {
    const named = issued.find(({ id }) => id === documentId)
    return named ? `${said}《${named.content.title}》（${named.prefix}＿＿号）` : said
  }
  return issued
    .filter((each) => each !== decision && each.method === method)
    .map(
      ({ kind, prefix, content }): Paper => ({
        kind,
        title: content.title,
        numberPrefix: prefix,
        organName: content.organ,
        issuedOn: dayIn(subject.now),
        paragraphs: content.paragraphs.map(words),
        method,
      }),
    )
}

/** What 当场办结 would issue now beside the decision: 受理通知书, the certificate, and 送达回证 for each way of handing it over. */
export function settlePapers(
  subject: Subject,
  allowed: readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[],
): Paper[] {
  const { caseRow, item, state } = subject
  const settling = allowed.find(({ action }) => action === 'settle')
  const closing = settling ? closingShare(item, state, settling) : null
  if (!settling || !closing) return []
  const { stepKey, unitId } = settling
  return [null, ...handedOverMethods(item, state, isReached(caseRow))].flatMap((method) =>
    papersBy(subject, { stepKey, unitId }, closing, method),
  )
}
