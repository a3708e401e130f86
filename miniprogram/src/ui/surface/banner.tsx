import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { pressable } from '../../platform/aria'
import { Icon, type IconName } from './icon'

interface BannerProps {
  icon: IconName
  title: string
  note?: string | undefined
  /** A button of its own; without it the whole banner leads on. */
  action?: ReactNode
  onPress?: (() => void) | undefined
}

export function Banner({ icon, title, note, action, onPress }: BannerProps) {
  return (
    <View className='banner' {...pressable(onPress)}>
      <Icon name={icon} size='l' className='banner__icon' />
      <View className='banner__body'>
        <View className='strong'>{title}</View>
        {note !== undefined && <View className='small muted'>{note}</View>}
      </View>
      {action ?? <Icon name='next' size='s' className='accent' />}
    </View>
  )
}
