import type { CaseDocument, CaseView } from '#shared/contract/case'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

/** What an organ's paper says, on the page and in the picture that is kept. */
export interface DecisionWords {
  readonly title: string
  readonly number: string | null
  /** Null where it is for everybody. */
  readonly recipient: string | null
  readonly paragraphs: readonly string[]
  readonly organ: string
  readonly day: string
}

export function decisionWords(decision: NonNullable<CaseView['decision']>): DecisionWords {
  const { documentTitle, documentNumber, recipient, organName, decidedOn, paragraphs } = decision
  return {
    title: documentTitle,
    number: documentNumber,
    recipient: recipient === '' ? '申请人' : recipient,
    paragraphs,
    organ: organName,
    day: fullDay(decidedOn as PlainDate),
  }
}

export const documentWords = (document: CaseDocument): DecisionWords => ({
  title: document.title,
  number: document.documentNumber,
  recipient: document.recipient,
  paragraphs: document.paragraphs,
  organ: document.organName,
  day: fullDay(document.issuedOn as PlainDate),
})
