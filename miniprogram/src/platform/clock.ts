import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'

let aheadMs = 0

/** From the `Date` of an answer: the office's clock counts, a phone's may be wrong. */
export function learnTime(date: string | undefined) {
  const told = date === undefined ? Number.NaN : Date.parse(date)
  if (!Number.isNaN(told)) aheadMs = told - Date.now()
}

/** By the server's clock as the last answer told it; by the phone's before the first one. */
export const now = (): Instant => new Date(Date.now() + aheadMs).toISOString() as Instant

/** In Asia/Shanghai. */
export const today = (): PlainDate => dayIn(now())
