import type { CaseView } from '#shared/contract/case'
import { placeOf } from '../booked-view'
import type { Subject } from './subject'

const figuresOf = (text: string) => (text.match(/\d+/g) ?? []).join()

/** 80-89周岁 of the form is 80–89 岁 of the published amounts. */
const namesOne = (answer: string, when: string) =>
  answer === when || (figuresOf(when) !== '' && figuresOf(answer) === figuresOf(when))

/**
 * How much an item pays, when it was paid and to which card, as its reader may know it: the row of the published amounts
 * that an answer names, else the county's words. Null where nothing is paid, or will not be.
 */
export function payOf({ item, state }: Subject, answers: CaseView['answers']): CaseView['pay'] {
  const { amount } = item
  if (amount === null || state.decision?.kind === 'refused') return null
  if (state.endedAt !== null && state.decision === null) return null
  const chosen = item.fields.filter(({ kind }) => kind === 'select').map(({ key }) => key)
  const row = amount.rows.find(({ when }) =>
    answers.some(({ key, text }) => chosen.includes(key) && namesOne(text, when)),
  )
  const cards = item.fields.filter(({ kind }) => kind === 'bankcard').map(({ key }) => key)
  const card = answers.find(({ key, text }) => cards.includes(key) && /\d{4}$/.test(text))
  return {
    amount: row?.value ?? amount.text,
    card: card ? card.text.slice(-4) : null,
    paidOn: state.paidOn,
    announced: item.steps.some(({ actions }) => actions.includes('pay')),
  }
}

/** How a grant comes on paper to whoever wants it so; null where there is none, or it was handed over. */
export function onPaper({ item, state, reference }: Subject) {
  const { methods } = item.howToGet
  const [post, pickup] = [methods.includes('post'), methods.includes('pickup')]
  if (state.deliveredAt !== null || !(post || pickup)) return null
  return { post, pickupAt: pickup ? placeOf(reference, state.organUnitId) : null }
}
