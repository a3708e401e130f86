import { validWords } from '../domain/case/result/certificate'
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

/** A reason may be written in several lines: each stands as a paragraph, on a page as on paper. */
export const linesOf = (paragraphs: readonly string[]) =>
  paragraphs
    .flatMap((each) => each.split(/\r\n|\r|\n/))
    .map((line) => line.replace(/\t/g, ' ').trim())
    .filter((line) => line !== '')

export const documentWords = (document: CaseDocument): DocumentWords => ({
  title: document.title,
  number: document.documentNumber,
  recipient: document.recipient,
  paragraphs: linesOf(document.paragraphs),
  organ: document.organName,
  day: fullDay(document.issuedOn as PlainDate),
})

/** What a certificate says of its holder, in order: on the page, in the picture that is kept, and on paper. */
export const certificateRows = ({ recipient, certificate }: CaseDocument) =>
  certificate
    ? [
        { label: '持有人', text: recipient ?? '' },
        ...certificate.rows,
        {
          label: '有效期',
          text: validWords(certificate.validFrom as PlainDate, certificate.validTo as PlainDate | null),
        },
      ]
    : []
