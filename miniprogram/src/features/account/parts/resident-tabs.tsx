import { openResidentTab, RESIDENT_TABS, type TabKey } from '../../../ui/layout/resident-tabs'
import { TabBar } from '../../../ui/layout/tab-bar'
import { useWaiting } from './waiting'

export function ResidentTabs({ current }: { current: TabKey }) {
  const { todos, unread } = useWaiting()
  const waiting: Partial<Readonly<Record<TabKey, { count: number; words: string }>>> = {
    cases: { count: todos, words: `${todos} 件等你处理` },
    inbox: { count: unread, words: `${unread} 条新消息` },
  }
  return (
    <TabBar
      current={current}
      onOpen={openResidentTab}
      tabs={RESIDENT_TABS.map((tab) => ({ ...tab, waiting: waiting[tab.key] }))}
    />
  )
}
