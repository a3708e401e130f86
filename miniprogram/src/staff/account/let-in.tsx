import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Account, SessionList } from '#shared/contract/account'
import type { AskingDesk } from '#shared/contract/desk-session'
import {
  CODE_SECONDS,
  COLLECTED_WITHIN_SECONDS,
  IDLE_MINUTES,
  PIN_GUESSED,
  pinFault,
  readDeskCode,
} from '#shared/domain/account/desk-session'
import { platform } from '../../platform'
import { type Answer, ask, call, type Trouble } from '../../platform/api'
import { now } from '../../platform/clock'
import { openTab } from '../../platform/navigation'
import { writeIn } from '../../platform/scroll'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { UNKNOWN } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { Field } from '../../ui/form/field'
import { TextInput } from '../../ui/form/text-input'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { momentWords } from '../../ui/words/dates'
import '../../ui/styles/staff.css'
import { PinInput } from './parts/pin-input'

const answerCode = (body: object): Promise<Answer<AskingDesk>> => ask('/api/desk-sessions/confirmation', body)

interface Asked {
  readonly code: string
  readonly desk: AskingDesk
  /** Whatever comes in later comes in by this code. */
  readonly at: string
}

const PIN_WORDS = { form: '6 位数字', guessed: PIN_GUESSED } as const

const whoWords = ({ name, roles }: Account) =>
  [name, ...roles.map(({ roleName }) => roleName)].filter(Boolean).join('，')

function troubleWords({ code, title, detail }: Trouble) {
  if (code === 'network.unreachable') return '没有连上网，再点一次。'
  return detail ?? (code === 'account.desk-code-invalid' ? title : '')
}

/** Nobody is told whether digits were ever shown: whoever typed them looks at them again first. */
const whyNoDesk = (trouble: Trouble, code: string) =>
  trouble.code === 'account.desk-code-invalid' && /^\d{8}$/.test(code)
    ? '没有电脑在等这个码。看看 8 位数有没有输错；电脑上换了新码，输新的'
    : troubleWords(trouble) || trouble.title

interface FinderProps {
  problem: string | undefined
  isBusy: boolean
  onCode: (words: string) => void
}

/** By the camera, or by the eight digits beside the code. */
function Finder({ problem, isBusy, onCode }: FinderProps) {
  const [digits, setDigits] = useState('')
  const scan = () => void platform.scan().then((words) => words !== undefined && onCode(words))
  return (
    <>
      <Lead title='登录哪台电脑？' note='电脑上打开办件台，扫它的码。扫不出，输码下面的 8 位。' />
      {platform.host === 'wechat' && (
        <Button block onPress={scan}>
          扫一扫
        </Button>
      )}
      <Card className='mt-3'>
        <Field id='digits' label='电脑上的 8 位数' error={problem}>
          <TextInput
            id='digits'
            label='电脑上的 8 位数'
            type='number'
            maxLength={9}
            value={digits}
            onChange={setDigits}
            onEnter={() => onCode(digits)}
            isWrong={problem !== undefined}
          />
        </Field>
      </Card>
      <View className='mt-3'>
        <Button kind='secondary' block loading={isBusy ? '正在看' : undefined} onPress={() => onCode(digits)}>
          看看是哪台
        </Button>
      </View>
    </>
  )
}

interface DeskProps {
  account: Account
  asked: Asked
  pin: string
  onPin: (pin: string) => void
  onEnter: () => void
  wrongPin: string | undefined
  trouble: Trouble | undefined
}

function Desk({ account, asked: { desk }, pin, onPin, onEnter, wrongPin, trouble }: DeskProps) {
  return (
    <>
      <Lead title='在这台电脑上登录？' note={`${CODE_SECONDS / 60} 分钟里点，过了要重新扫`} />
      <Card>
        <Facts
          facts={[
            { key: '哪台', value: desk.browser },
            { key: '网络', value: desk.address },
            {
              key: '上次',
              value: desk.lastAt === null ? '没在这样的电脑上登录过' : momentWords(desk.lastAt),
            },
            { key: '登录的人', value: whoWords(account) },
            { key: '登多久', value: `到${momentWords(desk.until)}，走开 ${IDLE_MINUTES} 分钟锁上` },
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
          <PinInput
            id='pin'
            label='设一个 6 位 PIN'
            value={pin}
            onChange={onPin}
            onEnter={onEnter}
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

type Done = 'confirmed' | 'refused' | 'unfetched' | 'unknown'

const BETWEEN = 1500
const pause = () => new Promise((resolve) => setTimeout(resolve, BETWEEN))

/** Whether the computer has come in: only when nothing may be fetched any more can it be said that it has not. */
async function fetched(since: string): Promise<Exclude<Done, 'refused'>> {
  const over = Date.now() + COLLECTED_WITHIN_SECONDS * 1000
  for (;;) {
    const isOver = Date.now() > over
    const answer = await call<SessionList>('GET', '/api/sessions')
    const isNew = ({ kind, createdAt }: SessionList['sessions'][number]) =>
      kind === 'desk' && createdAt >= since
    if (answer.ok && answer.value.sessions.some(isNew)) return 'confirmed'
    if (isOver) return answer.ok ? 'unfetched' : 'unknown'
    await pause()
  }
}

function useLettingIn() {
  const [asked, setAsked] = useState<Asked>()
  const [problem, setProblem] = useState<string>()
  const [pin, setPin] = useState('')
  const [wrongPin, setWrongPin] = useState<string>()
  const [done, setDone] = useState<Done>()
  const { isBusy, trouble, run, forget } = useAction()
  const onCode = (words: string) => {
    const code = readDeskCode(words)
    if (code === undefined) return setProblem('不是登录码。电脑上的数一共 8 位')
    setProblem(undefined)
    const at = now()
    return run(
      async () => {
        const answer = await answerCode({ code })
        if (!answer.ok) setProblem(whyNoDesk(answer.error, code))
        return answer
      },
      (desk) => setAsked({ code, desk, at }),
    )
  }
  const answer = (how: 'confirmed' | 'refused') => {
    if (!asked) return
    const fault = how === 'confirmed' ? pinFault(pin) : undefined
    setWrongPin(fault && PIN_WORDS[fault])
    if (fault) return writeIn('pin')
    const { code, at } = asked
    return run(
      async () => {
        const told = await answerCode({ code, answer: how, ...(how === 'confirmed' ? { pin } : {}) })
        // Nothing more can be said to this code: another is scanned.
        if (!told.ok && told.error.code === 'account.desk-code-invalid') {
          setProblem(told.error.title)
          setAsked(undefined)
        }
        return told
      },
      async () => setDone(how === 'refused' ? how : await fetched(at)),
    )
  }
  const onPin = (typed: string) => {
    setPin(typed)
    setWrongPin(undefined)
    forget()
  }
  return { asked, problem, onCode, pin, onPin, wrongPin, done, isBusy, trouble, answer }
}

const DONE = {
  confirmed: { title: '电脑上进去了', note: '不用时在“我的 → 登录过的设备”里让它退出。' },
  refused: { title: '码作废了', note: '那台电脑没有登录，管理员知道有人这样试过。' },
  unknown: { title: '不知道电脑接上没有', note: '连上网，看“我的 → 登录过的设备”，不认得的让它退出。' },
  unfetched: { title: '电脑没有接上', note: '没有登录。电脑上换一个新码，再扫一次。' },
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
      <Button loading={isBusy ? '等电脑接上' : undefined} onPress={() => void answer('confirmed')}>
        确认登录
      </Button>
    </StickyActionBar>
  )
}

const NO_WORK = { title: '这个微信没有工作身份', note: '有工作身份的人才能登录电脑。有邀请就先打开邀请。' }

function Content({ account, letting }: { account: Account; letting: ReturnType<typeof useLettingIn> }) {
  const { asked, problem, onCode, done, isBusy } = letting
  if (account.roles.length === 0) return <Lead {...NO_WORK} />
  if (done) return <Lead {...DONE[done]} />
  if (asked)
    return (
      <Desk {...letting} account={account} asked={asked} onEnter={() => void letting.answer('confirmed')} />
    )
  return <Finder problem={problem} isBusy={isBusy} onCode={onCode} />
}

/** The phone's side of the desk's door: which computer asks, and whether it is let in. */
function LetIn() {
  const { loaded, reload } = useRequest<Account>('/api/account')
  const letting = useLettingIn()
  return (
    <Page head={<NavBar title='登录电脑' backTo='tabs/account/me' />} foot={<Foot letting={letting} />}>
      <LoadedView loaded={loaded} label='正在取你的登记' onRetry={reload} rows={2}>
        {(account) => <Content account={account} letting={letting} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(LetIn)
