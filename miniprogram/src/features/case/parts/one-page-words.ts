import type { CaseView } from '#shared/contract/case'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { isAgreed, isToAskAbout } from '#shared/domain/time-limit/booking-words'
import { HARDLY_KEPT, promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { caseNumberWords } from '../../../ui/words/case-number'
import { dayWords, momentDay, shortDayWords } from '../../../ui/words/dates'
import { HOTLINE } from '../../../ui/words/hotline'
import { isBooking } from '../../time-limit/parts/booking-words'
import { becauseWords } from '../../time-limit/parts/due-words'
import { afterStage, expectedNote, firstWords, lawOver, stageLate } from '../../time-limit/parts/expected'
import { endedBecause, stoppedBecause, visitAhead } from './because'
import { isPersonAwaited, isTakeoverAwaited } from './person-awaited'
import { reexaminedLamp } from './reexamined'

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

function todo(view: CaseView, today: string) {
  const { correction, identityAwaited, disownedWays, outcome, bookedBefore } = view
  if (identityAwaited && !isOver(outcome)) return identityAwaited.words
  if (disownedWays) return disownedWays
  if (view.revocation?.maySpeak) return '可能要撤销，先听你说：在手机上说，或者到窗口说'
  if (correction) return `要补：${correction.items.map(({ label }) => label).join('、')}`
  if (bookedBefore) return '办没办、要不要改日子，打电话问'
  // The office may have sent them somewhere, in its own words.
  if (outcome.key === 'suspended') return `为什么停：${stoppedBecause(view) ?? '打电话问'}`
  const ahead = visitAhead(view)
  if (ahead !== null) return `${ahead}要不要到场、哪天去，打电话问`
  if (isToAskAbout(view, today)) return '去以前先打电话问'
  return isOver(outcome) && outcome.key !== 'taking-back' ? null : '现在不用你做什么'
}

/** What the day waits for. */
const firstOf = (view: CaseView) => {
  if (view.dueOn === null || !isPersonAwaited(view)) return null
  return isTakeoverAwaited(view) ? '你接过来，才办得成' : '核过身份，才办得成'
}

const answerBy = ({ dueOn, dueBecause }: NonNullable<CaseView['correction']>) =>
  row('最晚哪天补', dueOn === null ? becauseWords(dueBecause) : dayWords(dueOn))

function byWhen(view: CaseView, today: string): readonly OnePageRow[] {
  const { outcome, correction, dueOn, newDueOn, dueBecause } = view
  if (isOver(outcome) || view.disownedWays) return []
  if (correction) return [answerBy(correction)]
  const isLate = outcome.key === 'late'
  if (isLate && dueOn === null)
    return [row('哪天办好', '还没定', `${lateWithoutDay(view)}，对不住。${afterStage(view)}`)]
  const broken = isPersonAwaited(view)
    ? firstWords(isTakeoverAwaited(view))
    : `没做到，对不住${isBooking(view) ? '' : '，还在办'}`
  if (isLate && newDueOn && !isPersonAwaited(view)) return [newDay(view, newDueOn, today)]
  const said = view.dueByLaw ? '法定最晚' : '说好'
  const key = `${isLate ? said : '最晚'}哪天${promisedDeed(isBooking(view))}`
  const note = isLate ? broken : (expectedNote(view, today) ?? firstOf(view) ?? doubtOf(view))
  return [row(key, dueOn === null ? becauseWords(dueBecause) : dayWords(dueOn), note)]
}

function lateWithoutDay(view: CaseView) {
  const law = lawOver(view)
  return law === null ? stageLate(view) : `法定最晚 ${dayWords(law)} 办好，没做到`
}

/** Paper says why as the page does. */
const doubtOf = ({ dueDoubted, decisionAwaits }: CaseView) =>
  dueDoubted ? (decisionAwaits ?? HARDLY_KEPT) : null

/** The day that was promised in place of the broken one. */
function newDay(view: CaseView, on: string, today: string) {
  if (on < today) return row('改到哪天', dayWords(on), '也过了，对不住，还在办')
  const broken = `${view.dueByLaw ? '法定最晚' : '说好'} ${view.dueOn === null ? '' : dayWords(view.dueOn)}，没做到，对不住`
  const doubt = doubtOf(view)?.replace(/。$/, '')
  return row('改到哪天', dayWords(on), doubt === undefined ? broken : `${doubt}。${broken}`)
}

const halfDay = ({ on, half }: NonNullable<CaseView['booked']>) => `${dayWords(on)} ${half}`

function visit(view: CaseView): readonly OnePageRow[] {
  const { booked, bookedBefore } = view
  if (bookedBefore) return [row('约的那半天', halfDay(bookedBefore), '过了，还没定下来')]
  if (!booked) return []
  return isAgreed(view)
    ? [row('约好哪天去', halfDay(booked), booked.place)]
    : [row('约了哪天去', halfDay(booked), `还没定下来。${booked.place}`)]
}

/** What is said in the largest letters. */
const LONGEST_VALUE = 16

function money(view: CaseView): readonly OnePageRow[] {
  const { pay, decision } = view
  if (!pay) return []
  const from = pay.from ? `${pay.from}起` : ''
  const held = reexaminedLamp(view)?.words ?? ''
  const paid = pay.paidOn === null ? held : `${shortDayWords(pay.paidOn)} 打的款`
  const more = [from, paid].filter(Boolean).join('，') || null
  const key = decision === null ? '办好以后' : '给多少'
  if (pay.amount.length <= LONGEST_VALUE) return [row(key, pay.amount, more)]
  return [row(key, '按标准发', [pay.amount, more].filter(Boolean).join('。'))]
}

/** 行政许可法 第38条: with its reason, which a document that was deleted has taken along. */
function why(view: CaseView): readonly OnePageRow[] {
  const { against } = view
  const because = endedBecause(view)
  if (because !== null) return [row('为什么', '下面写着', because)]
  if (!against || against.deleted) return []
  const { reason, documentTitle } = against
  if (!reason) return [row('为什么', documentTitle === null ? '打电话问' : '写在文书里')]
  return reason.length <= LONGEST_VALUE ? [row('为什么', reason)] : [row('为什么', '单位这样写', reason)]
}

function objecting({ against }: CaseView): readonly OnePageRow[] {
  if (!against?.remedy) return []
  const until = against.ways?.reviewUntil ?? null
  return [row('不同意', until === null ? '可以再争' : `最晚 ${dayWords(until)} 申请复议`, against.remedy)]
}

/** Of paper, which is true at any hour: the number by day, with the hours of the week. */
function whom({ ask, holder, phone }: CaseView): readonly OnePageRow[] {
  const number = ask?.phone ?? phone ?? HOTLINE
  if (!ask) return [row('有事找谁', '打电话问', number)]
  const name = holder?.shortName === ask.shortName ? holder.name : null
  return [
    row(
      '有事找谁',
      [ask.shortName, name].filter(Boolean).join(' '),
      [number, ask.weekly].filter(Boolean).join('，'),
    ),
  ]
}

/** Whoever helped keeps the page for somebody else, who reads on it whom to ask. */
function helped({ helpedBy }: CaseView, readerName: string | null): readonly OnePageRow[] {
  if (!helpedBy) return []
  const known = [helpedBy.name, helpedBy.isReader ? readerName : null].filter(Boolean)
  // That somebody did it tells nobody whom to ask.
  return known.length === 0 ? [] : [row('谁替办的', known.join(' '))]
}

/** `readerName`: of whoever keeps it; null while it is not known. */
export function onePageOf(view: CaseView, today: string, readerName: string | null): OnePage {
  const { next, outcome } = view
  return {
    name: view.plainName,
    whose: view.ownName ?? view.applicantMasked,
    rows: [
      row('办到哪了', view.nowText, todo(view, today)),
      ...byWhen(view, today),
      ...visit(view),
      ...(next && (!isOver(outcome) || outcome.key === 'taking-back')
        ? [row('下一步', next.title, next.who)]
        : []),
      ...money(view),
      ...why(view),
      ...objecting(view),
      ...whom(view),
      ...helped(view, readerName),
    ],
    history: view.timeline.map(({ at, title }) => `${shortDayWords(momentDay(at))}　${title}`),
    number: caseNumberWords(view.caseNumber),
    asOf: dayWords(today),
  }
}
