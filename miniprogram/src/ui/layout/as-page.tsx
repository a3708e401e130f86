import { View } from '@tarojs/components'
import { useDidShow, useRouter } from '@tarojs/taro'
import { Component, type ComponentType, type PropsWithChildren, type ReactNode } from 'react'
import { pageNamed, tabs, titleOf } from '#shared/contract/pages'
import { platform } from '../../platform'
import { reportFault } from '../../platform/faults'
import { openTab } from '../../platform/navigation'
import { EmptyState } from '../feedback/empty-state'
import { ErrorState } from '../feedback/error-state'
import { NewVersion } from '../feedback/new-version'
import { Button } from '../form/button'
import { HOTLINE } from '../words/hotline'
import { NavBar } from './nav-bar'
import { Page } from './page'
import { openResidentTab, RESIDENT_TABS } from './resident-tabs'
import { TabBar } from './tab-bar'

interface BoundaryProps {
  onBroken: (cause: unknown) => void
  /** `again` draws the page anew, as when it was opened. */
  instead: (again: () => void) => ReactNode
}

class Boundary extends Component<PropsWithChildren<BoundaryProps>, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(cause: unknown) {
    this.props.onBroken(cause)
  }

  override render() {
    const { instead, children } = this.props
    return this.state.isBroken ? instead(() => this.setState({ isBroken: false })) : children
  }
}

const HOME = 'features/service-item/home'

const usePath = () => pageNamed(useRouter()?.path.replace(/^\//, '').split('?')[0] ?? '') ?? HOME

function Broken({ onAgain }: { onAgain: () => void }) {
  const path = usePath()
  // Without what waits behind them: what could not be drawn may have been that.
  const tab = RESIDENT_TABS.find((each) => each.path === path)
  return (
    <Page
      head={<NavBar title={titleOf(path)} />}
      foot={tab && <TabBar current={tab.key} onOpen={openResidentTab} tabs={RESIDENT_TABS} />}
    >
      <ErrorState
        title='这一页出错了'
        note={`不是你点错了。再试一次，不行就${tab ? `先看别的，或者打 ${HOTLINE}` : '回首页，从首页再进来'}。`}
        retry={{ words: '再试一次', onPress: onAgain }}
      />
      {!tab && (
        <View className='mt-3'>
          <Button block kind='secondary' onPress={() => openTab(HOME)}>
            回首页
          </Button>
        </View>
      )}
    </Page>
  )
}

function OldLibrary() {
  return (
    <Page head={<NavBar title='印象办事' />}>
      <EmptyState
        title='微信太旧了，要先更新'
        note='在手机的应用商店里找到“微信”，点更新，再回来打开。不方便更新的，到窗口办也一样。'
      />
    </Page>
  )
}

/** What a page's file exports. A fault while it is drawn is told on it, and is no other page's. */
export function asPage(Content: ComponentType) {
  return function WholePage() {
    const path = usePath()
    useDidShow(() => platform.nameWindow(titleOf(path)))
    if (platform.isLibraryTooOld()) return <OldLibrary />
    return (
      <Boundary onBroken={reportFault} instead={(again) => <Broken onAgain={again} />}>
        <Content />
        {tabs.some((tab) => tab.path === path) && <NewVersion />}
      </Boundary>
    )
  }
}
