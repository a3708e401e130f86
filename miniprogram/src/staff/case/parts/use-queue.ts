import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Queue } from '#shared/contract/work'
import { searchWords } from '#shared/domain/case/search-words'
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
  search: Search
}

export type Tab = keyof Queue['counts']
export type QueueItem = Queue['items'][number]

interface Further {
  readonly items: Queue['items']
  readonly nextCursor: string | null
}

const TYPING_PAUSE_MS = 250

/** What is looked for among the work at hand; asked for once the typing pauses. */
export function useSearch() {
  const [typed, setTyped] = useState('')
  const [words, setWords] = useState<string | null>(null)
  const wanted = searchWords(typed)
  useEffect(() => {
    const timer = setTimeout(() => setWords(wanted), wanted === null ? 0 : TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  return { typed, words, setTyped }
}

type Search = ReturnType<typeof useSearch>

function pathOf(tab: Tab, words: string | null, cursor?: string) {
  const asked = { tab, search: words ?? undefined, cursor }
  const parts = Object.entries(asked).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return `/api/work/cases?${parts.join('&')}`
}

/** The queue of one tab, page after page; read afresh whenever the page comes back into view. */
export function useQueue(tab: Tab, words: string | null) {
  const path = pathOf(tab, words)
  const { loaded, reload: reloadFirst } = useRequest<Queue>(path, words === null ? 'staff-queue' : undefined)
  const [further, setFurther] = useState<Further & { readonly path: string }>()
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
  // A search counts what it found; what waits altogether does not change by it.
  const waiting = useRef(0)
  if (loaded.state === 'ready' && words === null) waiting.current = loaded.value.counts['to-do']
  const holder = useHolder((kept) => kept.holder)
  useEffect(() => {
    if (loaded.state === 'ready') useHolder.setState({ holder: loaded.value.holder })
  }, [loaded])
  const first = loaded.state === 'ready' ? loaded.value : undefined
  const added = further?.path === path ? further : undefined
  const nextCursor = added ? added.nextCursor : (first?.nextCursor ?? null)
  const more = async () => {
    if (isBusy || nextCursor === null) return
    setBusy(true)
    setTrouble(undefined)
    const answer = await call<Queue>('GET', pathOf(tab, words, nextCursor))
    setBusy(false)
    if (!answer.ok) return setTrouble(answer.error)
    setFurther({
      path,
      items: [...(added?.items ?? []), ...answer.value.items],
      nextCursor: answer.value.nextCursor,
    })
  }
  return {
    loaded,
    counts: counts.current,
    waiting: waiting.current,
    holder,
    items: [...(first?.items ?? []), ...(added?.items ?? [])],
    hasMore: nextCursor !== null,
    isBusy,
    trouble,
    more,
    reload,
  }
}
