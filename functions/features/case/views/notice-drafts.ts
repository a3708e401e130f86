import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import { wordedIn } from '#shared/domain/service-item/notice'
import { wordsIssued } from '../documents/issue-documents'
import { printedAnswers } from './printed-answers'
import { hungBefore } from './published-otherwise'
import type { Subject } from './subject'

type Draft = NonNullable<CaseView['staff']>['noticeDrafts'][number]

/** The notices that 发布公示 would hang now, and beside what they tell what was typed; the number is drawn when one is published. */
export function noticeDrafts(
  subject: Subject,
  allowed: readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[],
): Draft[] {
  const { caseRow, item, state, reference, documents, now } = subject
  return allowed.flatMap(({ action, stepKey, unitId }) => {
    if (action !== 'publish-notice') return []
    const events = [{ id: '0', event: { type: 'notice-published' as const, at: now, stepKey, unitId } }]
    const issued = documents.issuedBy(events, state, item, reference, yearOf(dayIn(now)))
    const worded = wordedIn(item, stepKey)
    const hung = hungBefore(subject, stepKey, unitId)
    return wordsIssued({
      caseRow,
      item,
      state,
      reference,
      documents,
      before: caseRow.documents,
      events,
      issued,
    }).map(({ document: { prefix }, content }) => ({
      stepKey,
      unitId,
      title: content.title,
      numberPrefix: prefix,
      organName: content.organ,
      issuedOn: dayIn(now),
      paragraphs: content.paragraphs.map(({ said, answers }) => ({ said, told: answers !== undefined })),
      told: content.paragraphs
        .flatMap(({ answers }) => (answers ? printedAnswers(subject, answers) : []))
        .map(({ key, label, words, parts }) => ({
          key,
          label,
          words,
          written: parts.map(({ text, instead }) => ({ text: maskNumbersIn(text), out: instead !== null })),
          worded: worded.includes(key),
          hung: worded.includes(key) ? (hung.get(key) ?? null) : null,
        })),
    }))
  })
}
