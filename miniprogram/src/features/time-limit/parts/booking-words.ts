import type { CaseView } from '#shared/contract/case'
import { dayWords } from '../../../ui/words/dates'

export type Booking = Partial<Pick<CaseView, 'booked' | 'bookedBefore'>>

export const isBooking = ({ booked, bookedBefore }: Booking) => Boolean(booked ?? bookedBefore)

/** 约好 12月8日 周二 上午来; once it is past: 约的 12月8日 周二 上午过了 */
export function bookedWords({ booked, bookedBefore }: Booking) {
  if (booked) return `约好 ${dayWords(booked.on)} ${booked.half}来`
  return bookedBefore ? `约的 ${dayWords(bookedBefore.on)} ${bookedBefore.half}过了` : null
}
