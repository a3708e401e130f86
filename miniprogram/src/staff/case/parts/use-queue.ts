import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Queue } from '#shared/contract/work'
import { ask, call, type Trouble } from '../../../platform/api'
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

/** What is looked for, among all that one may see; asked for once the typing pauses. Null while nothing is. */
export function useSearch() {
  const [typed, setTyped] = useState('')
  const [words, setWords] = useState<string | null>(null)
  const wanted = typed.trim() === '' ? null : typed.trim()
  useEffect(() => {
    const timer = setTimeout(() => setWords(wanted), wanted === null ? 0 : TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  return { typed, words, setTyped }
}

type Search = ReturnType<typeof useSearch>

const SEARCH_PATH = '/api/work/cases/search'
const pathOf = (tab: Tab, cursor?: string) =>
  `/api/work/cases?tab=${tab}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
/** A name stands in no address. */
const bodyOf = (words: string, cursor?: string) => ({ q: words, ...(cursor === undefined ? {} : { cursor }) })

/** The queue of one tab, page after page; read afresh whenever the page comes back into view. */
export function useQueue(tab: Tab, words: string | null) {
  const asked = words === null ? undefined : JSON.stringify(bodyOf(words))
  const { loaded, reload: reloadFirst } = useRequest<Queue>(
    words === null ? pathOf(tab) : SEARCH_PATH,
    words === null ? 'staff-queue' : undefined,
    asked,
  )
  const listed = asked ?? tab
  const [further, setFurther] = useState<Further & { readonly listed: string }>()
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
  // A search counts what it found; what waits altogether does not change by it.
  if (loaded.state === 'ready' && words === null) counts.current = loaded.value.counts
  const waiting = useRef(0)
  if (loaded.state === 'ready' && words === null) waiting.current = loaded.value.counts['to-do']
  const holder = useHolder((kept) => kept.holder)
  useEffect(() => {
    if (loaded.state === 'ready') useHolder.setState({ holder: loaded.value.holder })
  }, [loaded])
  const first = loaded.state === 'ready' ? loaded.value : undefined
  const added = further?.listed === listed ? further : undefined
  const nextCursor = added ? added.nextCursor : (first?.nextCursor ?? null)
  const more = async () => {
    if (isBusy || nextCursor === null) return
    setBusy(true)
    setTrouble(undefined)
    const answer = await (words === null
      ? call<Queue>('GET', pathOf(tab, nextCursor))
      : ask<Queue>(SEARCH_PATH, bodyOf(words, nextCursor)))
    setBusy(false)
    if (!answer.ok) return setTrouble(answer.error)
    setFurther({
      listed,
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
