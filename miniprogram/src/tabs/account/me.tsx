import { View } from '@tarojs/components'
import { useEffect } from 'react'
import type { Account } from '#shared/contract/account'
import { OVERSEES } from '#shared/domain/organization/staff'
import { useAbout } from '../../features/account/parts/about'
import { AboutFoot } from '../../features/account/parts/about-foot'
import { PersonCard } from '../../features/account/parts/person-card'
import { ResidentTabs } from '../../features/account/parts/resident-tabs'
import { SessionCells } from '../../features/account/parts/session-cells'
import { VillageCard } from '../../features/account/parts/village-card'
import { tellWaiting } from '../../features/account/parts/waiting'
import { platform } from '../../platform'
import { call } from '../../platform/api'
import { useIsDemo } from '../../platform/deployment'
import { isAtDesk } from '../../platform/desk'
import { useElderMode } from '../../platform/elder-mode'
import { openPage } from '../../platform/navigation'
import { useSession } from '../../platform/session'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { DemoMark } from '../../ui/feedback/demo-mark'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { SwitchCell } from '../../ui/form/switch'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { HOTLINE } from '../../ui/words/hotline'
import './account.css'

function workWords({ openTasks, roles }: Account) {
  if (openTasks > 0) return `${openTasks > 99 ? '99+' : openTasks} 件要办`
  return roles.every(({ role }) => OVERSEES.some((each) => each === role)) ? '没有归你办的' : '都办完了'
}

function WorkCell({ account }: { account: Account }) {
  if (account.roles.length === 0) return null
  const isAdmin = account.roles.some(({ role }) => role === 'admin')
  const laysCalendars = isAdmin || account.roles.some(({ role }) => role === 'chief-liaison')
  const names = account.roles.map(({ roleName, unitName }) => `${unitName} ${roleName}`)
  return (
    <CellGroup className='mt-3'>
      <Cell
        icon='work'
        label='我的工作'
        note={names.join('、')}
        value={workWords(account)}
        onPress={() => openPage('staff/case/queue')}
      />
      <Cell icon='pen' label='办事用语' onPress={() => openPage('staff/case/replies')} />
      <Cell icon='list' label='头一次没要齐的' onPress={() => openPage('staff/case/missed-items')} />
      {!isAtDesk() && (
        <Cell
          icon='swap'
          label='扫码登录电脑'
          note='窗口、办公室的电脑'
          onPress={() => openPage('staff/account/let-in')}
        />
      )}
      {isAdmin && <Cell icon='person' label='邀请同事' onPress={() => openPage('staff/account/invite')} />}
      {isAdmin && (
        <Cell icon='bell' label='没发成的提醒' onPress={() => openPage('staff/reminder/dead-letters')} />
      )}
      {laysCalendars && (
        <Cell icon='calendar' label='放假日历' onPress={() => openPage('staff/case/calendar')} />
      )}
      {isAdmin && !isAtDesk() && (
        <Cell
          icon='lock'
          label='二次验证'
          value={account.secondFactor ? '绑好了' : '没绑'}
          onPress={() => openPage('staff/account/second-factor')}
        />
      )}
    </CellGroup>
  )
}

function ElderCell() {
  const { elder, setElder } = useElderMode()
  const isLoggedIn = useSession((session) => session.isLoggedIn)
  const change = (isOn: boolean) => {
    setElder(isOn)
    // The phone has it already; the server's copy is for the next phone.
    if (isLoggedIn) void call('POST', '/api/account', { elderMode: isOn })
  }
  return (
    <CellGroup className='mt-3'>
      <SwitchCell
        icon='textsize'
        label='大字版'
        note='字大、键大、一行只放一样'
        isOn={elder}
        onChange={change}
      />
    </CellGroup>
  )
}

const LOGGED_OUT = {
  title: '还没有登录',
  note: '登录以后，看得到你办的事和消息。',
  icon: 'person',
  isTab: true,
} as const

function MePage() {
  const isDemo = useIsDemo()
  const { loaded, reload } = useRequest<Account>('/api/account')
  const about = useAbout()
  // There before the county's own is known: what stands below does not move from under a thumb.
  const hotline = about?.hotline ?? HOTLINE
  useShownAgain(reload)
  useEffect(() => {
    if (loaded.state === 'ready') tellWaiting({ unread: loaded.value.unreadMessages })
  }, [loaded])
  return (
    <Page head={<NavBar title='我的' />} foot={<ResidentTabs current='me' />}>
      <LoadedView loaded={loaded} label='正在取你的登记' onRetry={reload} rows={1} loggedOut={LOGGED_OUT}>
        {(account) => (
          <>
            <PersonCard account={account} />
            <WorkCell account={account} />
            <VillageCard account={account} about={about} onChanged={reload} />
          </>
        )}
      </LoadedView>
      <ElderCell />
      <CellGroup className='mt-3'>
        <Cell
          icon='pen'
          label='投诉建议'
          note='不满意、有主意，都能说'
          onPress={() => openPage('features/feedback/complain')}
        />
        <Cell
          icon='list'
          label='正在公示的'
          note='看看公示了什么，不同意怎么提'
          onPress={() => openPage('features/notice/notices')}
        />
        {loaded.state === 'ready' && !isAtDesk() && (
          <Cell icon='bell' label='提醒设置' onPress={() => openPage('features/account/reminder-settings')} />
        )}
        <Cell
          icon='shield'
          label='协议和授权'
          note='同意过什么，怎么收回'
          onPress={() =>
            openPage(loaded.state === 'ready' ? 'features/account/consents' : 'features/account/agreement')
          }
        />
        <Cell
          icon='phone'
          label={`打 ${hotline}`}
          note='办不成、不会办，打电话问'
          onPress={() => platform.makePhoneCall(hotline)}
        />
      </CellGroup>
      {loaded.state === 'ready' && <SessionCells onLoggedOut={reload} />}
      {about && <AboutFoot about={about} />}
      <View className='foot-note'>
        <DemoMark isDemo={isDemo} />
      </View>
    </Page>
  )
}

export default asPage(MePage)
