import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Icon } from '../../../ui/surface/icon'
import { dayWords } from '../../../ui/words/dates'

type Booked = NonNullable<CaseView['booked']>

/** 约好 12月8日 周二 上午来; once it is past: 约的 12月8日 周二 上午过了 */
export const bookedWords = ({ on, half, over }: Booked) =>
  `约${over ? '的' : '好'} ${dayWords(on)} ${half}${over ? '过了' : '来'}`

/** When the applicant is expected, and where. */
export function BookedLine({ booked }: { booked: Booked | null | undefined }) {
  if (!booked) return null
  return (
    <View className='row row--top gap-2 mt-3'>
      <Icon name='calendar' className='accent' />
      <View className='grow'>
        <View className='strong'>{bookedWords(booked)}</View>
        <View className='small muted'>{booked.place}</View>
      </View>
    </View>
  )
}
