import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import type { AccountClosed, AccountClosing } from '#shared/contract/account-closing'
import { goesAtOnce, type Staying, staysByLaw } from '#shared/domain/account/closing'
import { HARDLY_KEPT } from '#shared/domain/time-limit/promised-deed'
import { type Answer, call, isUnanswered } from '../../platform/api'
import { aria } from '../../platform/aria'
import { isAtDesk } from '../../platform/desk'
import { openPage } from '../../platform/navigation'
import { closeSession } from '../../platform/session'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { ask } from '../../ui/feedback/question'
import { Button } from '../../ui/form/button'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { WithDays } from '../../ui/surface/day'
import { Icon, type IconName } from '../../ui/surface/icon'
import { Tag } from '../../ui/surface/tag'
import { dayWords } from '../../ui/words/dates'
import { CopyCell } from './parts/copy-cell'
import { tellWaiting } from './parts/waiting'

type Line = Pick<Staying, 'what' | 'note'>

function Lines({ icon, lines }: { icon: IconName; lines: readonly Line[] }) {
  return (
    <View className='mt-2' {...aria({ role: 'list' })}>
      {lines.map(({ what, note }) => (
        <View key={what} className='paper' {...aria({ role: 'listitem' })}>
          <Icon name={icon} />
          <View className='paper__body'>
            <View className='paper__name'>{what}</View>
            {note !== null && <View className='paper__note'>{note}</View>}
          </View>
        </View>
      ))}
    </View>
  )
}

const lawsOf = (staying: readonly Staying[]) =>
  [...new Set(staying.flatMap(({ law }) => (law === null ? [] : [law])))].join('；')

interface KeptProps {
  title: string
  holdings: AccountClosing['holdings']
  isClosed?: boolean
}

function Kept({ title, holdings, isClosed = false }: KeptProps) {
  const staying = staysByLaw(holdings, isClosed)
  return (
    <Card className='mt-3' title={title}>
      <Lines icon='lock' lines={staying} />
      <View className='small muted mt-2'>依据：{lawsOf(staying)}。</View>
    </Card>
  )
}

type OpenCase = AccountClosing['openCases'][number]

const caseWords = ({ missing, statusText, dueOn, dueDoubted }: OpenCase) => {
  if (missing.length > 0) return `等你补 ${missing.length} 样，补了或撤回都行`
  return dueOn === null
    ? statusText
    : `${statusText}，最晚 ${dayWords(dueOn)}${dueDoubted ? `，${HARDLY_KEPT}` : ''}`
}

function InTheWay({ openCases, workInHand, lastAdmin }: AccountClosing) {
  const count = openCases.length
  if (count === 0 && workInHand.count === 0 && !lastAdmin)
    return (
      <Card title='1　没有要先办的'>
        <View className='muted mt-2'>没有等着你的事，可以注销。</View>
      </Card>
    )
  return (
    <Card
      title={
        count > 0
          ? `1　先办完 ${count} 件`
          : workInHand.count > 0
            ? '1　先转给同事'
            : '1　先请另一位管理员接上'
      }
      side={<Tag tone='must'>还不能注销</Tag>}
    >
      {openCases.map((each) => (
        <Cell
          key={each.id}
          label={each.whose === null ? each.plainName : `${each.plainName}，${each.whose}`}
          note={<WithDays words={caseWords(each)} />}
          onPress={() => openPage('features/case/timeline', { id: each.id })}
        />
      ))}
      {workInHand.count > 0 && (
        <Cell
          label={`手上还有 ${workInHand.count} 件工作`}
          note='先转给同事；岗上只有你一个，请管理员停用你的工作身份，件就交给别人'
          onPress={() => openPage('staff/case/queue')}
        />
      )}
      {lastAdmin && <View className='muted mt-2'>县里只有你一位系统管理员，你走了没人能邀请同事。</View>}
    </Card>
  )
}

const barWords = ({ openCases, workInHand, lastAdmin }: AccountClosing) => {
  if (openCases.length > 0) return `还有 ${openCases.length} 件没办完，办完或撤回就能注销`
  if (workInHand.count > 0) return '手上的工作转给同事，或者请管理员停用你的工作身份，就能注销'
  return lastAdmin ? '另一位管理员接上了就能注销' : '注销了不能反悔'
}

/** Twice, in other words: what is gone comes back by nothing. */
const areSure = async () =>
  (await ask({
    title: '要注销吗？',
    words: '姓名、手机号、身份证号、没填完的、消息都会删掉，所有手机和电脑马上退出。',
    confirm: '要注销',
    cancel: '不注销',
    ends: true,
  })) &&
  (await ask({
    title: '最后问一次：删了的找不回来',
    words: '依法留着的不删。以后想用，要重新登记。去窗口、找代办员，一样能办事。',
    confirm: '确定注销',
    cancel: '我再想想',
    ends: true,
  }))

function Before({ closing }: { closing: AccountClosing }) {
  return (
    <>
      <Lead title='注销前，看清三件事' note='注销了，这个微信在这里就没有你了。' />
      <InTheWay {...closing} />
      <Card className='mt-3' title='2　这些会删掉'>
        <Lines icon='trash' lines={goesAtOnce(closing.holdings)} />
      </Card>
      <Kept title='3　这些法律要留' holdings={closing.holdings} />
      <CellGroup className='mt-3'>
        <CopyCell label='先要一份我的信息' />
      </CellGroup>
      <View className='small muted mt-3'>去窗口、找代办员，一样能办事。以后想用，重新登记就行。</View>
    </>
  )
}

/** Whoever is gone is refused as a stranger: after a try of which nothing was heard that is its answer. */
const isGone = (answer: Answer<AccountClosed>) =>
  !answer.ok &&
  (answer.error.code === 'account.session-ended' || answer.error.code === 'account.consent-needed')

function CloseBar({ closing, onClosed }: { closing: AccountClosing; onClosed: () => void }) {
  const { isBusy, trouble, run } = useAction()
  const isKept = closing.openCases.length + closing.workInHand.count > 0 || closing.lastAdmin
  const isUnclear = useRef(false)
  const send = async (): Promise<Answer<unknown>> => {
    const answer = await call<AccountClosed>('POST', '/api/account/closing', {})
    if (isUnclear.current && isGone(answer)) return { ok: true, value: undefined }
    isUnclear.current ||= !answer.ok && isUnanswered(answer.error)
    return answer
  }
  const close = async () => {
    if (await areSure()) await run(send, onClosed)
  }
  return (
    <StickyActionBar
      note={trouble ? (trouble.detail ?? trouble.title) : isAtDesk() ? '注销要在手机上办' : barWords(closing)}
      alert={trouble !== undefined}
    >
      <Button
        kind='danger'
        block
        disabled={isKept || isAtDesk()}
        loading={isBusy ? '正在注销，别关' : undefined}
        onPress={close}
      >
        注销
      </Button>
    </StickyActionBar>
  )
}

function After({ holdings }: AccountClosing) {
  return (
    <>
      <Lead title='注销好了' note='所有手机和电脑都退出了，这部手机上没填完的也删了。' />
      <Card title='删掉了'>
        <Lines icon='trash' lines={goesAtOnce(holdings).map(({ what }) => ({ what, note: null }))} />
      </Card>
      <Kept title='留着的' holdings={holdings} isClosed />
      <View className='small muted mt-3'>去窗口、找代办员，一样能办事。以后想用，重新登记就行。</View>
      <View className='mt-4'>
        <Button block onPress={() => openPage('features/service-item/home')}>
          回首页
        </Button>
      </View>
    </>
  )
}

/** 注销: what stands in the way, what goes and what stays, before it and after it. */
function ClosingPage() {
  const { loaded, reload } = useRequest<AccountClosing>('/api/account/closing')
  const [closed, setClosed] = useState<AccountClosing>()
  useShownAgain(reload)
  const leave = (closing: AccountClosing) => {
    closeSession()
    tellWaiting({ todos: 0, unread: 0 })
    setClosed(closing)
  }
  const isAsking = closed === undefined && loaded.state === 'ready'
  return (
    <Page
      head={<NavBar title='注销' backTo='tabs/account/me' />}
      foot={isAsking && <CloseBar closing={loaded.value} onClosed={() => leave(loaded.value)} />}
    >
      {closed ? (
        <After {...closed} />
      ) : (
        <LoadedView loaded={loaded} label='正在看还有什么没办完' onRetry={reload} cards={3} rows={0}>
          {(closing) => <Before closing={closing} />}
        </LoadedView>
      )}
    </Page>
  )
}

export default asPage(ClosingPage)
