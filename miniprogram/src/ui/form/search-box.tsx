import { Input, View } from '@tarojs/components'
import { inputAria, pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

/** Looks like the box and opens the page that searches. */
export function SearchEntry({ words, onPress }: { words: string; onPress: () => void }) {
  return (
    <View className='search-box' {...pressable(onPress, { label: `找事情，${words}` })}>
      <Icon name='search' className='search-box__icon' />
      <View className='search-box__text'>{words}</View>
    </View>
  )
}

interface SearchBoxProps {
  value: string
  onChange: (value: string) => void
  placeholder: string
  focus?: boolean | undefined
  compact?: boolean | undefined
}

export function SearchBox({ value, onChange, placeholder, focus = false, compact }: SearchBoxProps) {
  return (
    <View className={classNames('search-box', compact && 'search-box--compact', focus && 'is-focused')}>
      <Icon name='search' className='search-box__icon' />
      <Input
        className='search-box__input'
        value={value}
        placeholder={placeholder}
        placeholderClass='placeholder'
        confirmType='search'
        focus={focus}
        maxlength={40}
        onInput={({ detail }) => onChange(detail.value)}
        {...inputAria({ role: 'searchbox', label: placeholder })}
      />
      {value !== '' && (
        <View className='search-box__clear' {...pressable(() => onChange(''), { label: '清空' })}>
          <Icon name='close' size='s' />
        </View>
      )}
    </View>
  )
}
