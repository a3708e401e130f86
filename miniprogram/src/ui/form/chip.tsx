import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { pressable } from '../../platform/aria'

export function ChipRow({ children }: PropsWithChildren) {
  return <View className='chip-row mt-3'>{children}</View>
}

/** A suggestion one can tap instead of typing. */
export function Chip({ words, onPress }: { words: string; onPress: () => void }) {
  return (
    <View className='chip' {...pressable(onPress)}>
      {words}
    </View>
  )
}
