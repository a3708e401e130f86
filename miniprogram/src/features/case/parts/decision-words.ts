import type { CaseDocument, CaseView } from '#shared/contract/case'
import { type DocumentWords, linesOf } from '#shared/contract/document.labels'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** What is shown that is not the document as it was issued says so under it. */
export const NOT_AS_ISSUED: Readonly<Record<CaseDocument['words'], string | null>> = {
  'as-issued': null,
  anew: '这份文书签发的时候没有单独留底，上面的话是照现在的资料排出来的。以发给你的那份为准。',
  deleted: '这份文书的内容已经依法删除，这里只留名称、单位、文号和日期。',
}

export function decisionWords(decision: NonNullable<CaseView['decision']>): DocumentWords {
  const { documentTitle, documentNumber, recipient, organName, decidedOn, paragraphs } = decision
  return {
    title: documentTitle,
    number: documentNumber,
    recipient: recipient === '' ? '申请人' : recipient,
    paragraphs: linesOf(paragraphs),
    organ: organName,
    day: fullDay(decidedOn as PlainDate),
  }
}
