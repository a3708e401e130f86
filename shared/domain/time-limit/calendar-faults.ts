import { dayWords } from '../kernel/day-words'
import { exhaustive } from '../kernel/exhaustive'
import { addDays, type PlainDate, plainDate, weekdayOf, yearOf } from '../kernel/plain-date'
import { type CalendarYear, isWorkingDay } from './calendar'
import { statutoryDays } from './moving-holidays'

export type CalendarFault =
  | { readonly list: 'offDays' | 'workDays'; readonly at: number; readonly fault: 'other-year' | 'twice' }
  /** Made up for is only what falls on a weekend: any other day is worked anyway. */
  | { readonly list: 'workDays'; readonly at: number; readonly fault: 'no-weekend' }
  /** Off by law: `name` says which holiday. */
  | { readonly list: 'offDays'; readonly day: PlainDate; readonly fault: 'worked'; readonly name: string }
  /** Today or before: people have worked or not, been late or not, by the calendar as it was. */
  | { readonly list: 'offDays' | 'workDays'; readonly day: PlainDate; readonly fault: 'past' }
  /** So many weekdays off in a row, from `day` on, as no notice has ever given. */
  | { readonly list: 'offDays'; readonly day: PlainDate; readonly fault: 'too-long'; readonly count: number }
  /** So many days off are not made good, of holidays that fall on a weekend; `day` is the first of those. */
  | { readonly list: 'offDays'; readonly day: PlainDate; readonly fault: 'too-few'; readonly count: number }

/** Of a day, why it may not be so. */
export function faultWords(fault: Extract<CalendarFault, { readonly day: PlainDate }>): string {
  const day = dayWords(fault.day, fault.day)
  switch (fault.fault) {
    case 'worked':
      return `${day} 是${fault.name}，法定节假日，要放假`
    case 'past':
      return `${day} 已经到了，上班还是放假改不了，只能改明天以后的`
    case 'too-long':
      return `从 ${day} 起一连 ${fault.count} 个工作日都放假，没有哪年这样放过，再核一遍`
    case 'too-few':
      return `还少放 ${fault.count} 个工作日：从 ${day} 起，有节日在周六、周日，要在上班的日子补假，或者少补班`
    default:
      return exhaustive(fault)
  }
}

interface Days {
  readonly offDays: readonly PlainDate[]
  readonly workDays: readonly PlainDate[]
}

/** The year as it stands by now, and the day on which another is laid down. */
interface Standing {
  readonly today: PlainDate
  /** Undefined where it has no calendar yet: then no day of it was ever told. */
  readonly was: CalendarYear | undefined
}

/** The longest that was ever given, of the spring of 2020, has six. */
const MOST_IN_A_ROW = 12

/** What is wrong with the days of a year that somebody typed; none where it can be a calendar. */
export function calendarFaults(number: number, days: Days, standing?: Standing): readonly CalendarFault[] {
  const year: CalendarYear = { offDays: new Set(days.offDays), workDays: new Set(days.workDays) }
  const works = (day: PlainDate) => isWorkingDay(new Map([[number, year]]), day) === true
  const stands = standing?.was ? { today: standing.today, works: worksBy(number, standing.was) } : null
  const worked = statutoryDays(number)
    .filter(({ day }) => works(day) && !(stands && day <= stands.today))
    .map(({ day, name }): CalendarFault => ({ list: 'offDays', day, fault: 'worked', name }))
  const wrong = typedWrong(number, days)
  return [
    ...wrong,
    ...worked,
    ...(stands ? pastMoved(number, works, stands) : []),
    ...tooLong(number, works),
    ...(wrong.length === 0 ? tooFew(number, works, stands) : []),
  ]
}

const worksBy = (number: number, year: CalendarYear) => (day: PlainDate) =>
  isWorkingDay(new Map([[number, year]]), day) === true

function typedWrong(number: number, days: Days): readonly CalendarFault[] {
  const seen = new Set<string>()
  return (['offDays', 'workDays'] as const).flatMap((list) =>
    days[list].flatMap((day, at): CalendarFault[] => {
      const isTwice = seen.has(day)
      seen.add(day)
      if (yearOf(day) !== number) return [{ list, at, fault: 'other-year' }]
      if (isTwice) return [{ list, at, fault: 'twice' }]
      return list === 'workDays' && weekdayOf(day) < 5 ? [{ list, at, fault: 'no-weekend' }] : []
    }),
  )
}

type Works = (day: PlainDate) => boolean

/** The days of the year, up to `last` and not beyond its end. */
function daysOf(number: number, last: PlainDate): readonly PlainDate[] {
  const days: PlainDate[] = []
  for (let day = plainDate(`${number}-01-01`); yearOf(day) === number && day <= last; day = addDays(day, 1))
    days.push(day)
  return days
}

const pastMoved = (
  number: number,
  works: Works,
  stands: { readonly today: PlainDate; readonly works: Works },
) =>
  daysOf(number, stands.today)
    .filter((day) => works(day) !== stands.works(day))
    .map((day): CalendarFault => ({ list: works(day) ? 'workDays' : 'offDays', day, fault: 'past' }))

/** A weekend between two of them is off in any case, and ends nothing; one that is worked does. */
function tooLong(number: number, works: Works): readonly CalendarFault[] {
  const faults: CalendarFault[] = []
  let run: PlainDate[] = []
  const end = () => {
    const [day] = run
    if (day && run.length > MOST_IN_A_ROW)
      faults.push({ list: 'offDays', day, fault: 'too-long', count: run.length })
    run = []
  }
  for (const day of daysOf(number, plainDate(`${number}-12-31`))) {
    if (works(day)) end()
    else if (weekdayOf(day) < 5) run.push(day)
  }
  end()
  return faults
}

/**
 * How many days of its holidays a year does not make good: the weekdays off that it lacks, less the weekends that it has
 * worked, besides the holidays that are worked as such. New Year's Day on a Saturday may be made good on the Friday before, and a
 * weekend after Christmas be worked for the next year.
 */
function missingDays(number: number, works: Works): number {
  const holidays = [...new Set(statutoryDays(number).map(({ day }) => day))]
  const owed = holidays.filter((day) => !works(day) && !(day.endsWith('-01-01') && weekdayOf(day) === 5))
  const year = daysOf(number, plainDate(`${number}-12-31`))
  const off = year.filter((day) => weekdayOf(day) < 5 && !works(day)).length
  const madeUp = year.filter(
    (day) => weekdayOf(day) >= 5 && works(day) && !holidays.includes(day) && day < `${number}-12-25`,
  ).length
  return Math.max(0, owed.length + madeUp - off)
}

/** 全国年节及纪念日放假办法 第6条: a holiday on a weekend is made good on a weekday. What has gone by so can no more be. */
function tooFew(
  number: number,
  works: Works,
  stands: { readonly today: PlainDate; readonly works: Works } | null,
): readonly CalendarFault[] {
  const count = missingDays(number, works)
  const [first] = statutoryDays(number)
    .map(({ day }) => day)
    .filter((day) => weekdayOf(day) >= 5)
    .sort()
  if (count === 0 || first === undefined) return []
  const isUnderWay = stands !== null && yearOf(stands.today) >= number
  if (isUnderWay && count <= missingDays(number, stands.works)) return []
  return [{ list: 'offDays', day: first, fault: 'too-few', count }]
}
