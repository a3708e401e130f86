import type { CaseView } from '#shared/contract/case'
import { asksTakeover } from '#shared/domain/account/takeover-words'
import { newDayWords } from '#shared/domain/case/clock/due-words'
import { BY_SILENCE, EXTENDED } from '#shared/domain/case/outcome/outcome-words'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { powerAwaited } from '#shared/domain/case/whose/identity'
import { dayWords } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { bookingWords, isAgreed, isToAskAbout } from '#shared/domain/time-limit/booking-words'
import { HARDLY_KEPT } from '#shared/domain/time-limit/promised-deed'
import { lawOver, stageLate } from '../../time-limit/parts/expected'
import { visitAhead } from './because'

type Told = Pick<
  CaseView,
  | 'plainName'
  | 'outcome'
  | 'nowText'
  | 'dueOn'
  | 'newDueOn'
  | 'dueDoubted'
  | 'dueByLaw'
  | 'dueBecause'
  | 'correction'
  | 'identityAwaited'
  | 'disownedWays'
  | 'booked'
  | 'bookedBefore'
  | 'pay'
  | 'status'
>

const until = (day: string | null, today: PlainDate, after: string) =>
  day === null ? '' : `，最晚 ${dayWords(day as PlainDate, today)} ${after}`

/** How money comes, once it is granted: how much where it is short enough to be said, and whether it is there. */
function payWords({ pay }: Told, today: PlainDate) {
  if (!pay) return ''
  if (pay.paidOn !== null) return `，钱 ${dayWords(pay.paidOn as PlainDate, today)} 打了，看看到账没有`
  const amount = pay.amount.length <= 12 ? `，${pay.amount}` : ''
  return amount + (pay.card === null ? '' : '，打到填的那张卡')
}

/** Who waits for the office to say that it stands is not sent there. */
function visit(view: Told, today: PlainDate) {
  const { booked } = view
  const day = (on: string) => dayWords(on as PlainDate, today)
  if (booked && isAgreed(view))
    return `约好了，${day(booked.on)} ${booked.half}去 ${booked.place.split('，')[0]}`
  const words = bookingWords(view, day)
  return words && words + (isToAskAbout(view, today) ? '，去以前先打电话问' : '')
}

/** Of the village, before anything is promised. */
function stageUntil({ dueBecause }: Told, today: PlainDate): Parameters<typeof until> {
  if (dueBecause?.kind !== 'waits-for' || dueBecause.because !== 'stage') return [null, today, '']
  const { until: day = null, unpublished } = dueBecause
  return [day, today, unpublished ? '贴出来' : '做完这一步']
}

/** The day that was promised in place of the broken one. */
const anewWords = (on: string | null | undefined, today: PlainDate) =>
  on ? `，${newDayWords(on as PlainDate, today)}` : ''

const personFirst = (words: string) => (asksTakeover(words) ? '等本人接过来' : '还差核身份')

function lateWords(view: Told, today: PlainDate) {
  const isLaw = lawOver(view) !== null
  if (view.dueOn === null && !isLaw) return stageLate(view)
  return `超了${isLaw ? '法定' : '说好'}的日子${anewWords(view.newDueOn, today)}`
}

function going(view: Told, today: PlainDate) {
  const { nowText, dueOn, identityAwaited, disownedWays, outcome } = view
  if (disownedWays) return nowText
  const besides = outcome.word.includes(EXTENDED) ? nowText : nowText.replace(`，${BY_SILENCE}`, '')
  const late = lateWords(view, today)
  const power = identityAwaited && powerAwaited(identityAwaited.words)
  const doubt = view.dueDoubted ? `，${HARDLY_KEPT}` : ''
  const broken = outcome.key === 'late' ? `，${late}${doubt}` : ''
  const booked = visit(view, today)
  if (identityAwaited)
    return `${booked ?? besides + (power === null && dueOn !== null ? '' : broken)}，${power ?? personFirst(identityAwaited.words)}`
  if (booked !== null) return booked
  if (broken !== '') return `${besides}${broken}，还在办`
  const by = until(dueOn, today, `办好${doubt}`) || until(...stageUntil(view, today))
  return `${besides}${by}${visitAhead(view) === null ? '，现在不用跑' : ''}`
}

const granted = (view: Told, today: PlainDate) =>
  view.outcome.word + (view.status === 'granted' ? '，正在把结果办过来' : payWords(view, today))

function said(view: Told, today: PlainDate): string {
  const { outcome, correction } = view
  switch (outcome.key) {
    case 'correcting':
      return `${outcome.word}${correction?.dueOn ? `，最晚 ${dayWords(correction.dueOn as PlainDate, today)} 补上` : ''}，补好就接着办`
    case 'suspended':
      return `停一停，${view.nowText}`
    case 'granted':
      if (outcome.word === CHECK_FAILED) return `${CHECK_FAILED}，办的单位会打电话来说`
      return visit(view, today) ?? granted(view, today)
    case 'refused':
    case 'declined':
    case 'revoked':
      return `${outcome.word}，为什么、不同意怎么办，文书里都写着`
    case 'withdrawn':
      return `${outcome.word}，不办了，要办再申请`
    case 'lapsed':
      return '要补的没补，停下来了，还能再申请'
    case 'taking-back':
      return `${view.nowText}，收回了会告诉`
    case 'terminated':
      return outcome.word
    default:
      return going(view, today)
  }
}

/** For whom the sentence is: a firm has no family. */
export const toldWhom = ({ applicantKind }: Pick<CaseView, 'applicantKind'>) =>
  applicantKind === 'firm' ? '一起办的人' : '家里人'

/**
 * A sentence for the family on where it stands now: true today, short enough to be heard in eight seconds, with no name,
 * number or card, since it is passed on.
 */
export const familyWords = (view: Told, today: PlainDate) => `${view.plainName}：${said(view, today)}。`
