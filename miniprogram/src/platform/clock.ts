import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'

let aheadMs = 0
let isLearned = false

/** What whole seconds and the way of an answer may make of one and the same clock. */
const ROUNDED_MS = 2000

/** From the `Date` of an answer: the office's clock counts, a phone's may be wrong. */
export function learnTime(date: string | undefined) {
  const told = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told)) return
  const ahead = told - Date.now()
  // Every answer tells a little too early; the least so is kept, or what comes later would be noted as earlier.
  const isSameClock = isLearned && Math.abs(ahead - aheadMs) < ROUNDED_MS
  aheadMs = isSameClock ? Math.max(ahead, aheadMs) : ahead
  isLearned = true
}

/** False until an answer has told it: a phone's own day throws nothing away. */
export const isTimeKnown = () => isLearned

/** By the server's clock as the last answer told it; by the phone's before the first one. */
export const now = (): Instant => new Date(Date.now() + aheadMs).toISOString() as Instant

/** In Asia/Shanghai. */
export const today = (): PlainDate => dayIn(now())
