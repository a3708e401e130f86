import type { CaseView } from '#shared/contract/case'
import { shortDayWords } from '../../../ui/words/dates'

type Reexamined = Pick<CaseView, 'outcome' | 'revocation'>

/** How what was granted stands while it may be taken back: it is no more simply done. Null of all else. */
export function reexaminedLamp({ outcome, revocation }: Reexamined) {
  if (!revocation || revocation.ofRefusal || outcome.key !== 'granted') return null
  const waits = revocation.isHeldBack ? '钱先不发，等定下来' : '准备撤销，还没定'
  return { light: 'paused', words: revocation.own ? '有一样准备撤销，还没定' : waits } as const
}

/** When it is paid: what is held back is promised to nobody. Of what is neither paid nor told when it is, the way it comes stands above. */
export function whenPaidWords({ pay, outcome, revocation }: Pick<CaseView, 'pay'> & Reexamined) {
  if (!pay) return null
  const { paidOn, announced } = pay
  const lamp = reexaminedLamp({ outcome, revocation })
  if (lamp && revocation?.isHeldBack) return lamp.words
  if (paidOn !== null) return `${shortDayWords(paidOn)} 打的款`
  return announced ? '还没打，打了当天告诉你' : null
}
