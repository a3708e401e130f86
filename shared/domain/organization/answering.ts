import { dayWords } from '../kernel/day-words'
import { CLOSING_MINUTE, OPENING_MINUTE } from '../kernel/office-hours'
import {
  addDays,
  clockWords,
  dayIn,
  type Instant,
  minuteOfDayIn,
  type PlainDate,
  weekdayOf,
} from '../kernel/plain-date'
import { LONGEST_LOOK, minutesOf } from './duty'
import { type DutyHours, WEEKDAYS } from './staff'

type Period = readonly [from: number, until: number]

/** Of the week; a unit of which none are known works as the offices do. */
type Hours = readonly DutyHours[] | 'office'

type IsWorkingDay = (day: PlainDate) => boolean

const WEEKEND_FROM = 5

function periodsOn(day: PlainDate, hours: Hours, isWorkingDay: IsWorkingDay): readonly Period[] {
  if (hours === 'office') return [[OPENING_MINUTE, CLOSING_MINUTE]]
  const of = (weekday: number) =>
    hours
      .filter(({ days }) => days.some((each) => each === WEEKDAYS[weekday]))
      .flatMap(({ periods }) => periods.map(minutesOf))
      .sort(([one], [other]) => one - other)
  const weekday = weekdayOf(day)
  const own = of(weekday)
  if (own.length > 0 || !isWorkingDay(day)) return own
  // A weekend that is worked for a holiday, 调休: whoever is there from Monday to Friday is there as on a Monday.
  const worked = WEEKDAYS.slice(0, WEEKEND_FROM).map((_, each) => of(each))
  return worked.every((periods) => periods.length > 0) ? of(0) : []
}

interface Answering {
  readonly isOpen: boolean
  /** Until when somebody is there, or from when on. */
  readonly words: string
}

function nearWords(day: PlainDate, today: PlainDate) {
  if (day === today) return '今天'
  return day === addDays(today, 1) ? '明天' : dayWords(day, today)
}

/** A holiday takes the weekend beside it: then it has a weekday off next to it. */
function isHoliday(day: PlainDate, isWorkingDay: IsWorkingDay) {
  const weekday = weekdayOf(day)
  const near = weekday === 5 ? [-1, 2] : weekday === 6 ? [-2, 1] : [0]
  return !isWorkingDay(day) && near.some((days) => !isWorkingDay(addDays(day, days)))
}

/**
 * Whether somebody is there who answers at `now`. Hours of the week are closed on
 * holidays, the offices on each day off. Null where the unit keeps none: whoever calls has to try. `isWorkingDay` answers for every day.
 */
export function answeringAt(now: Instant, hours: Hours, isWorkingDay: IsWorkingDay): Answering | null {
  const today = dayIn(now)
  const minute = minuteOfDayIn(now)
  for (let ahead = 0; ahead <= LONGEST_LOOK; ahead += 1) {
    const day = addDays(today, ahead)
    if (hours === 'office' ? !isWorkingDay(day) : isHoliday(day, isWorkingDay)) continue
    const next = periodsOn(day, hours, isWorkingDay).find(([, until]) => ahead > 0 || until > minute)
    if (next === undefined) continue
    const [from, until] = next
    return ahead === 0 && from <= minute
      ? { isOpen: true, words: `现在有人，到 ${clockWords(until)}` }
      : { isOpen: false, words: `现在没人，${nearWords(day, today)} ${clockWords(from)} 起有人` }
  }
  return null
}
