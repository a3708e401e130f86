import { View } from '@tarojs/components'
import { aria } from '../../platform/aria'

/** Numbered sentences: what follows from something, or what to do one after the other. */
export function Points({ points, className }: { points: readonly string[]; className?: string }) {
  return (
    <View className={className ?? ''}>
      <View className='points' {...aria({ role: 'list' })}>
        {points.map((words, at) => (
          <View key={words} className='points__item' {...aria({ role: 'listitem' })}>
            <View className='points__number' {...aria({ hidden: true })}>
              {at + 1}
            </View>
            <View className='points__text'>{words}</View>
          </View>
        ))}
      </View>
    </View>
  )
}
