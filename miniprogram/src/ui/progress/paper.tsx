import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { aria } from '../../platform/aria'
import { Icon } from '../surface/icon'
import { Tag } from '../surface/tag'

export type PaperState = 'free' | 'must' | 'optional' | 'given' | 'brought'

const STATES: Readonly<Record<PaperState, { words: string; tone: 'free' | 'must' | undefined }>> = {
  free: { words: '已免', tone: 'free' },
  must: { words: '要交', tone: 'must' },
  optional: { words: '可不交', tone: undefined },
  given: { words: '交了', tone: 'free' },
  // Nobody has vouched for it.
  brought: { words: '交了', tone: undefined },
}

/** The list that a `Paper` stands in. */
export function PaperList({ children }: PropsWithChildren) {
  return (
    <View className='mt-2' {...aria({ role: 'list' })}>
      {children}
    </View>
  )
}

interface PaperProps {
  name: string
  note?: ReactNode
  state: PaperState
  /** In place of the state's tag: a link that shows the picture. */
  side?: ReactNode
}

export function Paper({ name, note, state, side }: PaperProps) {
  const { words, tone } = STATES[state]
  const isSettled = tone === 'free'
  return (
    <View className='paper' {...aria({ role: 'listitem' })}>
      <Icon
        name={isSettled ? 'done' : state === 'brought' ? 'paper' : 'camera'}
        className={isSettled ? 'paper__mark--free' : undefined}
      />
      {note === undefined ? (
        <View className='paper__name'>{name}</View>
      ) : (
        <View className='paper__body'>
          <View className='paper__name'>{name}</View>
          <View className='paper__note'>{note}</View>
        </View>
      )}
      {side ?? <Tag tone={tone}>{words}</Tag>}
    </View>
  )
}
