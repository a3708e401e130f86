import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import type { AskingDesk } from '#shared/contract/desk-session'
import { pinFault, readDeskCode } from '#shared/domain/account/desk-session'
import { platform } from '../../platform'
import { type Answer, ask, type Trouble } from '../../platform/api'
import { openTab } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { Notice } from '../../ui/feedback/notice'
import { UNKNOWN } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { Field } from '../../ui/form/field'
import { TextInput } from '../../ui/form/text-input'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { momentWords } from '../../ui/words/dates'
import '../../ui/styles/staff.css'

const answerCode = (body: object): Promise<Answer<AskingDesk>> => ask('/api/desk-sessions/confirmation', body)

interface Asked {
  readonly code: string
  readonly desk: AskingDesk
}

const PIN_WORDS = { form: '6 位数字', guessed: '连着的、重复的数太好猜，换一个' } as const

function troubleWords({ code, title, detail }: Trouble) {
  if (code === 'network.unreachable') return '没有连上网，再点一次。'
  return detail ?? title
}

/** The way without a camera: the eight digits beside the code. */
function Finder({ onFound, problem }: { onFound: (asked: Asked) => void; problem: string | undefined }) {
  const [digits, setDigits] = useState('')
  const [error, setError] = useState(problem)
  const { isBusy, trouble, run } = useAction()
  useEffect(() => setError(problem), [problem])
  const look = () => {
    const code = readDeskCode(digits)
    if (code === undefined) return setError('电脑上的数一共 8 位')
    setError(undefined)
    return run(
      () => answerCode({ code }),
      (desk) => onFound({ code, desk }),
    )
  }
  return (
    <>
      <Lead title='登录哪台电脑？' note='电脑上打开办件台，扫它的码。扫不出，输码下面的 8 位。' />
      <Card>
        <Field id='digits' label='电脑上的 8 位数' error={error ?? (trouble && troubleWords(trouble))}>
          <TextInput
            id='digits'
            label='电脑上的 8 位数'
            type='number'
            maxLength={9}
            value={digits}
            onChange={setDigits}
            onEnter={look}
            isWrong={error !== undefined || trouble !== undefined}
          />
        </Field>
      </Card>
      <View className='mt-3'>
        <Button block loading={isBusy ? '正在看' : undefined} onPress={() => void look()}>
          看看是哪台
        </Button>
      </View>
    </>
  )
}

interface DeskProps {
  asked: Asked
  pin: string
  onPin: (pin: string) => void
  wrongPin: string | undefined
  trouble: Trouble | undefined
}

function Desk({ asked: { desk }, pin, onPin, wrongPin, trouble }: DeskProps) {
  return (
    <>
      <Lead title='在这台电脑上登录？' note={`${momentWords(desk.expiresAt)}以前点，过了要重新扫`} />
      <Card>
        <Facts
          facts={[
            { key: '哪台', value: desk.browser },
            { key: '网络', value: desk.address },
            {
              key: '上次',
              value: desk.lastAt === null ? '没在这样的电脑上登录过' : momentWords(desk.lastAt),
            },
            { key: '登多久', value: `到${momentWords(desk.until)}，走开 15 分钟锁上` },
          ]}
        />
      </Card>
      <Card className='mt-3'>
        <Field
          id='pin'
          label='设一个 6 位 PIN'
          hint='电脑锁上以后用它打开，只管这一次登录。'
          error={wrongPin}
        >
          <TextInput
            id='pin'
            label='设一个 6 位 PIN'
            type='number'
            maxLength={6}
            value={pin}
            onChange={onPin}
            isWrong={wrongPin !== undefined}
          />
        </Field>
      </Card>
      <Notice className='mt-3'>别人发来的码、不是你面前的电脑，点“不是我”。码马上作废，管理员会知道。</Notice>
      {trouble && (
        <Notice
          tone='late'
          title={trouble.code === 'network.unreachable' ? UNKNOWN : trouble.title}
          className='mt-3'
        >
          {troubleWords(trouble)}
        </Notice>
      )}
    </>
  )
}

function useLettingIn() {
  const [asked, setAsked] = useState<Asked>()
  const [pin, setPin] = useState('')
  const [wrongPin, setWrongPin] = useState<string>()
  const [done, setDone] = useState<'confirmed' | 'refused'>()
  const { isBusy, trouble, run, forget } = useAction()
  const answer = (how: 'confirmed' | 'refused') => {
    if (!asked) return
    const fault = how === 'confirmed' ? pinFault(pin) : undefined
    setWrongPin(fault && PIN_WORDS[fault])
    if (fault) return
    const body = { code: asked.code, answer: how, ...(how === 'confirmed' ? { pin } : {}) }
    return run(
      () => answerCode(body),
      () => setDone(how),
    )
  }
  const onPin = (typed: string) => {
    setPin(typed)
    setWrongPin(undefined)
    forget()
  }
  return { asked, setAsked, pin, onPin, wrongPin, done, isBusy, trouble, answer }
}

const DONE = {
  confirmed: { title: '电脑上进去了', note: '不用时在“我的 → 登录过的设备”里让它退出。' },
  refused: { title: '码作废了', note: '那台电脑没有登录，管理员收到了消息。' },
} as const

function Foot({ letting }: { letting: ReturnType<typeof useLettingIn> }) {
  const { asked, done, isBusy, answer } = letting
  if (done) {
    return (
      <StickyActionBar>
        <Button onPress={() => openTab('tabs/account/me')}>好了</Button>
      </StickyActionBar>
    )
  }
  if (!asked) return null
  return (
    <StickyActionBar>
      <Button kind='secondary' onPress={() => void answer('refused')}>
        不是我
      </Button>
      <Button loading={isBusy ? '正在办' : undefined} onPress={() => void answer('confirmed')}>
        确认登录
      </Button>
    </StickyActionBar>
  )
}

/** The phone's side of the desk's door: which computer asks, and whether it is let in. */
export default function LetIn() {
  const letting = useLettingIn()
  const { setAsked } = letting
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    void platform.scan().then(async (words) => {
      if (words === undefined) return
      const code = readDeskCode(words)
      if (code === undefined) return setProblem('扫到的不是登录码')
      const answer = await answerCode({ code })
      if (answer.ok) setAsked({ code, desk: answer.value })
      else setProblem(troubleWords(answer.error))
    })
  }, [setAsked])
  const { asked, done } = letting
  return (
    <Page head={<NavBar title='登录电脑' backTo='tabs/account/me' />} foot={<Foot letting={letting} />}>
      {done ? (
        <Lead {...DONE[done]} />
      ) : asked ? (
        <Desk {...letting} asked={asked} />
      ) : (
        <Finder onFound={setAsked} problem={problem} />
      )}
    </Page>
  )
}
