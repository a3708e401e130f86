import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { aria } from '../../../platform/aria'
import { fetchAhead, useRequest } from '../../../platform/use-request'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Page } from '../../../ui/layout/page'
import { WorkRemindersPrompt } from '../../account/parts/work-reminders'
import { useCaseFinder } from './case-finder'
import { type Legend, TopBar, useKeyBar } from './desk-shell'
import { useIdentityCheck } from './identity-check'
import { useOpenCase } from './open-case'
import { keyOf, QueueFilters, QueueList, QueueSearch, rowIdOf } from './queue-list'
import { useKeys } from './use-keys'
import type { QueueItem, QueueProps } from './use-queue'

const LEGEND: readonly Legend[] = [
  { letters: ['J', 'K'], does: '下一件、上一件' },
  { letters: ['R'], does: '受理' },
  { letters: ['G'], does: '通过、准予、往下办' },
  { letters: ['B'], does: '一次性补正' },
  { letters: ['F'], does: '不受理、不通过、不予' },
  { letters: ['T'], does: '转办、指派' },
  { letters: ['1–9'], does: '看材料' },
  { letters: ['D'], does: '期限逐日看' },
  { letters: ['/'], does: '找件' },
]

const pathOf = (caseId: string) => `/api/cases/${caseId}`

/**
 * Which case stands open. What was done leaves the list and makes room for the one behind it; what is still to be done by
 * the same person stays.
 */
function useOpenRow({ queue }: Pick<QueueProps, 'queue'>) {
  const [chosen, setChosen] = useState<string>()
  const { items, loaded } = queue
  const place = useRef(0)
  const isReady = loaded.state === 'ready'
  const at = items.findIndex((item) => keyOf(item) === chosen)
  const openAt = at >= 0 ? at : Math.min(place.current, items.length - 1)
  const open = items[openAt]
  const key = open && keyOf(open)
  const rowId = open && rowIdOf(open)
  useEffect(() => {
    if (!isReady || key === undefined || rowId === undefined) return
    place.current = openAt
    setChosen(key)
    platform.reveal(rowId)
  }, [isReady, key, rowId, openAt])
  const next = items[openAt + 1]?.caseId
  useEffect(() => {
    if (next !== undefined) fetchAhead(pathOf(next))
  }, [next])
  const move = (steps: number) => {
    const target = items[openAt + steps]
    if (target) setChosen(keyOf(target))
  }
  return { open: open?.caseId, key, move, choose: (item: QueueItem) => setChosen(keyOf(item)) }
}

/** Queue at the left, the open case at the right. */
export function DeskQueue({ queue, tab, onTab, search }: QueueProps) {
  const { open, key, move, choose } = useOpenRow({ queue })
  const request = useRequest<CaseView>(open && pathOf(open))
  const wasShown = useRef(false)
  useDidShow(() => {
    if (wasShown.current) void request.reload()
    wasShown.current = true
  })
  const { head, content, bar, over, keys } = useOpenCase(request, {
    caseId: open,
    isDesk: true,
    onActed: () => void queue.reload(),
  })
  const keyBar = useKeyBar(LEGEND)
  const check = useIdentityCheck(() => {
    void queue.reload()
    void request.reload()
  })
  const finder = useCaseFinder()
  const [asked, setAsked] = useState(0)
  useKeys({
    ...(open ? keys : {}),
    j: () => move(1),
    k: () => move(-1),
    '/': () => setAsked((times) => times + 1),
    Escape: search.typed === '' ? undefined : () => search.setTyped(''),
  })
  return (
    <Page
      className='staff-page desk'
      flush
      head={<TopBar holder={queue.holder} />}
      foot={keyBar.bar}
      over={
        <>
          {open && over}
          {keyBar.over}
          {check.over}
          {finder.over}
        </>
      }
    >
      <View className='queue'>
        <View className='queue__head'>
          {search.words === null ? (
            <QueueFilters counts={queue.counts} tab={tab} onTab={onTab} />
          ) : (
            <View className='queue__title' {...aria({ role: 'heading', level: 1 })}>
              找件
            </View>
          )}
          <QueueSearch search={search} asked={asked} />
          {check.entry}
          {finder.entry}
          <WorkRemindersPrompt />
        </View>
        <View className='queue__list'>
          <QueueList
            queue={queue}
            tab={tab}
            onTab={onTab}
            search={search}
            isDesk
            openKey={key}
            onOpen={choose}
          />
        </View>
      </View>
      <View className='case'>
        {open ? (
          <>
            {head}
            {content}
            {bar}
          </>
        ) : (
          queue.loaded.state === 'ready' && (
            <View className='case__none'>
              <EmptyState title='这里没有要看的' note='左边有了件，点开就在这里看材料、办这一件。' />
            </View>
          )
        )}
      </View>
    </Page>
  )
}
