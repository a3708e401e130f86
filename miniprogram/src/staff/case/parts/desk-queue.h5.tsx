import { View } from '@tarojs/components'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { aria } from '../../../platform/aria'
import { useRequest } from '../../../platform/use-request'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Button } from '../../../ui/form/button'
import { Page } from '../../../ui/layout/page'
import { WorkRemindersPrompt } from '../../account/parts/work-reminders'
import { useCaseFinder } from './case-finder'
import { QueueFilters, QueueRow } from './desk-rows'
import { type Legend, TopBar, useKeyBar } from './desk-shell'
import { useIdentityCheck } from './identity-check'
import { Kbd } from './kbd'
import { useOpenCase } from './open-case'
import { QueueList, QueueSearch, Who } from './queue-list'
import type { QueueItem } from './queue-place'
import { useUndoBar } from './undo-bar'
import { type Keys, KeysHeld, useKeys } from './use-keys'
import { casePath, useHold, useOpenRow } from './use-open-row'
import type { QueueProps } from './use-queue'

const MOVE: Legend = { letters: ['J', 'K'], does: '下一件、上一件' }
const ENTER: Legend = { letters: ['E'], does: '替来的人填' }
const FIND: Legend = { letters: ['/'], does: '找件' }

/** Done: which one comes next, and how. */
function NextCase({ item, onOpen }: { item: QueueItem; onOpen: () => void }) {
  return (
    <View className='case__next' {...aria({ role: 'status', live: 'polite' })}>
      <View className='grow clip'>
        下一件：{item.plainName} · <Who item={item} />
        ，按 J
      </View>
      <Button kind='secondary' small onPress={onOpen}>
        开下一件
        <Kbd letter='j' />
      </Button>
    </View>
  )
}

interface DeskQueueProps extends QueueProps {
  /** How often the page came to the front. */
  shown: number
}

/** The case is read again whenever the page comes back, or when it is asked for anew; until then its old buttons have no keys. */
function useRefresh(shown: number, reload: () => Promise<unknown>) {
  const seen = useRef(Math.max(shown, 1))
  const [isRefreshing, setRefreshing] = useState(false)
  const refresh = useCallback(() => {
    setRefreshing(true)
    void reload().finally(() => setRefreshing(false))
  }, [reload])
  useEffect(() => {
    if (shown <= seen.current) return
    seen.current = shown
    refresh()
  }, [shown, refresh])
  return { isRefreshing, refresh }
}

const heldBy = (hold: ReturnType<typeof useHold>, keys: Keys): Keys =>
  Object.fromEntries(Object.entries(keys).map(([key, act]) => [key, act && hold(act)]))

/** Queue at the left, the open case at the right. */
export function DeskQueue({ queue, tab, onTab, search, shown }: DeskQueueProps) {
  const { opened, announced, move, choose, first, cameItself } = useOpenRow({ queue })
  const open = opened?.caseId
  const request = useRequest<CaseView>(open && casePath(open))
  const { isRefreshing, refresh } = useRefresh(shown, request.reload)
  const { head, content, bar, over, keys, legend, shownId, turnBack } = useOpenCase(request, {
    caseId: open,
    unitId: opened?.unitId,
    isDesk: true,
    onActed: () => void queue.reload(),
  })
  const hold = useHold(shownId && `${shownId} ${opened?.unitId}`, cameItself)
  /** Pressed again, the case that stands open is read again: a colleague may have gone on with it. */
  const chooseRow = (item: QueueItem) => {
    if (item.caseId === open) refresh()
    turnBack()
    choose(item)
  }
  const check = useIdentityCheck(() => {
    void queue.reload()
    void request.reload()
  })
  const keyBar = useKeyBar([MOVE, ...legend, ...(check.enter ? [ENTER] : []), FIND])
  const undone = useUndoBar(() => {
    refresh()
    return queue.reload()
  })
  const finder = useCaseFinder()
  const [asked, setAsked] = useState(0)
  useKeys({
    ...(isRefreshing ? {} : heldBy(hold, keys)),
    j: () => move(1),
    k: () => move(-1),
    u: undone.undo,
    e: check.enter,
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
          {undone.bar}
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
          <QueueSearch search={search} asked={asked} onEnter={() => search.isSettled && first()} />
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
            Row={QueueRow}
            openKey={opened?.key}
            onOpen={chooseRow}
          />
        </View>
      </View>
      <View className='case' {...aria({ busy: isRefreshing || undefined })}>
        {open ? (
          <>
            {head}
            <KeysHeld.Provider value={hold}>{content}</KeysHeld.Provider>
            {announced && <NextCase item={announced} onOpen={() => choose(announced)} />}
            {bar}
          </>
        ) : (
          queue.isReady && (
            <View className='case__none'>
              <EmptyState title='这里没有要看的' note='左边有了件，点开就在这里看材料、办这一件。' />
            </View>
          )
        )}
      </View>
    </Page>
  )
}
