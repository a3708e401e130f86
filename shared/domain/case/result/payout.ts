import { fullMonth } from '../../kernel/day-words'
import { addMonths, dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import { openRevocation } from '../revocation/revocation'
import type { CaseState } from '../state'

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

/** Of money that stood still: what becomes of it now; of whoever has died nothing goes on. Null where nothing is to be paid. */
export function goesOnWords(
  item: PaidItem,
  { paidOn, isDeceased }: Pick<CaseState, 'paidOn' | 'isDeceased'>,
): string | null {
  if (!isPaying(item) || paidOn !== null) return null
  return isDeceased === true
    ? '去世以前该发的照原来的发，去世以后的不发'
    : '先停下的钱接着发，停下时该发的补发'
}

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

/** 150050 分 is 1,500.50 元. */
export function inYuan(fen: number): string {
  const [yuan, cents] = [Math.floor(fen / 100), fen % 100]
  return `${`${yuan}`.replace(/\B(?=(\d{3})+$)/g, ',')}${cents === 0 ? '' : `.${`${cents}`.padStart(2, '0')}`} 元`
}

/** In 分; whether each month or once is the guide's to say. */
const amountWords = ({ amount }: Pick<ServiceItem, 'amount'>, fen: number) =>
  isMonthly({ amount }) ? `每月 ${inYuan(fen)}` : inYuan(fen)

const isMonthly = ({ amount }: Pick<ServiceItem, 'amount'>) => amount?.from !== undefined

type Told = { readonly item: PaidItem; readonly after: Pick<CaseState, 'decision'> }

/** What whoever granted it has said is paid, to begin a sentence with; empty where the guide says it. */
const amountTold = ({ item, after: { decision } }: Told) =>
  decision?.amount === undefined ? '' : `${amountWords(item, decision.amount)}，`

/** Of a grant, to whoever waits for it. */
export const toPayTold = (told: Told) => `${amountTold(told)}接下来办结，办好了再告诉你`
export const paidTold = (told: Told, day: string) => `${amountTold(told)}${day} 发的，看看到账没有`

/** 320, 1500.5: in 分; null of what is no amount. */
export const fenOf = (yuan: string): number | null =>
  /^\d{1,8}(\.\d{1,2})?$/.test(yuan) && Number(yuan) > 0 ? Math.round(Number(yuan) * 100) : null

/** What a draft says of an amount that has still to be written. */
export const UNSAID = '＿＿'

/** As the paper will say it once it is written; by the guide's own words where it is not asked. */
export function draftedPayout(
  item: PaidItem,
  answers: Readonly<Record<string, unknown>>,
  from: string | null,
) {
  const payout = payoutOf(item, answers, from)
  const asked = amountAsked(item, answers)
  return payout && asked
    ? { ...payout, isStandard: false, amount: `${asked === 'monthly' ? '每月 ' : ''}${UNSAID} 元` }
    : payout
}

/** What whoever grants it has to say: how much, each month or once, where no row of the guide says it by the answers; null where one does. */
export function amountAsked(
  item: PaidItem,
  answers: Readonly<Record<string, unknown>>,
): 'monthly' | 'once' | null {
  if (!isPaying(item) || payoutOf(item, answers, null)?.isStandard !== true) return null
  return isMonthly(item) ? 'monthly' : 'once'
}

/** 每月 80 元, 1 万元: in 分; null of what is no figure. */
function figureOf(value: string): number | null {
  const found = /([\d,]+(?:\.\d+)?)\s*(万)?\s*元/.exec(value)
  if (!found?.[1]) return null
  return Math.round(Number(found[1].replaceAll(',', '')) * (found[2] ? 1_000_000 : 100))
}

const plain = (text: string) => text.replace(/\s/g, '')

/** The published row begins with the answer's words, or ends them but for its grade: 重度残疾人护理补贴 is 护理补贴一级. */
const isNamedBy = (answer: string) => {
  const said = plain(answer)
  return ({ when }: { readonly when: string }) => {
    const row = plain(when)
    const ungraded = row.replace(/[一二三四]级$/, '')
    return namesOne(answer, when) || (said !== '' && (row.startsWith(said) || said.endsWith(ungraded)))
  }
}

/** What the applicant chose from what the form offers, each choice by itself. */
const chosen = ({ fields }: Pick<PaidItem, 'fields'>, answers: Readonly<Record<string, unknown>>) =>
  fields
    .filter(({ kind }) => kind === 'select' || kind === 'radio' || kind === 'multiselect')
    .flatMap(({ key }) => [answers[key]].flat())
    .filter((answer) => typeof answer === 'string')

const RANGE = /([\d,]+(?:\.\d+)?)\s*(万)?\s*(元)?\s*(?:到|至|-|–|—|~|～)\s*([\d,]+(?:\.\d+)?)\s*(万)?\s*元/g

/** In 分. */
export interface AmountRange {
  readonly least: number
  readonly most: number
}

/** 500 到 5,000 元: null where a text names no range, or several. 1 到 3 万元 is 万 at both ends. */
function rangeOf(text: string): AmountRange | null {
  const [found, ...others] = [...text.matchAll(RANGE)]
  if (!found || others.length > 0) return null
  const [, from = '', ofFrom, yuan, to = '', ofTo] = found
  const inFen = (figure: string, isTenThousands: boolean) =>
    Math.round(Number(figure.replaceAll(',', '')) * (isTenThousands ? 1_000_000 : 100))
  const isBoth = ofFrom === undefined && yuan === undefined && ofTo !== undefined
  const range = { least: inFen(from, isBoth || ofFrom !== undefined), most: inFen(to, ofTo !== undefined) }
  return range.least <= range.most ? range : null
}

/** What is paid in general leaves room for the case that is none of the usual. */
const IN_GENERAL = /一般|原则上|通常|左右|另定|另行/

type OfGuide = Pick<PaidItem, 'amount'>
const worded = ({ amount }: OfGuide) =>
  amount && (amount.rows ?? []).length === 0 ? { text: amount.text, range: rangeOf(amount.text) } : null

/** What the guide's words say is paid in general: who grants another amount is asked to look again; null where they say none. */
export function usualRange(item: OfGuide): AmountRange | null {
  const guide = worded(item)
  return guide && IN_GENERAL.test(guide.text) ? guide.range : null
}

/** Of each list one figure or none, added up. */
function sumsOf(lists: readonly (readonly number[])[]): ReadonlySet<number> {
  const sums = new Set([0])
  for (const list of lists) for (const sum of [...sums]) for (const figure of list) sums.add(sum + figure)
  return sums
}

/**
 * Whether the guide's amounts leave room for this one, in 分. Where they are figures it is that of a row which the answers name,
 * or the sum of one row of each choice: grades of one allowance exclude each other. Where the answers name none any rows add up.
 * Without rows it is within the range of the guide's words, if they name one and not just what is usual (`usualRange`).
 */
export function isAmountOfGuide(
  item: Pick<PaidItem, 'amount' | 'fields'>,
  answers: Readonly<Record<string, unknown>>,
  fen: number,
): boolean {
  const rows = (item.amount?.rows ?? []).map(({ when, value }) => ({ when, figure: figureOf(value) }))
  const figures = (of: typeof rows) => of.flatMap(({ figure }) => figure ?? [])
  const range = usualRange(item) === null ? (worded(item)?.range ?? null) : null
  if (range) return range.least <= fen && fen <= range.most
  if (rows.length === 0 || figures(rows).length < rows.length) return true
  const named = chosen(item, answers)
    .map((answer) => figures(rows.filter(isNamedBy(answer))))
    .filter((each) => each.length > 0)
  return fen > 0 && sumsOf(named.length > 0 ? named : figures(rows).map((figure) => [figure])).has(fen)
}

/**
 * By the answers as their reader may know them; null where nothing is paid. `decided`: what whoever granted it said, in 分; missing
 * where the guide says it, before the decision, and before it was asked.
 */
export function payoutOf(
  item: PaidItem,
  answers: Readonly<Record<string, unknown>>,
  from: string | null,
  decided?: number,
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
    amount: decided === undefined ? (row?.value ?? amount.text) : amountWords(item, decided),
    isStandard: decided === undefined && row === undefined,
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

/** Money is paid for a decision: on its day at the earliest, and none that is still to come. */
export const isPayday = (
  { decision }: Pick<CaseState, 'decision'>,
  day: PlainDate,
  { now }: Pick<CaseContext, 'now'>,
) => decision !== null && day >= dayIn(decision.at) && day <= dayIn(now)
