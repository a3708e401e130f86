import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Icon } from '../../../ui/surface/icon'
import { dayWords } from '../../../ui/words/dates'

type Booking = Partial<Pick<CaseView, 'booked' | 'bookedBefore'>>

export const isBooking = ({ booked, bookedBefore }: Booking) => Boolean(booked ?? bookedBefore)

/** 约好 12月8日 周二 上午来; once it is past: 约的 12月8日 周二 上午过了 */
export function bookedWords({ booked, bookedBefore }: Booking) {
  if (booked) return `约好 ${dayWords(booked.on)} ${booked.half}来`
  return bookedBefore ? `约的 ${dayWords(bookedBefore.on)} ${bookedBefore.half}过了` : null
}

/** When the applicant is expected, and where. */
export function BookedLine({ of }: { of: Booking }) {
  const words = bookedWords(of)
  if (words === null) return null
  return (
    <View className='row row--top gap-2 mt-3'>
      <Icon name='calendar' className='accent' />
      <View className='grow'>
        <View className='strong'>{words}</View>
        <View className='small muted'>{(of.booked ?? of.bookedBefore)?.place}</View>
      </View>
    </View>
  )
}
