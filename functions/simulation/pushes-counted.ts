// What the county's phones got, counted without the product's own limiter and hours: by what WeChat took, and the pack alone.

/** To somebody in their own name, or at their work. */
export type Capacity = 'own' | 'work'

/** A push that WeChat took. Moments are milliseconds since 1970. */
export interface Taken {
  readonly openid: string
  readonly as: Capacity
  readonly at: number
}

/** A reminder that could not wait, as it ended. */
export interface Urgent {
  readonly what: string
  readonly openid: string
  readonly as: Capacity
  /** From when on it could ring. */
  readonly from: number
  /** When what it warns of is over; null where it warns of nothing that ends. */
  readonly until: number | null
  /** When the push that told it was taken; null where none was. */
  readonly rangAt: number | null
  /** When the product was done with it; null where it still waits. */
  readonly settledAt: number | null
  /** At its end the work was still theirs and open. */
  readonly wasOpen: boolean
  /** WeChat would have taken it when it was settled: the account was bound, a consent was left. */
  readonly wasAllowed: boolean
}

/** As the pack's `staff.json` has them. */
interface Worker {
  readonly partTime: boolean
  readonly dutyHours: readonly { readonly days: readonly string[]; readonly periods: readonly string[] }[]
  readonly leave: readonly { readonly from: string; readonly to: string }[]
}

type Group = 'resident' | 'enterprise' | 'part-timer' | 'staff'

/** What the pack says of hours and limits. */
export interface County {
  readonly workers: ReadonlyMap<string, Worker>
  readonly worksOn: (day: string) => boolean
  readonly holdsPower: (openid: string, day: string) => boolean
  readonly perDay: Readonly<Record<Group, { readonly max: number }>>
}

interface Figures {
  readonly people: number
  readonly sent: number
  readonly overLimit: number
  readonly inQuietHours: number
  readonly outsideDuty: number
  readonly lateUrgent: number
  readonly urgentDropped: number
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const SHANGHAI = 480 * MINUTE
const MORNING = 8 * 60
const NIGHT = 22 * 60
const OPENING = 8 * 60 + 30
const CLOSING = 17 * 60 + 30

export const dayOf = (at: number) => new Date(at + SHANGHAI).toISOString().slice(0, 10)
export const minuteOf = (at: number) => Math.floor(((at + SHANGHAI) % DAY) / MINUTE)
/** The moment at which a minute of a day begins. */
export const momentOf = (day: string, minute: number) => Date.parse(`${day}T00:00:00+08:00`) + minute * MINUTE

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const weekdayOf = (day: string) => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

type Stretch = readonly [from: number, to: number]

const declaredOn = ({ dutyHours }: Worker, weekday: string | undefined): readonly Stretch[] =>
  dutyHours
    .filter(({ days }) => days.some((day) => day === weekday))
    .flatMap(({ periods }) => periods.map((each): Stretch => [minutesOf(each), minutesOf(each.slice(6))]))
    .map(([from, to]): Stretch => [Math.max(from, MORNING), Math.min(to, NIGHT)])
    .filter(([from, to]) => from < to)

/**
 * The minutes of a day in which a phone of work may ring: of part-timers the hours that they declared, of whoever declared none of a
 * Monday to Friday and of all others 8:30 to 17:30, the minute of closing with it; none on days off and on leave.
 */
export function hoursAtWork(worker: Worker, day: string, worksOn: County['worksOn']): readonly Stretch[] {
  const away = worker.leave.some(({ from, to }) => from <= day && day <= to)
  if (away || !worksOn(day)) return []
  const declares = WEEKDAYS.slice(1, 6).some((weekday) => declaredOn(worker, weekday).length > 0)
  return worker.partTime && declares ? declaredOn(worker, weekdayOf(day)) : [[OPENING, CLOSING + 1]]
}

function hoursOf(county: County, openid: string, as: Capacity, day: string): readonly Stretch[] {
  if (as === 'own') return [[MORNING, NIGHT]]
  const worker = county.workers.get(openid)
  return worker ? hoursAtWork(worker, day, county.worksOn) : []
}

/** As what somebody is counted on a day: whoever holds a power of a firm hears of it beside what is their own. */
export function groupOf(county: County, openid: string, as: Capacity, day: string): Group {
  if (as === 'work') return county.workers.get(openid)?.partTime ? 'part-timer' : 'staff'
  return county.holdsPower(openid, day) ? 'enterprise' : 'resident'
}

const keyOf = ({ openid, as }: Pick<Taken, 'openid' | 'as'>, day: string) => `${openid} ${as} ${day}`

/** How many pushes somebody got on each day that brought one, by person, capacity and day. */
export function timesADay(taken: readonly Taken[]) {
  const times = new Map<string, Taken[]>()
  for (const push of taken) {
    const key = keyOf(push, dayOf(push.at))
    times.set(key, [...(times.get(key) ?? []), push])
  }
  return times
}

const maxOf = (county: County, { openid, as }: Pick<Taken, 'openid' | 'as'>, day: string) =>
  county.perDay[groupOf(county, openid, as, day)].max

/**
 * Whether a push could have gone out in [from, until): on one of its days the person had an hour of theirs in it, and until then
 * fewer pushes than a day may bring. Less than two minutes of an hour are nobody's chance.
 */
function couldRing(
  county: County,
  times: ReadonlyMap<string, readonly Taken[]>,
  who: Pick<Urgent, 'openid' | 'as'>,
  [from, until]: Stretch,
): boolean {
  for (let day = dayOf(from); momentOf(day, 0) < until; day = dayOf(momentOf(day, 0) + DAY)) {
    const before = (times.get(keyOf(who, day)) ?? []).filter(({ at }) => at < until)
    if (before.length >= maxOf(county, who, day)) continue
    const open = hoursOf(county, who.openid, who.as, day).some(([opens, closes]) => {
      const begins = Math.max(momentOf(day, opens), from)
      return Math.min(momentOf(day, closes), until) - begins >= 2 * MINUTE
    })
    if (open) return true
  }
  return false
}

/**
 * Late: the phone rang when what it warns of was over, and it could have rung before.
 * Dropped: it never rang, at its end the work was still theirs and open, and a push could have told it: WeChat would have taken one,
 * an hour of theirs came, and the day had one left, the reserve with it. What stands in the inbox because no consent was left, the
 * account is not bound, or the day was used up, is no drop; nor is what has not ended yet and no hour of theirs has come for.
 */
function faultOf(
  county: County,
  times: ReadonlyMap<string, readonly Taken[]>,
  urgent: Urgent,
  now: number,
): 'late' | 'dropped' | null {
  const { from, until, rangAt, settledAt, wasOpen, wasAllowed } = urgent
  if (rangAt !== null) {
    const isLate = until !== null && rangAt > until
    return isLate && couldRing(county, times, urgent, [from, until]) ? 'late' : null
  }
  // What waits for its hour is judged when it ends.
  if (settledAt === null && until !== null && until > now) return null
  const end = Math.min(until ?? now, now)
  return wasOpen && wasAllowed && couldRing(county, times, urgent, [from, end]) ? 'dropped' : null
}

export interface Counted {
  readonly figures: Figures
  /** What each push or reminder that must not be was, in words. */
  readonly wrong: readonly string[]
}

export function countPushes(
  county: County,
  {
    people,
    taken,
    urgent,
    now,
  }: {
    readonly people: number
    readonly taken: readonly Taken[]
    readonly urgent: readonly Urgent[]
    readonly now: number
  },
): Counted {
  const wrong: string[] = []
  const told = (what: string, { openid, as, at }: Taken) =>
    wrong.push(`${what} ${openid} ${as} ${dayOf(at)} ${minuteOf(at)}`)
  const times = timesADay(taken)
  let overLimit = 0
  for (const pushes of times.values()) {
    const [first] = pushes
    if (!first) continue
    const beyond = pushes.slice(maxOf(county, first, dayOf(first.at)))
    overLimit += beyond.length
    for (const push of beyond) told('overLimit', push)
  }
  const byNight = taken.filter(({ at }) => minuteOf(at) < MORNING || minuteOf(at) >= NIGHT)
  for (const push of byNight) told('inQuietHours', push)
  const offDuty = taken.filter(({ openid, as, at }) => {
    const hours = hoursOf(county, openid, as, dayOf(at))
    return as === 'work' && !hours.some(([from, to]) => from <= minuteOf(at) && minuteOf(at) < to)
  })
  for (const push of offDuty) told('outsideDuty', push)
  let [lateUrgent, urgentDropped] = [0, 0]
  for (const each of urgent) {
    const fault = faultOf(county, times, each, now)
    if (fault === 'late') lateUrgent += 1
    if (fault === 'dropped') urgentDropped += 1
    if (fault !== null) wrong.push(`${fault} ${each.what}`)
  }
  return {
    figures: {
      people,
      sent: taken.length,
      overLimit,
      inQuietHours: byNight.length,
      outsideDuty: offDuty.length,
      lateUrgent,
      urgentDropped,
    },
    wrong,
  }
}
