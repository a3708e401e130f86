import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Queue } from '#shared/contract/work'
import { openPage } from '../../platform/navigation'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import '../../ui/styles/desk.css'
import '../../ui/styles/staff.css'
import { WorkRemindersPrompt } from '../account/parts/work-reminders'
import './parts/case.css'
import { useCaseFinder } from './parts/case-finder'
import { DeskQueue } from './parts/desk-queue'
import { useIdentityCheck } from './parts/identity-check'
import { QueueList, QueueSearch, QueueTabs } from './parts/queue-list'
import { StaffTabs } from './parts/staff-tabs'
import { useDesk } from './parts/use-desk'
import { type QueueProps, type Tab, useQueue, useSearch } from './parts/use-queue'
import { countWords } from './parts/words'

function Holder({ holder }: { holder: Queue['holder'] | undefined }) {
  if (!holder) return null
  return (
    <>
      <View className='avatar' aria-hidden='true'>
        {holder.name.slice(0, 1)}
      </View>
      <View className='small clip'>{holder.place}</View>
    </>
  )
}

function PhoneQueue({ queue, tab, onTab, search }: QueueProps) {
  const check = useIdentityCheck(() => void queue.reload())
  const finder = useCaseFinder()
  return (
    <Page
      className='staff-page'
      flush
      head={
        <NavBar
          title='办件'
          side={<Holder holder={queue.holder} />}
          titleHidden={queue.holder !== undefined}
        />
      }
      foot={<StaffTabs toDo={queue.waiting} />}
      over={
        <>
          {check.over}
          {finder.over}
        </>
      }
    >
      {queue.loaded.state !== 'failed' && (
        <>
          <WorkRemindersPrompt />
          {search.words === null && <QueueTabs counts={queue.counts} tab={tab} onTab={onTab} />}
          <QueueSearch search={search} />
          {check.entry}
          {finder.entry}
        </>
      )}
      <QueueList
        queue={queue}
        tab={tab}
        onTab={onTab}
        search={search}
        isDesk={false}
        onOpen={({ caseId }) => {
          const at = queue.items.findIndex((item) => item.caseId === caseId) + 1
          const all = queue.counts && search.words === null ? ` / ${countWords(queue.counts[tab])}` : ''
          openPage('staff/case/case', { id: caseId, place: `${at}${all}` })
        }}
      />
    </Page>
  )
}

export default function StaffQueue() {
  const [tab, setTab] = useState<Tab>('to-do')
  const search = useSearch()
  const queue = useQueue(tab, search.words)
  const isDesk = useDesk()
  const Shown = isDesk ? DeskQueue : PhoneQueue
  return <Shown queue={queue} tab={tab} onTab={setTab} search={search} />
}
