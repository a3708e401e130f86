import { View } from '@tarojs/components'
import { aria, pressable, tabStop } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

export interface Option {
  readonly value: string
  readonly label: string
  readonly note?: string | undefined
  /** Cannot be chosen; `note` says why. */
  readonly disabled?: boolean | undefined
}

interface ChoiceListProps {
  label: string
  options: readonly Option[]
}

interface ChoiceProps {
  option: Option
  role: 'radio' | 'checkbox'
  isChosen: boolean
  isStop?: boolean
  onPress: () => void
}

function Choice({ option, role, isChosen, isStop = true, onPress }: ChoiceProps) {
  const { label, note, disabled } = option
  return (
    <View
      className={classNames('choice', isChosen && 'is-chosen', disabled && 'is-disabled')}
      {...pressable(disabled ? undefined : onPress, {
        role,
        checked: isChosen,
        disabled: disabled || undefined,
      })}
      {...tabStop(isStop)}
    >
      <View className={classNames('choice__mark', role === 'checkbox' && 'choice__mark--box')}>
        {isChosen && <Icon name='check' size='s' />}
      </View>
      <View className='choice__body'>
        {label}
        {note !== undefined && <View className='choice__note'>{note}</View>}
      </View>
    </View>
  )
}

interface RadioListProps extends ChoiceListProps {
  value: string | undefined
  onChange: (value: string) => void
}

export function RadioList({ label, options, value, onChange }: RadioListProps) {
  const open = options.filter(({ disabled }) => !disabled)
  const stop = open.find((option) => option.value === value) ?? open[0]
  return (
    <View className='choice-list' {...aria({ role: 'radiogroup', label })}>
      {options.map((option) => (
        <Choice
          key={option.value}
          option={option}
          role='radio'
          isChosen={option.value === value}
          isStop={option === stop}
          onPress={() => onChange(option.value)}
        />
      ))}
    </View>
  )
}

interface CheckListProps extends ChoiceListProps {
  values: readonly string[]
  onChange: (values: readonly string[]) => void
}

const toggled = (values: readonly string[], value: string) =>
  values.includes(value) ? values.filter((each) => each !== value) : [...values, value]

export function CheckList({ label, options, values, onChange }: CheckListProps) {
  return (
    <View className='choice-list' {...aria({ role: 'group', label })}>
      {options.map((option) => (
        <Choice
          key={option.value}
          option={option}
          role='checkbox'
          isChosen={values.includes(option.value)}
          onPress={() => onChange(toggled(values, option.value))}
        />
      ))}
    </View>
  )
}

/** Short answers side by side: what was good about a service. */
export function ReasonList({ label, options, values, onChange }: CheckListProps) {
  return (
    <View className='reason-row' {...aria({ role: 'group', label })}>
      {options.map((option) => {
        const isChosen = values.includes(option.value)
        return (
          <View
            key={option.value}
            className={classNames('reason', isChosen && 'is-chosen')}
            {...pressable(() => onChange(toggled(values, option.value)), {
              role: 'checkbox',
              checked: isChosen,
            })}
          >
            {isChosen && <Icon name='check' size='s' className='reason__mark' />}
            {option.label}
          </View>
        )
      })}
    </View>
  )
}
