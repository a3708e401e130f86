import type { CaseView } from '#shared/contract/case'
import { bookingWords, isAgreed, isToAskAbout } from '#shared/domain/time-limit/booking-words'
import { today } from '../../../platform/clock'
import { dayWords } from '../../../ui/words/dates'

export type Booking = Partial<Pick<CaseView, 'booked' | 'bookedBefore' | 'outcome' | 'status'>>

export const isBooking = ({ booked, bookedBefore }: Booking) => Boolean(booked ?? bookedBefore)

export const bookedWords = (of: Booking) => bookingWords(of, dayWords)

/** What is to be done about it now; null while there is nothing. */
export function bookingAdvice(of: Booking) {
  if (of.bookedBefore) return '办没办、要不要改日子，打电话问。'
  if (isToAskAbout(of, today())) return '去以前先打电话问。'
  // Once it is concluded nobody can take it back here.
  return isAgreed(of) && of.status !== 'granted' ? '来不了，打电话说一声；想换一天，再约一次。' : null
}
