import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { pressable } from '../../platform/aria'
import { classNames } from '../class-names'

export function ChipRow({ children }: PropsWithChildren) {
  return <View className='chip-row mt-3'>{children}</View>
}

/** A suggestion one can tap instead of typing. */
export function Chip({ words, tint, onPress }: { words: string; tint?: boolean; onPress: () => void }) {
  return (
    <View className={classNames('chip', tint && 'chip--tint')} {...pressable(onPress)}>
      {words}
    </View>
  )
}
