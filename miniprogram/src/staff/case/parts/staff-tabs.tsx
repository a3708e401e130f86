import { openTab } from '../../../platform/navigation'
import { TabBar } from '../../../ui/layout/tab-bar'
import { countWords } from './words'

/** The bar of those who work; WeChat's own four tabs are the residents'. */
export function StaffTabs({ toDo }: { toDo: number }) {
  return (
    <TabBar
      tabs={[
        {
          key: 'work',
          name: '办件',
          icon: 'work',
          waiting: { count: toDo, words: `${countWords(toDo)} 件等你办` },
        },
        { key: 'me', name: '我的', icon: 'person' },
      ]}
      current='work'
      onOpen={() => openTab('tabs/account/me')}
    />
  )
}
