import type { DueBecause } from '#shared/contract/primitives'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { today } from '../../../platform/clock'
import { Day, Doubt } from '../../../ui/surface/day'
import { calendarWords, dayWords } from '../../../ui/words/dates'
import { afterStage, firstWords, lawOver, stageLate } from './expected'

interface Due {
  readonly dueOn: string | null
  /** Promised in place of the day that was broken. */
  readonly newDueOn?: string | null | undefined
  readonly dueBecause: DueBecause | null
  /** It is the law's, which nobody promised. */
  readonly dueByLaw?: boolean | undefined
  /** What will still stop the promise, by name. */
  readonly apart: string | null
  /** A half day is booked. */
  readonly isBooking?: boolean
  /** It is past. */
  readonly isLate?: boolean
  readonly strong?: boolean
  /** Nobody can keep the day while nothing may be granted. */
  readonly isIdentityAwaited?: boolean
  /** Nobody who decides is there before it. */
  readonly isDoubted?: boolean | undefined
  /** Theirs is confirmed: what is wanting is that they take it over. */
  readonly isTakeoverAwaited?: boolean
}

/** Whether it hangs is not known to a page that the phone has kept: by when it was to, is. */
const toHang = ({ stepName, until }: { stepName: string; until?: string | null | undefined }) =>
  until ? `${stepName}${until < today() ? '该' : '最晚'} ${dayWords(until)} 贴出来` : `${stepName}还没开始`

/** The law's day runs on while the promise alone stands still; of an answer that is awaited its own day is told. */
function lawWords(because: DueBecause) {
  const { lawOn, because: why } = because.kind === 'waits-for' ? because : {}
  if (lawOn === undefined || (why === 'correction' && lawOn >= today())) return ''
  return `，法定最晚 ${dayWords(lawOn)}${lawOn < today() ? '，过了' : ''}`
}

/** Why there is no date yet, and what is late of it; a date is never guessed. */
export function becauseWords(because: DueBecause | null, isLate = false) {
  if (because === null) return '日期定下来就告诉你'
  const law = isLate ? lawOver({ dueOn: null, dueBecause: because }) : null
  if (law !== null) return `法定最晚 ${dayWords(law)} 办好，没做到，${afterStage({ dueBecause: because })}`
  return awaitedWords(because, isLate) + lawWords(because)
}

function awaitedWords(because: DueBecause, isLate: boolean) {
  if (because.kind === 'calendar-missing') return calendarWords(because.year)
  const { stepName, until, unpublished, procedure } = because
  const of = { dueBecause: because }
  if (isLate && because.because === 'stage') return `${stageLate(of)}，${afterStage(of)}`
  if (unpublished && (because.because === 'stage' || because.because === 'step'))
    return `${toHang(because)}，${afterStage(of)}`
  switch (because.because) {
    case 'correction':
      return '等你补材料，补好后再算'
    case 'special-procedure':
      return `${procedure ?? '暂停'}的这些天不算，做完再算`
    case 'applicant':
      return '没有申请人，先不定日期'
  }
  if (!until) return `${stepName}做完，就告诉你哪天办好`
  return because.because === 'stage'
    ? `${stepName}最晚 ${dayWords(until)}，做完就告诉你哪天办好`
    : `公示到 ${dayWords(until)}，公示完再算`
}

/** 改到 12月10日 周四, and where that is over too, so it is said: the words of a new day on every page. */
export const NewDay = ({
  on,
  strong = false,
  isDoubted = false,
}: {
  on: string
  strong?: boolean
  isDoubted?: boolean | undefined
}) => (
  <>
    改到 <Day on={on} strong={strong} />
    {on < today() && '，也过了'}
    <Doubt isDoubted={isDoubted} />
  </>
)

/** `最晚 12月8日 周二 办好`, `承诺 12月8日 周二 办好，现场核查另算`, or why no day is known. */
export function DueWords({
  dueOn,
  newDueOn = null,
  dueBecause,
  dueByLaw = false,
  apart,
  isBooking = false,
  isLate = false,
  strong = false,
  isIdentityAwaited = false,
  isDoubted = false,
  isTakeoverAwaited = false,
}: Due) {
  if (dueOn === null) return <>{becauseWords(dueBecause, isLate)}</>
  const day = <Day on={dueOn} strong={strong} />
  const deed = promisedDeed(isBooking)
  const said = dueByLaw ? '法定最晚' : '说好'
  if (isLate && isIdentityAwaited)
    return (
      <>
        {firstWords(isTakeoverAwaited)}，原来{said} {day}
      </>
    )
  if (isLate && newDueOn !== null) return <NewDay on={newDueOn} strong={strong} isDoubted={isDoubted} />
  if (isLate)
    return (
      <>
        {said} {day} {deed}，没做到
      </>
    )
  const first = isTakeoverAwaited ? '接过来，' : '核过身份，'
  const after = isIdentityAwaited ? first : ''
  const doubt = <Doubt isDoubted={isDoubted} />
  return apart === null ? (
    <>
      {after}最晚 {day} {deed}
      {doubt}
    </>
  ) : (
    <>
      {after}承诺 {day} {deed}，{apart}另算{doubt}
    </>
  )
}
