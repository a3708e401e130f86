import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { pressable } from '../../platform/aria'
import { openPage, openTab } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import '../../ui/styles/desk.css'
import '../../ui/styles/staff.css'
import { WorkRemindersPrompt } from '../account/parts/work-reminders'
import './parts/case.css'
import { useOpenCase } from './parts/open-case'
import { QueueList, QueueTabs } from './parts/queue-list'
import { StaffTabs } from './parts/staff-tabs'
import { useDesk } from './parts/use-desk'
import { type Tab, useQueue } from './parts/use-queue'

interface QueueProps {
  queue: ReturnType<typeof useQueue>
  tab: Tab
  onTab: (tab: Tab) => void
}

/** The first word of the unit one works for, in a circle. */
function UnitMark({ name }: { name: string | undefined }) {
  if (!name) return null
  return (
    <>
      <View className='avatar'>{name.slice(0, 1)}</View>
      <View className='small clip'>{name}</View>
    </>
  )
}

function PhoneQueue({ queue, tab, onTab }: QueueProps) {
  const unit = queue.items[0]?.unitName
  return (
    <Page
      className='staff-page'
      flush
      head={<NavBar title='办件' side={<UnitMark name={unit} />} titleHidden={unit !== undefined} />}
      foot={<StaffTabs toDo={queue.counts?.['to-do'] ?? 0} />}
    >
      <WorkRemindersPrompt />
      <QueueTabs counts={queue.counts} tab={tab} onTab={onTab} />
      <View className='mt-3'>
        <QueueList
          queue={queue}
          tab={tab}
          isDesk={false}
          onOpen={({ caseId }) => openPage('staff/case/case', { id: caseId })}
        />
      </View>
    </Page>
  )
}

function DeskHead({ unit }: { unit: string | undefined }) {
  return (
    <View className='topbar'>
      <View className='brand'>
        <View className='brand__mark'>印</View>
        印象办事
      </View>
      <View className='topbar__nav'>
        <View className='topbar__item is-current'>办件</View>
        <View className='topbar__item' {...pressable(() => openTab('features/account/me'))}>
          我的
        </View>
      </View>
      <View className='topbar__user'>
        <UnitMark name={unit} />
      </View>
    </View>
  )
}

/** Queue at the left, the open case at the right; what is done makes room for the next. */
function DeskQueue({ queue, tab, onTab }: QueueProps) {
  const [chosen, setChosen] = useState<string>()
  const first = queue.items[0]?.caseId
  const openId = chosen ?? first
  const request = useRequest<CaseView>(openId && `/api/cases/${openId}`, 'staff-case')
  const wasShown = useRef(false)
  useDidShow(() => {
    if (wasShown.current) void request.reload()
    wasShown.current = true
  })
  const { content, bar, over } = useOpenCase(request, {
    beside: 3,
    // Stays with the case just done, although it leaves the list.
    onActed: () => {
      setChosen(openId)
      void queue.reload()
    },
    ...(first && first !== openId ? { onLeave: { words: '办下一件', onPress: () => setChosen(first) } } : {}),
  })
  return (
    <Page className='staff-page desk' flush head={<DeskHead unit={queue.items[0]?.unitName} />} over={over}>
      <View className='queue'>
        <View className='queue__head'>
          <QueueTabs counts={queue.counts} tab={tab} onTab={onTab} />
          <View className='mt-2'>
            <WorkRemindersPrompt />
          </View>
        </View>
        <View className='queue__list'>
          <QueueList
            queue={queue}
            tab={tab}
            isDesk
            openId={openId}
            onOpen={({ caseId }) => setChosen(caseId)}
          />
        </View>
      </View>
      <View className='case'>
        <View className='case__scroll'>
          {openId ? content : <EmptyState title='左边选一件' note='点开就在这里看材料、办这一件。' />}
        </View>
        {openId && bar}
      </View>
    </Page>
  )
}

export default function StaffQueue() {
  const [tab, setTab] = useState<Tab>('to-do')
  const queue = useQueue(tab)
  const isDesk = useDesk()
  const Shown = isDesk ? DeskQueue : PhoneQueue
  return <Shown queue={queue} tab={tab} onTab={setTab} />
}
