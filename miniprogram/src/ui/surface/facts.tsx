import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export interface Fact {
  readonly key: string
  readonly value: ReactNode
}

/** Rows that are only read. */
export function Facts({
  facts,
  sunk,
  className,
}: {
  facts: readonly Fact[]
  sunk?: boolean
  className?: string
}) {
  return (
    <View className={classNames('facts', sunk && 'facts--sunk', className)}>
      {facts.map((fact) => (
        <View className='facts__row' key={fact.key}>
          <View className='facts__key'>{fact.key}</View>
          <View className='facts__value'>{fact.value}</View>
        </View>
      ))}
    </View>
  )
}
