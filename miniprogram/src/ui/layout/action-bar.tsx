import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { aria, pressable } from '../../platform/aria'
import { Icon, type IconName } from '../surface/icon'

/** The main action where the thumb is; at most one `ActionBarSide` beside it. */
export function StickyActionBar({
  note,
  alert,
  children,
}: PropsWithChildren<{ note?: ReactNode; alert?: boolean }>) {
  return (
    <View className='action-bar'>
      {note !== undefined && (
        <View
          className={alert ? 'action-bar__note action-bar__note--alert' : 'action-bar__note'}
          {...aria(alert ? { role: 'alert' } : { role: 'status' })}
        >
          {note}
        </View>
      )}
      <View className='action-bar__row'>{children}</View>
    </View>
  )
}

export function ActionBarSide({
  icon,
  name,
  onPress,
}: {
  icon: IconName
  name: string
  onPress: () => void
}) {
  return (
    <View className='action-bar__side' {...pressable(onPress, { label: name })}>
      <Icon name={icon} />
      {name}
    </View>
  )
}
