import { View } from '@tarojs/components'
import { dayOfRule } from '#shared/domain/application/field-kinds/day'
import { RadioList } from '../../../../ui/form/choice-list'
import { DateRow, SelectRow } from '../../../../ui/form/picker-row'
import { dayWords, shortDayWords } from '../../../../ui/words/dates'
import { useForm } from '../form-context'
import { type InputProps, partOf, textOf } from './input-props'

const words = (value: string) => (value === '' ? undefined : shortDayWords(value))

export function OneDay({ field, id, value, onChange, isWrong, isPrefilled }: InputProps<'date'>) {
  const { rules } = useForm()
  const day = textOf(value)
  return (
    <DateRow
      id={id}
      label={field.label}
      value={day}
      words={words(day)}
      start={dayOfRule(field.min, rules.today)}
      end={dayOfRule(field.max, rules.today)}
      onChange={onChange}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
    />
  )
}

const ENDS = [
  { key: 'from', label: '从哪天' },
  { key: 'to', label: '到哪天' },
] as const

export function TwoDays({ field, id, value, onChange, isWrong }: InputProps<'daterange'>) {
  const { rules } = useForm()
  const range = { from: textOf(partOf(value, 'from')), to: textOf(partOf(value, 'to')) }
  return (
    <>
      {ENDS.map(({ key, label }) => (
        <View key={key} className='mt-2'>
          <View className='small muted'>{label}</View>
          <DateRow
            id={id}
            label={`${field.label}，${label}`}
            value={range[key]}
            words={words(range[key])}
            start={dayOfRule(field.min, rules.today)}
            end={dayOfRule(field.max, rules.today)}
            onChange={(day) => onChange({ ...range, [key]: day })}
            isWrong={isWrong}
          />
        </View>
      ))}
    </>
  )
}

/** A day that the office works, then the half of it that still has room. */
export function HalfDay({ field, id, value, onChange, isWrong }: InputProps<'slot'>) {
  const { slots } = useForm()
  const own = slots.filter(({ key }) => key === field.key)
  const chosen = textOf(partOf(value, 'date'))
  const half = textOf(partOf(value, 'half'))
  const days = [...new Set(own.map(({ on }) => on))].map((on) => {
    const left = own.filter((slot) => slot.on === on).reduce((sum, slot) => sum + slot.left, 0)
    return { value: on, label: left === 0 ? `${dayWords(on)}（约满了）` : dayWords(on) }
  })
  return (
    <>
      <SelectRow
        id={id}
        label={`${field.label}，哪天`}
        options={days}
        value={chosen === '' ? undefined : chosen}
        onChange={(on) => onChange({ date: on, half: '' })}
        isWrong={isWrong}
      />
      {chosen !== '' && (
        <View className='mt-3'>
          <RadioList
            label='上午还是下午'
            value={half === '' ? undefined : half}
            onChange={(next) => onChange({ date: chosen, half: next })}
            options={own
              .filter(({ on }) => on === chosen)
              .map((slot) => ({
                value: slot.half,
                label: slot.half,
                note: slot.left === 0 ? '约满了' : `还能约 ${slot.left} 位`,
                disabled: slot.left === 0,
              }))}
          />
        </View>
      )}
    </>
  )
}
