import { View } from '@tarojs/components'
import { useState } from 'react'
import { checkAt } from '#shared/domain/application/field-kinds/check'
import { optionByAge } from '#shared/domain/application/field-kinds/computed'
import { Agreement } from '../../../../ui/form/agreement'
import { Button } from '../../../../ui/form/button'
import { CheckList, type Option, RadioList } from '../../../../ui/form/choice-list'
import { SelectRow } from '../../../../ui/form/picker-row'
import { SearchBox } from '../../../../ui/form/search-box'
import { TextInput } from '../../../../ui/form/text-input'
import { useForm } from '../form-context'
import { type InputProps, partOf, textOf, textsOf } from './input-props'

const optionsOf = (options: readonly string[]): readonly Option[] =>
  options.map((value) => ({ value, label: value }))

/** Longer lists open WeChat's wheel. */
const ON_THE_PAGE = 6

export function OneOf({ field, id, value, onChange, isWrong, isPrefilled }: InputProps<'radio' | 'select'>) {
  const chosen = typeof value === 'string' ? value : undefined
  const options = optionsOf(field.options)
  if (field.kind === 'radio' && options.length <= ON_THE_PAGE) {
    return (
      <View className='mt-2'>
        <RadioList label={field.label} options={options} value={chosen} onChange={onChange} />
      </View>
    )
  }
  return (
    <SelectRow
      id={id}
      label={field.label}
      options={options}
      value={chosen}
      onChange={onChange}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
    />
  )
}

/** What follows from a date of birth is told, not asked. */
export function Select(props: InputProps<'select'>) {
  const { answers, rules } = useForm()
  const { computed } = props.field
  const birth = computed ? answers[computed.from] : undefined
  if (!computed || textOf(birth) === '') return <OneOf {...props} />
  const option = optionByAge(computed, birth, checkAt('', rules, []))
  return (
    <View className='picker-row is-filled'>
      <View className='picker-row__value'>{option ?? '按出生日期算'}</View>
    </View>
  )
}

export function SomeOf({ field, value, onChange }: InputProps<'multiselect'>) {
  const chosen = textsOf(value)
  // An option that stands alone takes the others away, and they take it away.
  const choose = (values: readonly string[]) => {
    const added = values.find((each) => !chosen.includes(each))
    if (added === undefined) return onChange(values)
    if (field.exclusive.includes(added)) return onChange([added])
    return onChange(values.filter((each) => !field.exclusive.includes(each)))
  }
  return (
    <View className='mt-2'>
      {field.maxItems > 1 && <View className='small muted mt-1'>可以选几个</View>}
      <View className='mt-2'>
        <CheckList label={field.label} options={optionsOf(field.options)} values={chosen} onChange={choose} />
      </View>
    </View>
  )
}

export function Tick({ field, value, onChange }: InputProps<'checkbox'>) {
  return (
    <View className='mt-2'>
      <Agreement isAgreed={value === true} onChange={onChange} label={field.label}>
        {field.mustBeTrue ? '我同意' : '是，勾上'}
      </Agreement>
    </View>
  )
}

const FIRST_SCOPES = 8

export function Scopes({ field, value, onChange }: InputProps<'scopePicker'>) {
  const { choices } = useForm()
  const [typed, setTyped] = useState('')
  const [isAll, setAll] = useState(false)
  const chosen = textsOf(value)
  const words = typed.trim()
  const fitting = choices.scopes.filter(({ code, name }) => name.includes(words) || chosen.includes(code))
  const shown = isAll || words !== '' ? fitting : fitting.slice(0, FIRST_SCOPES)
  const hidden = fitting.length - shown.length
  return (
    <View className='mt-3'>
      <SearchBox compact value={typed} onChange={setTyped} placeholder='写做什么生意，比如 餐饮' />
      <View className='small muted mt-3'>选了 {chosen.length} 项</View>
      <View className='mt-2'>
        <CheckList
          label={field.label}
          values={chosen}
          onChange={onChange}
          options={shown.map(({ code, name, needsItem }) => ({
            value: code,
            label: name,
            note: needsItem === null ? undefined : '这一项另外还要办许可',
          }))}
        />
      </View>
      {shown.length === 0 && <View className='muted mt-2'>没有这一项，换个说法试试。</View>}
      {hidden > 0 && (
        <View className='mt-2'>
          <Button kind='text' onPress={() => setAll(true)}>
            再看 {hidden} 项
          </Button>
        </View>
      )}
    </View>
  )
}

const OTHER = 'other'

/** A published policy, or its name in one's own words. */
export function Policy({ field, id, value, onChange, isWrong }: InputProps<'policyPicker'>) {
  const { choices } = useForm()
  const other = partOf(value, 'other')
  const options: readonly Option[] = [
    ...choices.policies.map(({ code, name, benefit }) => ({ value: code, label: name, note: benefit })),
    { value: OTHER, label: '上面没有，自己写' },
  ]
  return (
    <View className='mt-2'>
      <RadioList
        label={field.label}
        options={options}
        value={typeof value === 'string' ? value : other === undefined ? undefined : OTHER}
        onChange={(chosen) => onChange(chosen === OTHER ? { other: '' } : chosen)}
      />
      {other !== undefined && (
        <TextInput
          id={id}
          label='政策的名字'
          placeholder='政策的名字'
          value={textOf(other)}
          maxLength={field.otherMaxLength}
          isWrong={isWrong}
          onChange={(words) => onChange({ other: words })}
        />
      )}
    </View>
  )
}
