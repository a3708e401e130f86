import { View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import { platform } from '../../platform'
import type { Trouble } from '../../platform/api'
import { Button } from '../form/button'
import { TroubleView } from './trouble'

interface MorePagesProps {
  /** “再看几件” */
  words: string
  hasMore: boolean
  /** How many rows are drawn. */
  count: number
  isBusy: boolean
  /** Why the next page did not come. */
  trouble: Trouble | undefined
  more: () => unknown
}

/** The way to the next page of a list. */
export function MorePages({ words, hasMore, count, isBusy, trouble, more }: MorePagesProps) {
  const readOn = useRef<() => void>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows have come.
  useEffect(() => {
    readOn.current?.()
    readOn.current = undefined
  }, [count])
  if (!hasMore) return null
  const press = () => {
    readOn.current = platform.markRows()
    return more()
  }
  return (
    <View className='mt-4'>
      {trouble ? (
        <TroubleView trouble={trouble} onRetry={press} />
      ) : (
        <Button kind='quiet' block loading={isBusy ? '正在取' : undefined} onPress={press}>
          {words}
        </Button>
      )}
    </View>
  )
}
