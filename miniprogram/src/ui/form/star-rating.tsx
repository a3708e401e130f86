import { View } from '@tarojs/components'
import { aria, pressable, tabStop } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

// GB/T 36104 and the national 好差评 interface: 1 is the best. Long words break where they are split here.
const LEVELS = [
  { level: 1, words: ['非常', '满意'], icon: 'face-1' },
  { level: 2, words: ['满意'], icon: 'face-2' },
  { level: 3, words: ['基本', '满意'], icon: 'face-3' },
  { level: 4, words: ['不满意'], icon: 'face-4' },
  { level: 5, words: ['非常', '不满意'], icon: 'face-5' },
] as const

export type RatingLevel = (typeof LEVELS)[number]['level']

interface StarRatingProps {
  value: RatingLevel | undefined
  onChange: (level: RatingLevel) => void
}

export function StarRating({ value, onChange }: StarRatingProps) {
  return (
    <View className='rating' {...aria({ role: 'radiogroup', label: '满意程度' })}>
      {LEVELS.map(({ level, words, icon }) => (
        <View
          key={level}
          className={classNames('rating__level', level === value && 'is-chosen')}
          {...pressable(() => onChange(level), {
            role: 'radio',
            checked: level === value,
            label: words.join(''),
          })}
          {...tabStop(level === (value ?? 1))}
        >
          <Icon name={icon} className='rating__face' />
          <View className='rating__words'>
            {words.map((part) => (
              <View key={part}>{part}</View>
            ))}
          </View>
        </View>
      ))}
    </View>
  )
}
