import { View } from '@tarojs/components'
import type { Trouble } from '../../platform/api'
import { Button } from '../form/button'
import { TroubleView } from './trouble'

interface MorePagesProps {
  /** “再看几件” */
  words: string
  hasMore: boolean
  isBusy: boolean
  /** Why the next page did not come. */
  trouble: Trouble | undefined
  more: () => unknown
}

/** The way to the next page of a list. */
export function MorePages({ words, hasMore, isBusy, trouble, more }: MorePagesProps) {
  if (!hasMore) return null
  return (
    <View className='mt-4'>
      {trouble ? (
        <TroubleView trouble={trouble} onRetry={more} />
      ) : (
        <Button kind='quiet' block loading={isBusy ? '正在取' : undefined} onPress={more}>
          {words}
        </Button>
      )}
    </View>
  )
}
