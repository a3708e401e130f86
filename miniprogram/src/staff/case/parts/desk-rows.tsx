import { Text, View } from '@tarojs/components'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { aria, pressable, tabStop } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import {
  countOf,
  lineOf,
  type RowProps,
  rowIdOf,
  Standing,
  TABS,
  type TabsProps,
  tabsFor,
  Who,
} from './queue-list'

/** What the phone has as tabs, as words. */
export function QueueFilters({ counts, tab, onTab }: TabsProps) {
  return (
    <>
      <View className='row row--between'>
        <View className='queue__title' {...aria({ role: 'heading', level: 1 })}>
          {TABS[tab].name} {countOf(counts, tab) ?? ''}
        </View>
        <View className='small muted'>{tab === 'done' ? '新办的在前' : '先到期在前'}</View>
      </View>
      <View className='queue__filters' {...aria({ role: 'tablist', label: '办件' })}>
        {tabsFor(counts, tab).map((each) => (
          <View
            key={each}
            className={classNames('filter', each === tab && 'is-on')}
            {...pressable(() => onTab(each), { role: 'tab', selected: each === tab })}
            {...tabStop(each === tab)}
          >
            {TABS[each].name}
            {each !== 'done' && <Text className='strong figure'> {countOf(counts, each) ?? '–'}</Text>}
          </View>
        ))}
      </View>
    </>
  )
}

/** What is a card on the phone: a row that opens beside the list. */
export function QueueRow({ item, isFound, isOpen, onOpen }: RowProps) {
  // Beside number and step there is no room for it.
  const line = [item.department?.name, lineOf(item, isFound)].filter(Boolean).join(' · ')
  return (
    <View
      id={rowIdOf(item)}
      className={classNames('qrow', isOpen && 'is-open')}
      {...pressable(onOpen, { expanded: isOpen })}
    >
      <View>
        <View className='qrow__l1'>
          <View className='qrow__name'>{item.plainName}</View>
          <Standing item={item} doing='' />
        </View>
        <View className='qrow__l2'>
          <View>
            <Who item={item} />
          </View>
          <View>{plainStepName(item.stepName)}</View>
        </View>
        {line !== '' && <View className='qrow__l3'>{line}</View>}
      </View>
    </View>
  )
}
