import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { classNames } from '../class-names'

/** `self`: 自己填的. One chip for a group that shares a source. */
export function SourceChip({ self, children }: PropsWithChildren<{ self?: boolean }>) {
  return <View className={classNames('source-chip', self && 'source-chip--self')}>{children}</View>
}
