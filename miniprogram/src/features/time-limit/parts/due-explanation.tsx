import type { DueExplanation } from '#shared/contract/primitives'
import { addDays, type PlainDate } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'
import { type DueDay, DueDays } from '../../../ui/progress/due-days'
import { shortDayWords } from '../../../ui/words/dates'

interface Counted {
  readonly explanation: DueExplanation
  /** As the light says; null once the case is done. */
  readonly daysLeft: number | null
}

type CountedDay = DueExplanation['counted'][number]

const OFF = { 'day-off': '休', paused: '停' } as const

function drawn(day: CountedDay, used: number, last: number, now: string): DueDay {
  const date = day.on as PlainDate
  if (day.number === null || day.because !== 'counted') {
    return { date, state: 'off', mark: day.because === 'paused' ? OFF.paused : OFF['day-off'] }
  }
  if (day.number === last) return { date, state: 'due', mark: '最晚' }
  if (day.on === now) return { date, state: 'today', mark: '今天' }
  return { date, state: day.number <= used ? 'used' : 'left', ordinal: day.number }
}

const STARTS = {
  received: '收到',
  accepted: '受理',
  silence: '视为受理',
  opened: '轮到这一步',
  signed: '签发',
} as const
/** In the cell of a day. */
const MARKS = { received: '收到', accepted: '受理', silence: '受理', opened: '轮到', signed: '签发' } as const

/** From the day that it starts by to the last one; the first is not counted (民法典 第201条). */
function daysOf({ explanation, daysLeft }: Counted): readonly DueDay[] {
  const { startedOn, startedBy, counted, days } = explanation
  const used = daysLeft === null ? days : days - daysLeft
  const now = today()
  const first: DueDay =
    startedOn === now
      ? { date: startedOn as PlainDate, state: 'today', mark: '今天' }
      : { date: startedOn as PlainDate, state: 'used', mark: MARKS[startedBy] }
  const last = counted[counted.length - 1]
  // Of a limit of no days only what lies between is counted: its own day comes after that.
  const due: readonly DueDay[] =
    days === 0 && last ? [{ date: addDays(last.on as PlainDate, 1), state: 'due', mark: '最晚' }] : []
  return [first, ...counted.map((day) => drawn(day, used, days, now)), ...due]
}

const UNITS = { working: '个工作日', calendar: '天' } as const

function wordsOf({ explanation, daysLeft }: Counted) {
  const { startedOn, startedBy, days, unit, basis, counted } = explanation
  const start = `${shortDayWords(startedOn)} ${STARTS[startedBy]}`
  const skipped = counted.filter((day) => day.because === 'day-off').length
  const paused = counted.filter((day) => day.because === 'paused').length
  return [
    days === 0
      ? `${start}，${counted.length > 0 ? '不在上班时间，下一个工作日当天办' : '当天办'}。`
      : `${start}，当天不算，从第二天起数 ${days} ${UNITS[unit]}。`,
    daysLeft !== null && days - daysLeft > 0 ? `到今天用了 ${days - daysLeft} 个，还剩 ${daysLeft} 个。` : '',
    skipped > 0 ? `周末和放假 ${skipped} 天不算。` : '',
    paused > 0 ? `暂停的 ${paused} 天不算。` : '',
    `依据：${basis}。`,
  ].join('')
}

/** Whether there is anything to draw: what is done on the same day has no days between. */
export const isExplained = (explanation: DueExplanation | null): explanation is DueExplanation =>
  explanation !== null && explanation.counted.length > 0

/** A last day that opens to how it was counted. */
export function DueExplanationView(counted: Counted) {
  const words = wordsOf(counted)
  return <DueDays days={daysOf(counted)} label={words} words={words} />
}
