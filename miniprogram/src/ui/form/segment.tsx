import { View } from '@tarojs/components'
import { aria, pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import type { Option } from './choice-list'

interface SegmentProps {
  label: string
  options: readonly Option[]
  value: string
  onChange: (value: string) => void
}

/** Two to four views of one list. */
export function Segment({ label, options, value, onChange }: SegmentProps) {
  return (
    <View className='segment' {...aria({ role: 'tablist', label })}>
      {options.map((option) => (
        <View
          key={option.value}
          className={classNames('segment__item', option.value === value && 'is-current')}
          {...pressable(() => onChange(option.value), { role: 'tab', selected: option.value === value })}
        >
          {option.label}
        </View>
      ))}
    </View>
  )
}

/** The same for any number of views: chips that wrap. */
export function ChipTabs({ label, options, value, onChange }: SegmentProps) {
  return (
    <View className='chip-row' {...aria({ role: 'tablist', label })}>
      {options.map((option) => {
        const isCurrent = option.value === value
        return (
          <View
            key={option.value}
            className={classNames('chip', isCurrent && 'chip--tint strong')}
            {...pressable(() => onChange(option.value), { role: 'tab', selected: isCurrent })}
          >
            {option.label}
          </View>
        )
      })}
    </View>
  )
}
