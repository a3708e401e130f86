import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServiceItemList } from '#shared/contract/service-item'
import { call, type Trouble } from '../../../platform/api'

const TYPING_PAUSE_MS = 250

interface Found {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly items: ServiceItemList['items']
  readonly nextCursor: string | null
  /** What was asked for: the words on the screen may be ahead of the answer. */
  readonly words: string
  readonly trouble?: Trouble
}

const NOTHING: Found = { state: 'loading', items: [], nextCursor: null, words: '' }

const pathOf = (words: string, lifeEvent: string, cursor: string | null) => {
  const query = [
    words && `q=${encodeURIComponent(words)}`,
    lifeEvent && `lifeEvent=${encodeURIComponent(lifeEvent)}`,
    cursor && `cursor=${encodeURIComponent(cursor)}`,
  ].filter(Boolean)
  return `/api/service-items${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** The items for what is typed, or of a life event; what was found stays while the next answer is on its way. */
export function useItems(words: string, lifeEvent: string) {
  const [found, setFound] = useState<Found>(NOTHING)
  const [isMore, setMore] = useState(false)
  const newest = useRef(0)
  const load = useCallback(async () => {
    newest.current += 1
    const turn = newest.current
    const answer = await call<ServiceItemList>('GET', pathOf(words, lifeEvent, null))
    if (turn !== newest.current) return
    setFound(
      answer.ok
        ? { state: 'ready', words, ...answer.value }
        : { ...NOTHING, state: 'failed', words, trouble: answer.error },
    )
  }, [words, lifeEvent])
  useEffect(() => {
    const timer = setTimeout(load, words === '' ? 0 : TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [load, words])
  const more = async () => {
    if (isMore || found.nextCursor === null) return
    setMore(true)
    const turn = newest.current
    const answer = await call<ServiceItemList>('GET', pathOf(words, lifeEvent, found.nextCursor))
    setMore(false)
    if (!answer.ok || turn !== newest.current) return
    setFound({
      ...found,
      items: [...found.items, ...answer.value.items],
      nextCursor: answer.value.nextCursor,
    })
  }
  return { found, isMore, more, retry: load }
}
