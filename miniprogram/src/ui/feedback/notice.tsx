import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { aria, pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon, type IconName } from '../surface/icon'

interface NoticeProps {
  tone?: 'info' | 'soon' | 'today' | 'late' | 'bare' | undefined
  icon?: IconName | undefined
  title?: string | undefined
  action?: { readonly words: string; readonly onPress: () => void } | undefined
  className?: string | undefined
}

const ICONS = { info: 'info', soon: 'soon', today: 'today', late: 'late', bare: 'done' } as const
const isUrgent = (tone: NoticeProps['tone']) => tone === 'today' || tone === 'late'

export function Notice({
  tone = 'info',
  icon,
  title,
  action,
  className,
  children,
}: PropsWithChildren<NoticeProps>) {
  return (
    <View
      className={classNames('notice', `notice--${tone}`, className)}
      {...aria({ role: isUrgent(tone) ? 'alert' : 'status' })}
    >
      <Icon name={icon ?? ICONS[tone]} className='notice__icon' />
      <View className='notice__body'>
        {title !== undefined && <View className='notice__title'>{title}</View>}
        <View>{children}</View>
      </View>
      {action && (
        <View className='notice__action' {...pressable(action.onPress)}>
          {action.words}
        </View>
      )}
    </View>
  )
}
