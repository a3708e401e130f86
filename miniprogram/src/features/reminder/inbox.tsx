import { View } from '@tarojs/components'
import { useEffect } from 'react'
import type { Consents, Inbox, InboxRead } from '#shared/contract/reminder'
import { call } from '../../platform/api'
import { isAtDesk } from '../../platform/desk'
import { openPage, openTab } from '../../platform/navigation'
import { usePages } from '../../platform/use-pages'
import { useRequest } from '../../platform/use-request'
import { noteUnbound } from '../../platform/work-reminders'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { MorePages } from '../../ui/feedback/more-pages'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { ResidentTabs } from '../account/parts/resident-tabs'
import { tellWaiting } from '../account/parts/waiting'
import { CreditsCard } from './parts/credits-card'
import { MessageDays } from './parts/message-days'

const LOGGED_OUT = {
  title: '登录了，看给你的消息',
  note: '办到哪一步、要你做什么，都会说。',
  icon: 'message',
  isTab: true,
} as const

/** What has been on the screen counts as seen; which were new stays marked while one looks. */
function useSeen(inbox: Inbox | undefined) {
  const newest = inbox?.items[0]?.id
  const unread = inbox?.unread ?? 0
  useEffect(() => {
    if (newest === undefined || unread === 0) return
    let isHere = true
    const mark = async () => {
      const answer = await call<InboxRead>('POST', '/api/inbox/read', { upTo: newest })
      if (!answer.ok) return
      tellWaiting({ unread: answer.value.unread })
      // One request marks a bounded number; what came after the newest is not seen yet.
      if (isHere && answer.value.unread > 0 && answer.value.read > 0) await mark()
    }
    void mark()
    return () => {
      isHere = false
    }
  }, [newest, unread])
}

/** Whoever is told that they take no employee messages is asked anew where they work. */
function useUnbound(inbox: Inbox | undefined) {
  const at = inbox?.items.find(({ because }) => because === 'not-bound')?.at
  useEffect(() => {
    if (at !== undefined) noteUnbound(at)
  }, [at])
}

function InboxPage() {
  const { loaded, reload, ...pages } = usePages<Inbox>('/api/inbox', 'inbox')
  const isReady = loaded.state === 'ready'
  // After the messages: one login serves both.
  const consents = useRequest<Consents>(isReady && loaded.savedAt === undefined ? '/api/consents' : undefined)
  useSeen(isReady ? loaded.value : undefined)
  useUnbound(isReady ? loaded.value : undefined)
  return (
    <Page head={<NavBar title='消息' />} foot={<ResidentTabs current='inbox' />}>
      <LoadedView
        loaded={loaded}
        label='正在取消息'
        onRetry={reload}
        cards={0}
        rows={4}
        loggedOut={LOGGED_OUT}
      >
        {({ items }) => (
          <>
            {consents.loaded.state === 'ready' && (
              <CreditsCard consents={consents.loaded.value} onAsked={consents.reload} />
            )}
            {items.length === 0 ? (
              <View className='mt-3'>
                <EmptyState
                  title='还没有消息'
                  note='受理了、要补材料、办好了，都会在这里告诉你。'
                  action={
                    <Button kind='quiet' onPress={() => openTab('features/service-item/home')}>
                      找要办的事
                    </Button>
                  }
                />
              </View>
            ) : (
              <MessageDays messages={items} />
            )}
            <MorePages words='再看几条' count={items.length} {...pages} />
            {!isAtDesk() && (
              <CellGroup className='mt-4'>
                <Cell
                  icon='bell'
                  label='提醒设置'
                  onPress={() => openPage('features/account/reminder-settings')}
                />
              </CellGroup>
            )}
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(InboxPage)
