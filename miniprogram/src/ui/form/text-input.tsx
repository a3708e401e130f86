import { Input, Textarea, View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { inputAria, type Keyboard, keyboardAria } from '../../platform/aria'
import { classNames } from '../class-names'
import { useOnSheet } from '../layout/sheet'
import { errorIdOf } from './field'

interface TextInputProps {
  /** The field's id. */
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  onLeave?: (() => void) | undefined
  /** The key of the keyboard that says it is done. */
  onEnter?: (() => void) | undefined
  type?: Keyboard | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
  /** Behind the value: “平方米”. */
  unit?: ReactNode
  isWrong?: boolean | undefined
  /** Filled from a document and not touched yet. */
  isPrefilled?: boolean | undefined
  focus?: boolean | undefined
  /** Its digits are dots. */
  isHidden?: boolean | undefined
}

const said = ({ id, label, isWrong }: Pick<TextInputProps, 'id' | 'label' | 'isWrong'>) => ({
  label,
  invalid: isWrong || undefined,
  describedby: isWrong ? errorIdOf(id) : undefined,
})

export function TextInput(props: TextInputProps) {
  const {
    value,
    onChange,
    onLeave,
    onEnter,
    type = 'text',
    placeholder = '',
    maxLength = 100,
    unit,
    isWrong,
    isPrefilled,
    isHidden,
  } = props
  const [isFocused, setFocused] = useState(false)
  const classes = classNames(
    'field__control',
    type !== 'text' && 'figure',
    isWrong ? 'is-wrong' : isFocused ? 'is-focused' : isPrefilled && 'is-filled',
  )
  return (
    <View className={classes}>
      <Input
        className='field__input'
        value={value}
        placeholder={placeholder}
        placeholderClass='placeholder'
        maxlength={maxLength}
        focus={props.focus ?? false}
        onInput={({ detail }) => onChange(detail.value)}
        onConfirm={() => onEnter?.()}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false)
          onLeave?.()
        }}
        {...keyboardAria(said(props), type)}
        {...(isHidden === undefined ? {} : { password: isHidden })}
      />
      {unit !== undefined && <View className='muted fixed'>{unit}</View>}
    </View>
  )
}

export function TextArea(props: Omit<TextInputProps, 'type' | 'unit' | 'onEnter' | 'isHidden'>) {
  const { value, onChange, onLeave, placeholder = '', maxLength = 500, isWrong } = props
  const [isFocused, setFocused] = useState(false)
  const isOnSheet = useOnSheet()
  return (
    <>
      <View className={classNames('field__control', isWrong ? 'is-wrong' : isFocused && 'is-focused')}>
        <Textarea
          className='field__input field__area'
          value={value}
          placeholder={placeholder}
          placeholderClass='placeholder'
          maxlength={maxLength}
          autoHeight
          fixed={isOnSheet}
          onInput={({ detail }) => onChange(detail.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            onLeave?.()
          }}
          {...inputAria(said(props))}
        />
      </View>
      {value.length > maxLength * 0.8 && (
        <View className='field__count'>还能写 {maxLength - value.length} 个字</View>
      )}
    </>
  )
}
