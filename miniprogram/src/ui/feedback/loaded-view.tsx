import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { Loaded } from '../../platform/use-request'
import { momentWords } from '../words/dates'
import { Notice } from './notice'
import { Skeleton } from './skeleton'
import { TroubleView } from './trouble'

interface LoadedViewProps<Value> {
  loaded: Loaded<Value>
  /** Said while it is under way: “正在取你的办件”. */
  label: string
  onRetry: () => void
  cards?: number
  rows?: number
  children: (value: Value) => ReactNode
}

/** The three states of a page's content, and the last content with its time where there is no network. */
export function LoadedView<Value>({ loaded, label, onRetry, cards, rows, children }: LoadedViewProps<Value>) {
  if (loaded.state === 'loading') {
    return (
      <Skeleton
        label={label}
        {...(cards === undefined ? {} : { cards })}
        {...(rows === undefined ? {} : { rows })}
      />
    )
  }
  if (loaded.state === 'failed') return <TroubleView trouble={loaded.trouble} onRetry={onRetry} />
  return (
    <>
      {loaded.savedAt !== undefined && (
        <Notice tone='soon' icon='offline' action={{ words: '再试一次', onPress: onRetry }}>
          没有连上网。这是 {momentWords(loaded.savedAt)} 看到的。
        </Notice>
      )}
      <View className={loaded.savedAt === undefined ? '' : 'mt-3'}>{children(loaded.value)}</View>
    </>
  )
}
