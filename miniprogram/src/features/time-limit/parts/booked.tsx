import { View } from '@tarojs/components'
import { Icon } from '../../../ui/surface/icon'
import { type Booking, bookedWords, bookingAdvice } from './booking-words'

/** When the applicant is expected, whether it stands, and where. */
export function BookedLine({ of }: { of: Booking }) {
  const words = bookedWords(of)
  if (words === null) return null
  const advice = bookingAdvice(of)
  return (
    <View className='row row--top gap-2 mt-3'>
      <Icon name='calendar' className='accent' />
      <View className='grow'>
        <View className='strong'>{words}</View>
        <View className='small muted'>{(of.booked ?? of.bookedBefore)?.place}</View>
        {advice !== null && <View className='small mt-1'>{advice}</View>}
      </View>
    </View>
  )
}
