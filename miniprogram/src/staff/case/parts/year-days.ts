import { addDays, type PlainDate, plainDate, weekdayOf, yearOf } from '#shared/domain/kernel/plain-date'
import { alwaysOff } from '#shared/domain/time-limit/calendar'

/** A year while it is laid down: its days off and the weekends that are worked. */
export interface YearDays {
  readonly offDays: readonly string[]
  readonly workDays: readonly string[]
}

export type DayKind = 'worked' | 'weekend' | 'off' | 'made-up'

export const KIND_WORDS = {
  worked: '上班',
  weekend: '周末',
  off: '放假',
  'made-up': '周末上班',
} as const satisfies Record<DayKind, string>

const isWeekend = (day: PlainDate) => weekdayOf(day) >= 5

export function kindOf({ offDays, workDays }: YearDays, day: PlainDate): DayKind {
  if (offDays.includes(day)) return 'off'
  if (workDays.includes(day)) return 'made-up'
  return isWeekend(day) ? 'weekend' : 'worked'
}

const isWorked = (days: YearDays, day: PlainDate) => {
  const kind = kindOf(days, day)
  return kind === 'worked' || kind === 'made-up'
}

/** What a press makes of a day: a weekend is worked, then a day off, then a weekend again. */
const NEXT = {
  worked: 'off',
  off: undefined,
  weekend: 'made-up',
  'made-up': 'off',
} as const satisfies Record<DayKind, DayKind | undefined>

export function pressed(days: YearDays, day: PlainDate): YearDays {
  const next = NEXT[kindOf(days, day)]
  const put = (list: readonly string[], isIn: boolean) => {
    const others = list.filter((each) => each !== day)
    return isIn ? [...others, day].sort() : others
  }
  return { offDays: put(days.offDays, next === 'off'), workDays: put(days.workDays, next === 'made-up') }
}

export const isSameYear = (left: YearDays, right: YearDays) =>
  JSON.stringify([left.offDays, left.workDays]) === JSON.stringify([right.offDays, right.workDays])

/** A year of which nobody has said anything yet: what is off whatever its notice says. */
export const newYear = (year: number): YearDays => ({
  offDays: alwaysOff(year).map((day) => `${year}-${day}`),
  workDays: [],
})

export interface Month {
  readonly number: number
  /** Empty places before its first day: weeks begin on Monday. */
  readonly before: number
  readonly days: readonly PlainDate[]
}

export const monthsOf = (year: number): readonly Month[] =>
  Array.from({ length: 12 }, (_, at) => {
    const first = plainDate(`${year}-${String(at + 1).padStart(2, '0')}-01`)
    const days = [first]
    for (let day = addDays(first, 1); day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1))
      days.push(day)
    return { number: at + 1, before: weekdayOf(first), days }
  })

export const daysWorked = (days: YearDays, of: readonly PlainDate[]) =>
  of.filter((day) => isWorked(days, day)).length

/** Those of a holiday that would have been worked, from the day after `after` to `until`. */
export const holidaysUntil = ({ offDays }: YearDays, after: string, until: string) =>
  offDays.filter((day) => day > after && day <= until && !isWeekend(day as PlainDate)).length

/** Days in a row that are of one kind now; `from`: of which they were before, null of several. */
export interface ChangedDays {
  readonly from: DayKind | null
  readonly to: DayKind
  readonly first: PlainDate
  readonly last: PlainDate
  readonly count: number
}

/** What differs between two years, day by day in order. */
export function changedDays(year: number, before: YearDays, now: YearDays): readonly ChangedDays[] {
  const spans: ChangedDays[] = []
  for (const day of monthsOf(year).flatMap((month) => month.days)) {
    const [from, to] = [kindOf(before, day), kindOf(now, day)]
    if (from === to) continue
    const last = spans[spans.length - 1]
    if (last && last.to === to && addDays(last.last, 1) === day)
      spans[spans.length - 1] = {
        ...last,
        from: last.from === from ? from : null,
        last: day,
        count: last.count + 1,
      }
    else spans.push({ from, to, first: day, last: day, count: 1 })
  }
  return spans
}

/** The years that can be looked at here: this one and the next, and what somebody came for. */
export const yearsShown = (today: string, year: number) =>
  [...new Set([yearOf(today as PlainDate), yearOf(today as PlainDate) + 1, year])].sort()
