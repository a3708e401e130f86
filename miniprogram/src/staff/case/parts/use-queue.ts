import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Queue } from '#shared/contract/case'
import { call, type Trouble } from '../../../platform/api'
import { useRequest } from '../../../platform/use-request'

/** Whose queue it was last: the other pages of the desk say it too. */
export const useHolder = create<{ readonly holder: Queue['holder'] | undefined }>(() => ({
  holder: undefined,
}))

export interface QueueProps {
  queue: ReturnType<typeof useQueue>
  tab: Tab
  onTab: (tab: Tab) => void
}

export type Tab = keyof Queue['counts']
export type QueueItem = Queue['items'][number]

interface Further {
  readonly items: Queue['items']
  readonly nextCursor: string | null
}

const pathOf = (tab: Tab, cursor?: string) =>
  `/api/work/cases?tab=${tab}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`

/** The queue of one tab, page after page; read afresh whenever the page comes back into view. */
export function useQueue(tab: Tab) {
  const { loaded, reload: reloadFirst } = useRequest<Queue>(pathOf(tab), 'staff-queue')
  const [further, setFurther] = useState<Further & { readonly tab: Tab }>()
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const wasShown = useRef(false)
  const reload = async () => {
    setFurther(undefined)
    await reloadFirst()
  }
  useDidShow(() => {
    if (wasShown.current) void reload()
    wasShown.current = true
  })
  // The other tabs keep their numbers while one is read.
  const counts = useRef<Queue['counts']>()
  if (loaded.state === 'ready') counts.current = loaded.value.counts
  const holder = useHolder((kept) => kept.holder)
  useEffect(() => {
    if (loaded.state === 'ready') useHolder.setState({ holder: loaded.value.holder })
  }, [loaded])
  const first = loaded.state === 'ready' ? loaded.value : undefined
  const added = further?.tab === tab ? further : undefined
  const nextCursor = added ? added.nextCursor : (first?.nextCursor ?? null)
  const more = async () => {
    if (isBusy || nextCursor === null) return
    setBusy(true)
    setTrouble(undefined)
    const answer = await call<Queue>('GET', pathOf(tab, nextCursor))
    setBusy(false)
    if (!answer.ok) return setTrouble(answer.error)
    setFurther({
      tab,
      items: [...(added?.items ?? []), ...answer.value.items],
      nextCursor: answer.value.nextCursor,
    })
  }
  return {
    loaded,
    counts: counts.current,
    holder,
    items: [...(first?.items ?? []), ...(added?.items ?? [])],
    hasMore: nextCursor !== null,
    isBusy,
    trouble,
    more,
    reload,
  }
}
