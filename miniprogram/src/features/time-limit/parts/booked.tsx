import { View } from '@tarojs/components'
import { Icon } from '../../../ui/surface/icon'
import { type Booking, bookedWords } from './booking-words'

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
