import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { Queue } from '#shared/contract/work'
import { useElderMode } from '../../platform/elder-mode'
import { openPage } from '../../platform/navigation'
import { scrollToRow } from '../../platform/scroll'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import { WorkRemindersPrompt } from '../account/parts/work-reminders'
import './parts/case.css'
import { useCaseFinder } from './parts/case-finder'
import { DeskQueue } from './parts/desk-queue'
import { useIdentityCheck } from './parts/identity-check'
import { QueueList, QueueSearch, QueueTabs, rowIdOf } from './parts/queue-list'
import { openedBy, rowOf, type Tab, useQueuePlace } from './parts/queue-place'
import { StaffTabs } from './parts/staff-tabs'
import { useUndoBar } from './parts/undo-bar'
import { useDesk } from './parts/use-desk'
import { type QueueProps, useQueue, useSearch } from './parts/use-queue'
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

/** Whoever comes back by another way finds the list where they left it. */
function useFormerRow(queue: QueueProps['queue']) {
  const wanted = useRef(useQueuePlace.getState())
  const { items, isReady } = queue
  const { rows, opened } = wanted.current
  const isThere = isReady && (items.length >= rows || !queue.hasMore)
  useEffect(() => {
    if (!isThere) return
    const row = items[rowOf(items, wanted.current.opened)]
    wanted.current = { ...wanted.current, opened: undefined }
    if (row && opened) scrollToRow(rowIdOf(row))
  }, [isThere, items, opened])
}

function PhoneQueue({ queue, tab, onTab, search }: QueueProps) {
  const check = useIdentityCheck(() => void queue.reload())
  const undone = useUndoBar(queue.reload)
  const finder = useCaseFinder()
  const isElder = useElderMode((mode) => mode.elder)
  useFormerRow(queue)
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
          {undone.bar}
        </>
      }
    >
      {queue.loaded.state !== 'failed' && (
        <>
          {!isElder && <WorkRemindersPrompt />}
          {search.words === null && <QueueTabs counts={queue.counts} tab={tab} onTab={onTab} />}
          <QueueSearch search={search} />
          <View className='queue-ways'>
            {check.entry}
            {finder.entry}
          </View>
        </>
      )}
      <QueueList
        queue={queue}
        tab={tab}
        onTab={onTab}
        search={search}
        onOpen={(opened) => {
          const { caseId, department } = opened
          useQueuePlace.setState({ opened: openedBy(opened) })
          const at = queue.items.indexOf(opened) + 1
          const all =
            queue.counts && search.words === null && tab !== 'done'
              ? ` / ${countWords(queue.counts[tab])}`
              : ''
          const share = department ? { unitId: department.unitId } : {}
          openPage('staff/case/case', { id: caseId, ...share, place: `${at}${all}` })
        }}
      />
      {/* In large letters the first case comes before it. */}
      {isElder && queue.loaded.state !== 'failed' && (
        <View className='mt-3'>
          <WorkRemindersPrompt />
        </View>
      )}
    </Page>
  )
}

function StaffQueue() {
  const tab = useQueuePlace((place) => place.tab)
  const [shown, setShown] = useState(0)
  useDidShow(() => setShown((times) => times + 1))
  const search = useSearch()
  const queue = useQueue(tab, search.words)
  const isDesk = useDesk()
  const onTab = (next: Tab) => useQueuePlace.setState({ tab: next, rows: 0 })
  const props = { queue, tab, onTab, search }
  return isDesk ? <DeskQueue {...props} shown={shown} /> : <PhoneQueue {...props} />
}

export default asPage(StaffQueue)
