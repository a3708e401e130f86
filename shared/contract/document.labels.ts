import { fullDay } from '../domain/kernel/day-words'
import type { PlainDate } from '../domain/kernel/plain-date'
import type { CaseDocument } from './case'

/** What an organ's document says: on the page, in the picture that is kept, and on paper. */
export interface DocumentWords {
  readonly title: string
  readonly number: string | null
  /** Null where it is for everybody. */
  readonly recipient: string | null
  readonly paragraphs: readonly string[]
  readonly organ: string
  readonly day: string
}

export const documentWords = (document: CaseDocument): DocumentWords => ({
  title: document.title,
  number: document.documentNumber,
  recipient: document.recipient,
  paragraphs: document.paragraphs,
  organ: document.organName,
  day: fullDay(document.issuedOn as PlainDate),
})
