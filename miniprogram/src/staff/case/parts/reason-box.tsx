import { View } from '@tarojs/components'
import { platform } from '../../../platform'
import { pressable } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { Field } from '../../../ui/form/field'
import { TextArea } from '../../../ui/form/text-input'

interface PhrasesProps {
  phrases: readonly string[]
  value: string
  onChange: (value: string) => void
}

export const phrasesIn = (value: string) => value.split('；').filter(Boolean)

/** A phrase goes in with one tap and out with another; what was typed stays. */
export function Phrases({ phrases, value, onChange }: PhrasesProps) {
  if (phrases.length === 0) return null
  const written = phrasesIn(value)
  return (
    <View className='mt-2'>
      {phrases.map((phrase) => {
        const isOn = written.includes(phrase)
        const next = isOn ? written.filter((each) => each !== phrase) : [...written, phrase]
        return (
          <View
            key={phrase}
            className={classNames('reason-chip', isOn && 'is-on')}
            {...pressable(() => onChange(next.join('；')), { role: 'checkbox', checked: isOn })}
          >
            {phrase}
          </View>
        )
      })}
    </View>
  )
}

/** On the page of a decision: of its case alone, since a page that is still leaving may have one too. */
export const reasonIdOf = (caseId: string) => `reason-${caseId}`

/** What is decided, by its act. */
export type Choice = 'grant' | 'refuse'
export const isChoice = (action: string): action is Choice => action === 'grant' || action === 'refuse'

/** Where it is kept until it is sent: the words for the one choice never become those for the other. */
export const reasonNameOf = (caseId: string, action: Choice) => `decision:${caseId}:${action}`

/** By key: what is typed before the box is there waits for it, and is kept as it would be there. Ends by what is returned. */
export function awaitReason(caseId: string, action: Choice) {
  const name = reasonNameOf(caseId, action)
  const stands = (platform.read(name) as string | undefined) ?? ''
  return platform.awaitField(`field-${reasonIdOf(caseId)}`, stands, (words) => platform.write(name, words))
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
