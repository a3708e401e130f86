import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'

let aheadMs = 0
let isLearned = false

/** From the `Date` of an answer: the office's clock counts, a phone's may be wrong. */
export function learnTime(date: string | undefined) {
  const told = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told)) return
  aheadMs = told - Date.now()
  isLearned = true
}

/** False until an answer has told it: a phone's own day throws nothing away. */
export const isTimeKnown = () => isLearned

/** By the server's clock as the last answer told it; by the phone's before the first one. */
export const now = (): Instant => new Date(Date.now() + aheadMs).toISOString() as Instant

/** In Asia/Shanghai. */
export const today = (): PlainDate => dayIn(now())
