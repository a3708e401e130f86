import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { aria, pressable } from '../../platform/aria'
import { Icon } from '../surface/icon'

interface SectionProps {
  title: string
  /** Quiet words at the right of the title. */
  side?: ReactNode
  more?: { readonly words: string; readonly onPress: () => void } | undefined
}

export function Section({ title, side, more, children }: PropsWithChildren<SectionProps>) {
  return (
    <View className='section'>
      <View className='section__head'>
        <View className='section__title' {...aria({ role: 'heading', level: 2 })}>
          {title}
        </View>
        {side !== undefined && <View className='small muted'>{side}</View>}
        {more && (
          <View className='section__more' {...pressable(more.onPress)}>
            {more.words}
            <Icon name='next' size='s' />
          </View>
        )}
      </View>
      {children}
    </View>
  )
}
