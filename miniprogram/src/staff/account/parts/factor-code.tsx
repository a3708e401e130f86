import { View } from '@tarojs/components'
import { useState } from 'react'
import { FACTOR_MINUTES } from '#shared/domain/account/desk-session'
import { ask, type Trouble } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { UNKNOWN, unansweredWords } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'

const LABEL = '验证器上的 6 位数'
const DIGITS = /^\d{6}$/

function troubleWords({ code, title, detail }: Trouble) {
  if (code === 'network.unreachable') return `${UNKNOWN}，${unansweredWords(code)}。等下一个数再试`
  return detail ?? title
}

interface FactorCodeProps {
  /** Where the six digits go. */
  path: string
  onTaken: () => unknown
  words: { readonly press: string; readonly busy: string }
  kind?: 'primary' | 'secondary'
}

/** The six digits of the authenticator, each good once. */
export function FactorCode({ path, onTaken, words, kind = 'primary' }: FactorCodeProps) {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const { isBusy, run } = useAction()
  const change = (typed: string) => {
    setCode(typed)
    setProblem(undefined)
  }
  const send = () => {
    if (!DIGITS.test(code)) return setProblem(`6 位数字，现在 ${code.length} 位`)
    return run(async () => {
      const answer = await ask<undefined>(path, { code })
      if (!answer.ok) setProblem(troubleWords(answer.error))
      setCode('')
      return answer
    }, onTaken)
  }
  return (
    <>
      <Field id='factor' label={LABEL} error={problem}>
        <TextInput
          id='factor'
          label={LABEL}
          type='number'
          maxLength={6}
          value={code}
          onChange={change}
          onEnter={() => void send()}
          isWrong={problem !== undefined}
        />
      </Field>
      <View className='mt-3'>
        <Button block kind={kind} loading={isBusy ? words.busy : undefined} onPress={() => void send()}>
          {words.press}
        </Button>
      </View>
    </>
  )
}

/** Where a desk asks for the second factor before it does what was pressed. */
export function FactorSheet({ onShown, onClose }: { onShown: () => unknown; onClose: () => void }) {
  return (
    <Sheet title='先输验证器上的数' onClose={onClose}>
      <View className='muted'>输对了接着办，{FACTOR_MINUTES} 分钟里不再问。</View>
      <View className='mt-3'>
        <FactorCode
          path='/api/desk-sessions/current/second-factor'
          onTaken={onShown}
          words={{ press: '接着办', busy: '正在核对' }}
        />
      </View>
      <SheetActions>
        <Button block kind='text' onPress={onClose}>
          先不办
        </Button>
      </SheetActions>
    </Sheet>
  )
}
