import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ObjectionReceived } from '#shared/contract/notice-objection'
import type { PublicNoticePage } from '#shared/contract/public-notice'
import { FEWEST_WORDS, LEFT_PHONE } from '#shared/domain/case/publicity/public-objection'
import { call } from '../../../platform/api'
import { scrollToField } from '../../../platform/scroll'
import { useAction } from '../../../platform/use-action'
import { useDraft } from '../../../platform/use-draft'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { TextArea, TextInput } from '../../../ui/form/text-input'
import { Card } from '../../../ui/surface/card'
import { dayWords } from '../../../ui/words/dates'
import { limitWords } from '../../../ui/words/waits'

const NO_WORDS = { words: '' }
const NO_CONTACT = { name: '', phone: '' }
type Draft = typeof NO_WORDS & typeof NO_CONTACT

/** By field, in the order of the page. */
function faultsOf({ words, name, phone }: Draft): readonly (readonly [keyof Draft, string])[] {
  const all: (readonly [keyof Draft, string | false])[] = [
    ['words', words.trim().length < FEWEST_WORDS && `写明哪里不对，至少 ${FEWEST_WORDS} 个字`],
    ['name', name.trim().length === 1 && '名字写全，不留就空着'],
    [
      'phone',
      phone.trim() !== '' && !LEFT_PHONE.test(phone.trim()) && '电话写全：11 位手机号，或者带区号的座机',
    ],
  ]
  return all.flatMap(([field, fault]) => (fault === false ? [] : [[field, fault] as const]))
}

const bodyOf = ({ words, name, phone }: Draft) => ({
  words: words.trim(),
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
})

function Received({ received, phone }: { received: ObjectionReceived; phone: string | null }) {
  const { number, receivedOn, isTold } = received
  const call = phone === null ? '到这个单位' : `打 ${phone} `
  return (
    <Notice icon='done' className='mt-3' title='收到了'>
      {dayWords(receivedOn)} 收到你对 {number} 的意见。先由工作人员看，再核实。
      {isTold
        ? '有了结果，打你留的电话告诉你。'
        : `你没留电话，结果没法告诉你；想知道，${call}问，说是 ${number}。记下来，公示会撤。`}
    </Notice>
  )
}

/** What anybody writes against the notice: the words are kept until it is sent. Who writes them is not: a hall's screen is everybody's. */
export function ObjectionForm({ notice: { id, phone } }: { notice: PublicNoticePage }) {
  const { draft: kept, change, forget } = useDraft(`objection:${id}`, NO_WORDS)
  const [contact, setContact] = useState(NO_CONTACT)
  const draft: Draft = { words: kept.words, ...contact }
  const [wasTried, setTried] = useState(false)
  const [received, setReceived] = useState<ObjectionReceived>()
  const { isBusy, trouble, run, forget: forgetTrouble } = useAction()
  if (received) return <Received received={received} phone={phone} />
  const faults = faultsOf(draft)
  const errorOf = (field: keyof Draft) =>
    wasTried ? faults.find(([wrong]) => wrong === field)?.[1] : undefined
  const write = (part: Partial<Draft>) => {
    const { words, ...from } = { ...draft, ...part }
    change({ words })
    setContact(from)
    forgetTrouble()
  }
  const send = () => {
    setTried(true)
    const [first] = faults
    if (first) return scrollToField(first[0])
    void run(
      () => call<ObjectionReceived>('POST', `/api/notices/${id}/objections`, bodyOf(draft)),
      (answer) => {
        forget()
        setReceived(answer)
      },
    )
  }
  return (
    <Card title='在这里写' className='mt-3'>
      <Field id='words' label='哪里不对' error={errorOf('words')}>
        <TextArea
          id='words'
          label='哪里不对'
          value={draft.words}
          onChange={(words) => write({ words })}
          placeholder='比如：这块地不是他家的'
          isWrong={errorOf('words') !== undefined}
        />
      </Field>
      <View className='small muted mt-2'>
        名字、电话不留也收。留了电话，核实的时候好问你，有了结果告诉你。只给核实的工作人员看，告诉你结果以后就删。
      </View>
      <Field id='name' label='你的名字' optional error={errorOf('name')}>
        <TextInput
          id='name'
          label='你的名字'
          value={draft.name}
          maxLength={30}
          onChange={(name) => write({ name })}
          isWrong={errorOf('name') !== undefined}
        />
      </Field>
      <Field id='phone' label='你的电话' optional error={errorOf('phone')}>
        <TextInput
          id='phone'
          label='你的电话'
          value={draft.phone}
          maxLength={20}
          onChange={(phone) => write({ phone })}
          isWrong={errorOf('phone') !== undefined}
        />
      </Field>
      {trouble && (
        <Notice tone='late' className='mt-3' title={trouble.title}>
          你写的都还在。
          {trouble.detail ?? (trouble.code === 'request.rate-limited' ? limitWords(trouble) : '过一会再交。')}
        </Notice>
      )}
      <View className='mt-3'>
        <Button block loading={isBusy ? '正在交，别关' : undefined} onPress={send}>
          交上去
        </Button>
      </View>
    </Card>
  )
}
