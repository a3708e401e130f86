import { View } from '@tarojs/components'
import { useState } from 'react'
import { plainNumber } from '#shared/domain/application/from-number'
import { maskCard, maskIdNumber, maskPhone } from '#shared/domain/kernel/digits'
import type { FieldKind } from '#shared/domain/service-item/item'
import { pressable } from '../../../../platform/aria'
import { TextArea, TextInput } from '../../../../ui/form/text-input'
import { useForm } from '../form-context'
import { type InputProps, textOf } from './input-props'

export function PlainText({ field, id, value, onChange, isWrong, isPrefilled }: InputProps<'text'>) {
  return (
    <TextInput
      id={id}
      label={field.label}
      value={textOf(value)}
      onChange={onChange}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
      // A little more than allowed, so that the count can say by how much.
      maxLength={field.maxLength + 20}
    />
  )
}

export function LongText({ field, id, value, onChange, isWrong }: InputProps<'textarea'>) {
  return (
    <TextArea
      id={id}
      label={field.label}
      value={textOf(value)}
      onChange={onChange}
      isWrong={isWrong}
      maxLength={field.maxLength}
    />
  )
}

export function Amount({ field, id, value, onChange, isWrong, isPrefilled }: InputProps<'number' | 'money'>) {
  return (
    <TextInput
      id={id}
      label={`${field.label}，${field.unit}`}
      type={field.decimals === 0 ? 'number' : 'digit'}
      value={textOf(value)}
      onChange={onChange}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
      maxLength={20}
      unit={field.unit}
    />
  )
}

/** `whole`: from so many signs on nothing is missing. Cards have 16 to 19. */
const NUMBERS = {
  idcard: { type: 'idcard', length: 18, whole: 18, mask: maskIdNumber },
  uscc: { type: 'text', length: 18, whole: 18, mask: undefined },
  phone: { type: 'number', length: 11, whole: 11, mask: maskPhone },
  bankcard: { type: 'number', length: undefined, whole: 16, mask: maskCard },
} as const satisfies Partial<Record<FieldKind, unknown>>

type NumberKind = keyof typeof NUMBERS

/** A number that is known is shown masked; 改 takes a new one, and leaving it empty brings the known one back. */
function Masked({ label, words, onPress }: { label: string; words: string; onPress: () => void }) {
  return (
    <View className='picker-row is-filled' {...pressable(onPress, { label: `${label}，${words}，可以改` })}>
      <View className='picker-row__value figure'>{words}</View>
      <View className='accent small fixed'>改</View>
    </View>
  )
}

/** Numbers of people, cards and firms: what is missing is counted while one types. */
export function Digits({ field, id, path, value, onChange, isWrong, isPrefilled }: InputProps<NumberKind>) {
  const { prefilled } = useForm()
  const [isEditing, setEditing] = useState(false)
  const { type, length, whole, mask } = NUMBERS[field.kind]
  const text = textOf(value)
  // Spaces between the groups are taken, and are no digits.
  const typed = plainNumber(text).length
  if (mask && isPrefilled && !isEditing && !isWrong) {
    const edit = () => {
      setEditing(true)
      onChange('')
    }
    return <Masked label={field.label} words={mask(text)} onPress={edit} />
  }
  const known = prefilled[path]
  const leave = () => {
    if (text !== '' || known === undefined || !isEditing) return
    setEditing(false)
    onChange(known)
  }
  return (
    <TextInput
      id={id}
      label={field.label}
      type={type}
      value={text}
      onChange={onChange}
      onLeave={leave}
      focus={isEditing && text === ''}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
      maxLength={30}
      unit={
        // Complete, the number needs the room for itself.
        (typed < whole || (length !== undefined && typed > length)) && (
          <View className='small'>{length === undefined ? `${typed} 位` : `${typed} / ${length}`}</View>
        )
      }
    />
  )
}
