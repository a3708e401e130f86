import { View } from '@tarojs/components'
import { pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Field } from './field'
import { TextArea } from './text-input'
import '../styles/reason.css'

/** As the contract's `reason` wants it. */
export const isReasoned = (reason: string) => reason.trim().length >= 2

interface PhrasesProps {
  phrases: readonly string[]
  value: string
  onChange: (value: string) => void
}

export const phrasesIn = (value: string) => value.split('；').filter(Boolean)

/** A phrase goes in with one tap and out with another; what was typed stays. */
export function Phrases({ phrases, value, onChange }: PhrasesProps) {
  if (phrases.length === 0) return null
  // A phrase may be of two clauses: it is looked for whole.
  const whole = `；${value}；`
  return (
    <View className='mt-2'>
      {phrases.map((phrase) => {
        const own = `；${phrase}；`
        const isOn = whole.includes(own)
        const next = isOn ? whole.replace(own, '；') : whole + phrase
        return (
          <View
            key={phrase}
            className={classNames('reason-chip', isOn && 'is-on')}
            {...pressable(() => onChange(phrasesIn(next).join('；')), { role: 'checkbox', checked: isOn })}
          >
            {phrase}
          </View>
        )
      })}
    </View>
  )
}

interface ReasonBoxProps extends PhrasesProps {
  id?: string
  label: string
  optional?: boolean
  hint?: string | undefined
  error?: string | undefined
}

export function ReasonBox({ id = 'reason', label, optional, hint, error, ...text }: ReasonBoxProps) {
  return (
    <Field id={id} label={label} optional={optional} hint={hint} error={error}>
      <Phrases {...text} />
      <TextArea
        id={id}
        label={label}
        value={text.value}
        onChange={text.onChange}
        placeholder={text.phrases.length > 0 ? '点上面的，也可以自己写' : '写在这里'}
        isWrong={error !== undefined}
      />
    </Field>
  )
}
