import { View } from '@tarojs/components'
import { aria, pressable, tabStop } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon, type IconName } from '../surface/icon'

interface Tab {
  readonly key: string
  readonly name: string
  readonly icon: IconName
  /** What waits behind it: the figure in the mark and the sentence that a reader says. */
  readonly waiting?: { readonly count: number; readonly words: string } | undefined
}

interface TabBarProps {
  tabs: readonly Tab[]
  current: string
  onOpen: (key: string) => void
}

export function TabBar({ tabs, current, onOpen }: TabBarProps) {
  return (
    <View className='tab-bar' {...aria({ role: 'navigation' })}>
      <View className='tab-bar__tabs' {...aria({ role: 'tablist' })}>
        {tabs.map(({ key, name, icon, waiting }) => {
          const isCurrent = key === current
          const hasWaiting = waiting !== undefined && waiting.count > 0
          return (
            <View
              key={key}
              className={classNames('tab-bar__item', isCurrent && 'is-current')}
              {...pressable(() => !isCurrent && onOpen(key), {
                role: 'tab',
                selected: isCurrent,
                label: hasWaiting ? `${name}，${waiting.words}` : name,
              })}
              {...tabStop(isCurrent)}
            >
              <Icon name={icon} />
              <View>{name}</View>
              {hasWaiting && (
                <View className='tab-bar__badge'>{waiting.count > 99 ? '99+' : waiting.count}</View>
              )}
            </View>
          )
        })}
      </View>
    </View>
  )
}
