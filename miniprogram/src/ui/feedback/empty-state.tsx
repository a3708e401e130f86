import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from '../../platform/aria'

interface EmptyStateProps {
  title: string
  /** What will be here. */
  note: string
  /** The way to it. */
  action?: ReactNode
}

export function EmptyState({ title, note, action }: EmptyStateProps) {
  return (
    <View className='card'>
      <View className='empty'>
        <View className='empty__art' {...aria({ hidden: true })} />
        <View className='empty__title'>{title}</View>
        <View className='empty__note'>{note}</View>
        {action !== undefined && <View className='empty__action'>{action}</View>}
      </View>
    </View>
  )
}
