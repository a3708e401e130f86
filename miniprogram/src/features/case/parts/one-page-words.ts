import type { CaseView } from '#shared/contract/case'
import { isOver } from '#shared/domain/case/outcome-words'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { caseNumberWords } from '../../../ui/words/case-number'
import { dayWords, momentDay, shortDayWords } from '../../../ui/words/dates'
import { HOTLINE } from '../../../ui/words/hotline'
import { becauseWords } from '../../time-limit/parts/due-words'

interface OnePageRow {
  readonly key: string
  readonly value: string
  readonly note?: string
}

/** The whole case for who reads at arm's length: on the page, in the picture and on paper. */
export interface OnePage {
  readonly name: string
  readonly whose: string
  readonly rows: readonly OnePageRow[]
  /** The newest first. */
  readonly history: readonly string[]
  readonly number: string
  /** Of what day this is true. */
  readonly asOf: string
}

const row = (key: string, value: string, note?: string | null): OnePageRow =>
  note ? { key, value, note } : { key, value }

function todo({ correction, identityAwaited, disownedWays, outcome }: CaseView) {
  if (identityAwaited !== null && !isOver(outcome)) return identityAwaited.words
  if (disownedWays !== null) return disownedWays
  if (correction) return `要补：${correction.items.map(({ label }) => label).join('、')}`
  return isOver(outcome) ? null : '现在不用你做什么'
}

function byWhen(view: CaseView): readonly OnePageRow[] {
  const { outcome, correction, dueOn, dueBecause, booked } = view
  if (isOver(outcome) || view.disownedWays !== null) return []
  if (correction) {
    const { dueOn: until, dueBecause: because } = correction
    return [row('最晚哪天补', until === null ? becauseWords(because) : dayWords(until))]
  }
  const key = `${outcome.key === 'late' ? '说好' : '最晚'}哪天${promisedDeed(booked !== null)}`
  const note = outcome.key === 'late' ? '没做到，对不住，还在办' : null
  return [row(key, dueOn === null ? becauseWords(dueBecause) : dayWords(dueOn), note)]
}

/** What is said in the largest letters. */
const LONGEST_VALUE = 16

function money({ pay, decision }: CaseView): readonly OnePageRow[] {
  if (pay === null) return []
  const paid = pay.paidOn === null ? null : `${shortDayWords(pay.paidOn)} 打的款`
  const key = decision === null ? '办好以后' : '给多少'
  if (pay.amount.length <= LONGEST_VALUE) return [row(key, pay.amount, paid)]
  return [row(key, '按标准发', [pay.amount, paid].filter(Boolean).join('。'))]
}

function whom({ holder, phone }: CaseView): readonly OnePageRow[] {
  const number = holder?.phone ?? phone ?? HOTLINE
  const who = holder ? [holder.shortName, holder.name].filter(Boolean).join(' ') : '打电话问'
  return [row('有事找谁', who, number)]
}

export function onePageOf(view: CaseView, today: string): OnePage {
  const { booked, next, decision, outcome } = view
  return {
    name: view.plainName,
    whose: `${view.ownName ?? view.applicantMasked}${view.filedByOther ? '，别人帮着申请的' : ''}`,
    rows: [
      row('办到哪了', view.nowText, todo(view)),
      ...byWhen(view),
      ...(booked ? [row('约好哪天去', `${dayWords(booked.on)} ${booked.half}`, booked.place)] : []),
      ...(next && !isOver(outcome) ? [row('下一步', next.title, next.who)] : []),
      ...money(view),
      ...(decision?.remedy ? [row('不同意', '可以这样做', decision.remedy)] : []),
      ...whom(view),
    ],
    history: view.timeline.map(({ at, title }) => `${shortDayWords(momentDay(at))}　${title}`),
    number: caseNumberWords(view.caseNumber),
    asOf: dayWords(today),
  }
}
