import { View } from '@tarojs/components'
import { Icon } from '../../../ui/surface/icon'
import { type Booking, bookedWords } from './booking-words'

/** When the applicant is expected, and where; `isFirm`: it stands, and nobody can take it back here any more. */
export function BookedLine({ of, isFirm = false }: { of: Booking; isFirm?: boolean }) {
  const words = bookedWords(of)
  if (words === null) return null
  return (
    <View className='row row--top gap-2 mt-3'>
      <Icon name='calendar' className='accent' />
      <View className='grow'>
        <View className='strong'>{words}</View>
        <View className='small muted'>{(of.booked ?? of.bookedBefore)?.place}</View>
        {isFirm && <View className='small mt-1'>来不了，打电话说一声；想换一天，再约一次。</View>}
      </View>
    </View>
  )
}
