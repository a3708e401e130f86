import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Queue } from '#shared/contract/work'
import { type Answer, ask, call, type Trouble } from '../../../platform/api'
import { useRequest } from '../../../platform/use-request'
import { keyOf, type Tab, useQueuePlace } from './queue-place'

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

interface Further {
  readonly items: Queue['items']
  readonly nextCursor: string | null
}

const TYPING_PAUSE_MS = 250

const wordsIn = (typed: string) => (typed.trim() === '' ? null : typed.trim())

/** What is looked for, among all that one may see; asked for once the typing pauses. Null while nothing is. */
export function useSearch() {
  const typed = useQueuePlace((place) => place.typed)
  const [words, setWords] = useState<string | null>(wordsIn(typed))
  const wanted = wordsIn(typed)
  useEffect(() => {
    const timer = setTimeout(() => setWords(wanted), wanted === null ? 0 : TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  return {
    typed,
    words,
    /** What is listed is what is written. */
    isSettled: words === wanted,
    setTyped: (next: string) => useQueuePlace.setState({ typed: next }),
  }
}

type Search = ReturnType<typeof useSearch>

const SEARCH_PATH = '/api/work/cases/search'
const pathOf = (tab: Tab, cursor?: string) =>
  `/api/work/cases?tab=${tab}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
/** A name stands in no address. */
const bodyOf = (words: string, cursor?: string) => ({ q: words, ...(cursor === undefined ? {} : { cursor }) })

const bringPage = (tab: Tab, words: string | null, cursor: string) =>
  words === null ? call<Queue>('GET', pathOf(tab, cursor)) : ask<Queue>(SEARCH_PATH, bodyOf(words, cursor))

/** The pages behind the first until there are as many rows as one had; undefined when one did not come. */
async function bringFurther(
  first: Queue,
  rows: number,
  bring: (cursor: string) => Promise<Answer<Queue>>,
): Promise<Further | undefined> {
  const items: Queue['items'] = []
  let { nextCursor } = first
  while (nextCursor !== null && first.items.length + items.length < rows) {
    const answer: Answer<Queue> = await bring(nextCursor)
    if (!answer.ok) return undefined
    items.push(...answer.value.items)
    nextCursor = answer.value.nextCursor
  }
  return { items, nextCursor }
}

/** While pages are read again, a row may stand in the new first one and in an old further one. */
function withoutTwins(items: Queue['items']) {
  const keys = new Set<string>()
  return items.filter((item) => !keys.has(keyOf(item)) && keys.add(keyOf(item)))
}

/** What waits, by tab; the other tabs keep their numbers while one is read, and a search counts only what it found. */
function useCounts(first: Queue | undefined, words: string | null) {
  const counts = useRef<Queue['counts']>()
  if (first && words === null) counts.current = first.counts
  return counts.current
}

/** The queue of one tab, page after page; read afresh whenever the page comes back into view, as far as it was read. */
export function useQueue(tab: Tab, words: string | null) {
  const asked = words === null ? undefined : JSON.stringify(bodyOf(words))
  const { loaded, reload: reloadFirst } = useRequest<Queue>(
    words === null ? pathOf(tab) : SEARCH_PATH,
    words === null ? 'staff-queue' : undefined,
    asked,
  )
  const wanted = asked ?? tab
  // What is loaded belongs to the list that was asked for when it came, until the next one is on its way.
  const current = useRef({ loaded, listed: wanted })
  if (current.current.loaded !== loaded) current.current = { loaded, listed: wanted }
  const isCurrent = current.current.listed === wanted
  const [further, setFurther] = useState<Further & { readonly listed: string }>()
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const wasShown = useRef(false)
  const turn = useRef(0)
  /** Rows that one had before another page took the place of this one. */
  const hadRows = useRef(useQueuePlace.getState().rows)
  const first = loaded.state === 'ready' && isCurrent ? loaded.value : undefined
  const added = further?.listed === wanted ? further : undefined
  const nextCursor = added ? added.nextCursor : (first?.nextCursor ?? null)
  const items = withoutTwins([...(first?.items ?? []), ...(added?.items ?? [])])
  const bringTo = async (from: Queue, rows: number) => {
    turn.current += 1
    const own = turn.current
    const brought = await bringFurther(from, rows, (cursor) => bringPage(tab, words, cursor))
    if (brought && own === turn.current) setFurther({ ...brought, listed: wanted })
  }
  const reload = async () => {
    const rows = items.length
    const answer = await reloadFirst()
    if (answer?.ok) await bringTo(answer.value, rows)
  }
  useDidShow(() => {
    if (wasShown.current) void reload()
    wasShown.current = true
  })
  useEffect(() => {
    const rows = hadRows.current
    if (!first || rows === 0) return
    hadRows.current = 0
    void bringTo(first, rows)
  })
  useEffect(() => {
    if (items.length > 0 && hadRows.current === 0) useQueuePlace.setState({ rows: items.length })
  }, [items.length])
  const counts = useCounts(first, words)
  const holder = useHolder((kept) => kept.holder)
  useEffect(() => {
    if (loaded.state === 'ready') useHolder.setState({ holder: loaded.value.holder })
  }, [loaded])
  const more = async () => {
    if (isBusy || nextCursor === null) return
    setBusy(true)
    setTrouble(undefined)
    const answer = await bringPage(tab, words, nextCursor)
    setBusy(false)
    if (!answer.ok) return setTrouble(answer.error)
    setFurther({
      listed: wanted,
      items: [...(added?.items ?? []), ...answer.value.items],
      nextCursor: answer.value.nextCursor,
    })
  }
  return {
    loaded,
    /** Which list the rows are of. */
    listed: wanted,
    isReady: first !== undefined,
    counts,
    waiting: counts?.['to-do'] ?? 0,
    holder,
    items,
    hasMore: nextCursor !== null,
    isBusy,
    trouble,
    more,
    reload,
  }
}
