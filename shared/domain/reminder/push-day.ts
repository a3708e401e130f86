import { dayIn, type Instant, instantAt, minuteOfDayIn } from '../kernel/plain-date'
import type { DailyLimit } from './limits'

/** What waits to ring on somebody's phone. */
interface Waiting {
  readonly urgent: boolean
  /** What says the same, of another case, is told with it: kind, template and the word on the card. */
  readonly says: string
}

/** What a person's phone has had today. */
export interface PushDay {
  readonly limit: DailyLimit
  /** Pushes of today that went out, or may have. */
  readonly sent: number
  /** When the last of them went out. */
  readonly lastAt: Instant | null
  /**
   * Until when today they may be disturbed, in minutes since midnight in Asia/Shanghai. Null of whoever is not called to work:
   * nothing is spread over their day.
   */
  readonly closes: number | null
}

/** `now`: one push tells it. `today`: at `at`, with what comes until then. `next-day`: today has none left for it. */
export type PushTime =
  | { readonly kind: 'now' }
  | { readonly kind: 'today'; readonly at: Instant }
  | { readonly kind: 'next-day' }

const NOW: PushTime = { kind: 'now' }
const NEXT_DAY: PushTime = { kind: 'next-day' }

/** The last push of a day of work goes out an hour before its end: what comes until then goes with it, and can still be done. */
const LAST_CALL_MINUTES = 60

const nowOr = (minute: number, now: Instant): PushTime =>
  minute <= minuteOfDayIn(now) ? NOW : { kind: 'today', at: instantAt(dayIn(now), minute) }

/** What runs out is told at most so long after a push that did not have it yet. */
const LONGEST_MERGE_MINUTES = 60

/** Of five that come within a minute one rings, and the others with what comes until the next: the pushes that are left last the day. */
function urgentTime({ limit, sent, lastAt, closes }: PushDay, now: Instant): PushTime {
  const left = limit.max - sent
  if (left <= 0) return NEXT_DAY
  if (lastAt === null || closes === null) return NOW
  const lastCall = closes - LAST_CALL_MINUTES
  if (left === 1) return nowOr(lastCall, now)
  const from = minuteOfDayIn(lastAt)
  const share = Math.ceil(Math.max(lastCall - from, 0) / left)
  return nowOr(from + Math.min(share, LONGEST_MERGE_MINUTES), now)
}

function calmTime({ limit, sent, lastAt, closes }: PushDay, now: Instant): PushTime {
  const left = limit.max - limit.urgentReserve - sent
  if (left <= 0) return NEXT_DAY
  if (lastAt === null || closes === null) return NOW
  const from = minuteOfDayIn(lastAt)
  return nowOr(from + Math.ceil(Math.max(closes - from, 0) / (left + 1)), now)
}

/**
 * When one push may tell all that is in it. What runs out today, or is late, takes what can wait along and goes at once; where the phone
 * of whoever is called to work has just rung, within the hour; and the last push of a day of work shortly before its end. What can
 * wait leaves the reserve alone; of whoever is called to work it is spread over the day: after a push the hours that are left are
 * shared among the pushes that are left.
 */
const pushTime = (told: readonly Waiting[], day: PushDay, now: Instant): PushTime =>
  told.some(({ urgent }) => urgent) ? urgentTime(day, now) : calmTime(day, now)

/** What one push tells: of work all that waits, the nearest of it named. Of one's own cases what says the same, and nothing that runs out. */
function toldTogether<Row extends Waiting>(waiting: readonly Row[], { closes }: PushDay): readonly Row[][] {
  if (closes !== null) return waiting.length > 0 ? [[...waiting]] : []
  const groups = new Map<string, Row[]>()
  const alone: Row[][] = []
  for (const row of waiting) {
    if (row.urgent) {
      alone.push([row])
      continue
    }
    const group = groups.get(row.says)
    if (group) group.push(row)
    else groups.set(row.says, [row])
  }
  return [...alone, ...groups.values()]
}

/** A push, or what of one is put off. */
export interface Push<Row> {
  readonly told: readonly Row[]
  readonly time: PushTime
}

/**
 * What becomes of all that waits for one person, oldest first, in the order in which the phone rings. Whoever hears of their own cases hears
 * each thing by itself, what is urgent first; whoever is called to work hears once of everything.
 */
export function pushesOf<Row extends Waiting>(
  waiting: readonly Row[],
  day: PushDay,
  now: Instant,
): readonly Push<Row>[] {
  let { sent, lastAt } = day
  return toldTogether(waiting, day).map((told) => {
    const time = pushTime(told, { ...day, sent, lastAt }, now)
    if (time.kind === 'now') {
      sent += 1
      lastAt = now
    }
    return { told, time }
  })
}
