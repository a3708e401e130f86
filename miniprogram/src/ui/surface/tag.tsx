import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { classNames } from '../class-names'
import { Icon, type IconName } from './icon'

interface TagProps {
  /** `free`: 已免; `must`: waits for the reader. */
  tone?: 'accent' | 'free' | 'must' | 'line' | 'late' | undefined
  icon?: IconName | undefined
  className?: string | undefined
}

export function Tag({ tone, icon, className, children }: PropsWithChildren<TagProps>) {
  return (
    <View className={classNames('tag', tone && `tag--${tone}`, className)}>
      {icon && <Icon name={icon} size='s' />}
      {children}
    </View>
  )
}
