import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { pressable } from '../../platform/aria'
import { Icon, type IconName } from './icon'

/** Two columns, one in elder mode. */
export function TileGrid({ children }: PropsWithChildren) {
  return <View className='tile-grid'>{children}</View>
}

export function Tile({
  name,
  note,
  onPress,
}: {
  name: string
  note?: string | undefined
  onPress: () => void
}) {
  return (
    <View className='tile' {...pressable(onPress)}>
      <View className='tile__name'>{name}</View>
      {note !== undefined && <View className='tile__note'>{note}</View>}
    </View>
  )
}

export function IconTile({ icon, name, onPress }: { icon: IconName; name: string; onPress: () => void }) {
  return (
    <View className='icon-tile' {...pressable(onPress)}>
      <Icon name={icon} />
      {name}
    </View>
  )
}
