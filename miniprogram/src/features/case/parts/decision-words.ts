import type { CaseView } from '#shared/contract/case'
import { dayOf, monthOf, type PlainDate, yearOf } from '#shared/domain/kernel/plain-date'

export interface DecisionWords {
  readonly title: string
  readonly number: string | null
  readonly recipient: string
  readonly body: string
  readonly organ: string
  readonly day: string
}

const fullDay = (text: string) => {
  const day = text as PlainDate
  return `${yearOf(day)}年${monthOf(day)}月${dayOf(day)}日`
}

const WORDS = {
  granted: '经审查，符合规定的条件，准予办理。',
  refused: '经审查，不符合规定的条件，不予办理。',
} as const

/** What the organ's paper says, on the page and in the picture that is kept. */
export function decisionWords(
  { itemName }: Pick<CaseView, 'itemName'>,
  decision: NonNullable<CaseView['decision']>,
): DecisionWords {
  const { documentTitle, documentNumber, result, recipient, kind, validText, organName, decidedOn } = decision
  const given = result === null ? '' : `发给《${result}》。`
  const valid = validText === null ? '' : `有效期 ${validText}。`
  return {
    title: documentTitle,
    number: documentNumber,
    recipient: recipient === '' ? '申请人' : recipient,
    body: `你申请的“${itemName}”，${WORDS[kind]}${given}${valid}`,
    organ: organName,
    day: fullDay(decidedOn),
  }
}
