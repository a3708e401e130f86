import type { CaseView } from '#shared/contract/case'
import { decisionParagraphs } from '#shared/domain/case/decision-words'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { momentDay } from '../../../ui/words/dates'

export interface DecisionWords {
  readonly title: string
  readonly number: string | null
  readonly recipient: string
  readonly paragraphs: readonly string[]
  readonly organ: string
  readonly day: string
}

/** What the organ's paper says, on the page and in the picture that is kept. */
export function decisionWords(
  { itemName, filedAt }: Pick<CaseView, 'itemName' | 'filedAt'>,
  decision: NonNullable<CaseView['decision']>,
): DecisionWords {
  const { documentTitle, documentNumber, recipient, organName, decidedOn } = decision
  return {
    title: documentTitle,
    number: documentNumber,
    recipient: recipient === '' ? '申请人' : recipient,
    paragraphs: decisionParagraphs({ ...decision, itemName, filedOn: momentDay(filedAt) }),
    organ: organName,
    day: fullDay(decidedOn as PlainDate),
  }
}
