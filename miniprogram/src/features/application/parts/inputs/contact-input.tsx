import { View } from '@tarojs/components'
import { NO_PHONE, WHOSE } from '#shared/domain/application/contact'
import { type Option, RadioList } from '../../../../ui/form/choice-list'
import { TextInput } from '../../../../ui/form/text-input'
import { useForm } from '../form-context'
import { type InputProps, textOf } from './input-props'
import { Digits } from './text-inputs'

const WAYS = [
  { value: 'own', label: '本人的号码', note: '座机也行，连区号一起写' },
  { value: 'other', label: '别人的号码', note: '家里人、邻居的，写上是谁的' },
  { value: 'none', label: NO_PHONE, note: '不发消息，文书当面给或者送到家' },
] as const satisfies readonly Option[]
type Way = (typeof WAYS)[number]['value']

const wayOf = (text: string): Way => (text === NO_PHONE ? 'none' : text.includes(WHOSE) ? 'other' : 'own')

const START = { own: '', other: WHOSE, none: NO_PHONE } as const satisfies Record<Way, string>

/** At a counter it is asked whose number it is, and who has none needs none. */
function AtCounter({ field, id, value, onChange, isWrong }: InputProps<'phone'>) {
  const text = textOf(value)
  const way = wayOf(text)
  const [number = '', ...whose] = way === 'none' ? [] : text.split(WHOSE)
  const write = (typed: string, of: string) => onChange(way === 'other' ? typed + WHOSE + of : typed)
  return (
    <>
      <View className='mt-2'>
        <RadioList
          label='谁的号码'
          options={WAYS}
          value={way}
          onChange={(to) => {
            const next = WAYS.find((each) => each.value === to)?.value ?? 'own'
            if (next !== way) onChange(next === 'none' ? NO_PHONE : number + START[next])
          }}
        />
      </View>
      {way !== 'none' && (
        <View className='mt-2'>
          <TextInput
            id={id}
            label={way === 'own' ? field.label : '号码'}
            type='text'
            value={number}
            onChange={(typed) => write(typed, whose.join(WHOSE))}
            isWrong={isWrong}
            maxLength={30}
          />
        </View>
      )}
      {way === 'other' && (
        <View className='mt-2'>
          <TextInput
            id={`${id}-whose`}
            label='是谁的'
            placeholder='是谁的，比如：外孙'
            value={whose.join(WHOSE)}
            onChange={(of) => write(number, of)}
            isWrong={isWrong}
            maxLength={40}
          />
        </View>
      )}
    </>
  )
}

export function Contact(props: InputProps<'phone'>) {
  const isAsked = useForm().rules.entered && props.field.prefill === 'identity.mobile'
  return isAsked ? <AtCounter {...props} /> : <Digits {...props} />
}
