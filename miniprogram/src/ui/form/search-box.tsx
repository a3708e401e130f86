import { Input, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
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
  /** Each time it counts one more, the box takes the keyboard. */
  asked?: number | undefined
  compact?: boolean | undefined
  onEnter?: (() => void) | undefined
}

export function SearchBox(props: SearchBoxProps) {
  const { value, onChange, placeholder, focus = false, asked = 0, compact, onEnter } = props
  const [isFocused, setFocused] = useState(focus)
  useEffect(() => {
    if (asked > 0) setFocused(true)
  }, [asked])
  return (
    <View className={classNames('search-box', compact && 'search-box--compact', isFocused && 'is-focused')}>
      <Icon name='search' className='search-box__icon' />
      <Input
        className='search-box__input'
        value={value}
        placeholder={placeholder}
        placeholderClass='placeholder'
        confirmType='search'
        focus={isFocused}
        maxlength={40}
        onInput={({ detail }) => onChange(detail.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        {...(onEnter ? { onConfirm: onEnter } : {})}
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
