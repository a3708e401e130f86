import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from '../../platform/aria'
import { classNames } from '../class-names'
import { WithDays } from '../surface/day'
import { Icon, type IconName } from '../surface/icon'

export interface TimelineItem {
  readonly key: string
  /** `next`: a hollow dot, on top. `todo`: waits for the reader. */
  readonly state: 'done' | 'now' | 'next' | 'todo' | 'no'
  readonly what: ReactNode
  readonly who?: ReactNode
  readonly when?: ReactNode
  readonly said?: ReactNode
  /** A number in the dot, for steps that are still to come. */
  readonly number?: number
}

const ICONS: Readonly<Record<TimelineItem['state'], IconName | undefined>> = {
  done: 'check',
  now: 'clock',
  next: undefined,
  todo: 'pen',
  no: 'no',
}

function Dot({ state, number }: Pick<TimelineItem, 'state' | 'number'>) {
  const icon = ICONS[state]
  if (number !== undefined) return <View className='timeline__dot'>{number}</View>
  return <View className='timeline__dot'>{icon && <Icon name={icon} size='s' />}</View>
}

/** What, who, when; newest first. */
export function Timeline({ items, className }: { items: readonly TimelineItem[]; className?: string }) {
  return (
    <View className={classNames('timeline', className)} {...aria({ role: 'list' })}>
      {items.map(({ key, state, what, who, when, said, number }) => (
        <View
          key={key}
          className={classNames('timeline__item', `is-${state}`)}
          {...aria({ role: 'listitem' })}
        >
          <Dot state={state} {...(number === undefined ? {} : { number })} />
          <View className='timeline__body'>
            <View className='timeline__what'>{what}</View>
            {who !== undefined && <View className='timeline__who'>{who}</View>}
            {when !== undefined && <View className='timeline__when'>{when}</View>}
            {said !== undefined && (
              <View className='timeline__said'>
                {typeof said === 'string' ? <WithDays words={said} /> : said}
              </View>
            )}
          </View>
        </View>
      ))}
    </View>
  )
}
