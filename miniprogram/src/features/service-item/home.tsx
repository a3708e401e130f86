import { View } from '@tarojs/components'
import { useLayoutEffect } from 'react'
import type { Home } from '#shared/contract/service-item'
import { aria } from '../../platform/aria'
import { useIsDemo } from '../../platform/deployment'
import { useRecognition } from '../../platform/session'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { DemoMark } from '../../ui/feedback/demo-mark'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { ResidentTabs } from '../account/parts/resident-tabs'
import { tellWaiting } from '../account/parts/waiting'
import { ClosingNotice } from './parts/closing-notice'
import { FrontForResident } from './parts/front-for-resident'
import { FrontForVisitor } from './parts/front-for-visitor'
import './home.css'

const isResident = ({ me }: Home) =>
  me !== null && (me.realNameLevel > 0 || me.todos.length > 0 || me.running.length > 0)

function HomePage() {
  const isDemo = useIsDemo()
  const { loaded, reload } = useRequest<Home>('/api/home', 'home')
  useRecognition(loaded.state === 'ready' && loaded.savedAt === undefined && loaded.value.me === null, reload)
  useShownAgain(reload)
  // With the words themselves: after them the bar would be drawn once more.
  useLayoutEffect(() => {
    if (loaded.state !== 'ready') return
    const { me } = loaded.value
    tellWaiting({ todos: me?.todos.length ?? 0, unread: me?.unreadMessages ?? 0 })
  }, [loaded])
  const county = loaded.state === 'ready' ? loaded.value.county : ''
  return (
    <Page
      flush
      backdrop={<View className='backdrop' {...aria({ hidden: true })} />}
      head={
        <NavBar
          title='印象办事'
          titleHidden
          clear
          side={
            <>
              <View className='mark' />
              <View className='nav-bar__title'>印象办事</View>
              <View className='small muted'>{county}</View>
            </>
          }
        />
      }
      foot={<ResidentTabs current='home' />}
    >
      <LoadedView loaded={loaded} label='正在打开首页' onRetry={reload} cards={2} rows={3}>
        {(home) => (
          <>
            <ClosingNotice endsOn={home.endsOn} hotline={home.hotline} />
            {isResident(home) ? <FrontForResident home={home} /> : <FrontForVisitor home={home} />}
            <View className='foot-note'>
              {`${home.sponsor}主办`}
              <DemoMark isDemo={isDemo} />
            </View>
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(HomePage)
