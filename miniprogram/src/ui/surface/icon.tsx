import { View } from '@tarojs/components'
import { drawn } from '../../platform/aria'

export type IconName =
  | 'baby'
  | 'back'
  | 'bell'
  | 'calendar'
  | 'camera'
  | 'cases'
  | 'check'
  | 'clock'
  | 'close'
  | 'done'
  | 'down'
  | 'download'
  | 'elder'
  | 'face-1'
  | 'face-2'
  | 'face-3'
  | 'face-4'
  | 'face-5'
  | 'family'
  | 'farm'
  | 'help'
  | 'home'
  | 'house'
  | 'idcard'
  | 'info'
  | 'late'
  | 'list'
  | 'lock'
  | 'medical'
  | 'message'
  | 'money'
  | 'next'
  | 'no'
  | 'offline'
  | 'paper'
  | 'paused'
  | 'pen'
  | 'person'
  | 'phone'
  | 'pin'
  | 'plus'
  | 'retry'
  | 'school'
  | 'search'
  | 'settings'
  | 'share'
  | 'shield'
  | 'shop'
  | 'soon'
  | 'swap'
  | 'textsize'
  | 'today'
  | 'trash'
  | 'up'
  | 'urge'
  | 'work'

interface IconProps {
  name: IconName
  size?: 'xs' | 's' | 'l' | 'huge' | undefined
  className?: string | undefined
}

/** Decorative: the words beside it speak. */
export function Icon({ name, size, className }: IconProps) {
  const classes = ['icon', `icon-${name}`, size && `icon--${size}`, className].filter(Boolean).join(' ')
  return <View className={classes} {...drawn()} />
}
