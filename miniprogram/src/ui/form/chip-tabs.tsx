import { View } from '@tarojs/components'
import { aria, pressable, tabStop } from '../../platform/aria'
import { classNames } from '../class-names'
import type { Option } from './choice-list'

interface ChipTabsProps {
  label: string
  options: readonly Option[]
  value: string
  onChange: (value: string) => void
}

/** Views of one list: chips that wrap. */
export function ChipTabs({ label, options, value, onChange }: ChipTabsProps) {
  return (
    <View className='chip-row' {...aria({ role: 'tablist', label })}>
      {options.map((option) => {
        const isCurrent = option.value === value
        return (
          <View
            key={option.value}
            className={classNames('chip', isCurrent && 'chip--tint strong')}
            {...pressable(() => onChange(option.value), { role: 'tab', selected: isCurrent })}
            {...tabStop(isCurrent)}
          >
            {option.label}
          </View>
        )
      })}
    </View>
  )
}
