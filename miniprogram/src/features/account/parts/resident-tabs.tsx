import { openTab } from '../../../platform/navigation'
import { TabBar } from '../../../ui/layout/tab-bar'
import { useWaiting } from './waiting'

const PATHS = {
  home: 'features/service-item/home',
  cases: 'tabs/case/my-cases',
  inbox: 'features/reminder/inbox',
  me: 'tabs/account/me',
} as const

type TabKey = keyof typeof PATHS

export function ResidentTabs({ current }: { current: TabKey }) {
  const { todos, unread } = useWaiting()
  return (
    <TabBar
      current={current}
      onOpen={(key) => openTab(PATHS[key as TabKey])}
      tabs={[
        { key: 'home', name: '首页', icon: 'home' },
        {
          key: 'cases',
          name: '办件',
          icon: 'cases',
          waiting: { count: todos, words: `${todos} 件等你处理` },
        },
        {
          key: 'inbox',
          name: '消息',
          icon: 'message',
          waiting: { count: unread, words: `${unread} 条新消息` },
        },
        { key: 'me', name: '我的', icon: 'person' },
      ]}
    />
  )
}
