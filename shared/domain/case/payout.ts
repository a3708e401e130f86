import { fullMonth } from '../kernel/day-words'
import { addMonths, dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { CaseError } from './context'
import { openRevocation } from './revocation'
import type { CaseState } from './state'

type PaidItem = Pick<ServiceItem, 'amount' | 'fields' | 'steps'>

/** What is paid: on the page of the result, on the paper and on its draft. */
interface Payout {
  /** The row of the published amounts that an answer names, else the county's words of its standard. */
  readonly amount: string
  readonly isStandard: boolean
  /** In words, before 起; null where it is paid once, and before the decision. */
  readonly from: string | null
  /** The last four digits; null where none is asked for, or may be known. */
  readonly card: string | null
}

const keysOf = ({ fields }: PaidItem, wanted: 'select' | 'bankcard') =>
  fields.filter(({ kind }) => kind === wanted).map(({ key }) => key)

/** The organ itself pays: to a card that it asks for, or by a step. A bank's loan is told with its amount and is none of it. */
export const isPaying = (item: PaidItem) =>
  item.amount !== null &&
  (keysOf(item, 'bankcard').length > 0 || item.steps.some(({ actions }) => actions.includes('pay')))

/** From when a grant of `decidedOn` pays, in words: 2026年12月. Source: `amount.from` of the pack. */
export function paidFrom(
  { amount }: Pick<ServiceItem, 'amount'>,
  { filedAt }: Pick<CaseState, 'filedAt'>,
  decidedOn: PlainDate,
): string | null {
  switch (amount?.from) {
    case 'filing-month':
      return fullMonth(dayIn(filedAt))
    case 'decision-month':
      return fullMonth(decidedOn)
    case 'next-month':
      return fullMonth(addMonths(decidedOn, 1))
    case 'entitled':
      return '符合领取条件的次月'
    case undefined:
      return null
  }
}

const figuresOf = (text: string) => (text.match(/\d+/g) ?? []).join()

/** 80-89周岁 of the form is 80–89 岁 of the published amounts. */
const namesOne = (answer: string, when: string) =>
  answer === when || (figuresOf(when) !== '' && figuresOf(answer) === figuresOf(when))

/** By the answers as their reader may know them; null where nothing is paid. */
export function payoutOf(
  item: PaidItem,
  answers: Readonly<Record<string, unknown>>,
  from: string | null,
): Payout | null {
  const { amount } = item
  if (amount === null) return null
  const textsOf = (kind: 'select' | 'bankcard') =>
    keysOf(item, kind).flatMap((key) => {
      const answer = answers[key]
      return typeof answer === 'string' ? [answer] : []
    })
  const row = amount.rows.find(({ when }) => textsOf('select').some((answer) => namesOne(answer, when)))
  const card = textsOf('bankcard').find((answer) => /\d{4}$/.test(answer))
  return {
    amount: row?.value ?? amount.text,
    isStandard: row === undefined,
    from,
    card: card?.slice(-4) ?? null,
  }
}

const sentence = (...parts: readonly (string | null)[]) => {
  const said = parts.filter((part) => part !== null)
  return said.length === 0 ? '' : `${said.join('，')}。`
}

/** As a paper says it: 自2026年12月起，每月发放 50 元，打到尾号 6021 的卡。 */
export function payoutWords({ amount, isStandard, from, card }: Payout): string {
  const since = from === null ? null : `自${from}起`
  const to = card === null ? null : `打到尾号 ${card} 的卡`
  if (isStandard) return `${sentence(since && `${since}发放`, to)}发放标准：${amount}。`
  const each = /^每月\s*(.+)$/.exec(amount)?.[1]
  return sentence(since, each === undefined ? `发放 ${amount}` : `每月发放 ${each}`, to)
}

/** What is to be paid stands still while its grant may fall, and whoever waits for it is told. */
export const isHeldBack = (item: PaidItem, state: Pick<CaseState, 'decision' | 'paidOn' | 'revocations'>) =>
  isPaying(item) &&
  state.decision?.kind === 'granted' &&
  state.paidOn === null &&
  openRevocation(state) !== undefined

/** Why nobody records a payment; null where it may be. What is to be revoked is not paid before that is answered. */
export function whyNotPaid(state: CaseState): CaseError | null {
  if (state.decision?.kind !== 'granted') return { code: 'case.undecided' }
  if (state.paidOn !== null) return { code: 'case.action-not-allowed' }
  if (openRevocation(state)) return { code: 'case.revocation-open' }
  return state.identityConfirmed ? null : { code: 'case.identity-unconfirmed' }
}
