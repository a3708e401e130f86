import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServiceItemList } from '#shared/contract/service-item'
import { call, type Trouble } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'

const TYPING_PAUSE_MS = 250

interface Found {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly items: ServiceItemList['items']
  readonly nextCursor: string | null
  readonly lifeEvents?: ServiceItemList['lifeEvents']
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
  const { isBusy, trouble, run, forget } = useAction()
  const newest = useRef(0)
  const load = useCallback(async () => {
    newest.current += 1
    const turn = newest.current
    const answer = await call<ServiceItemList>('GET', pathOf(words, lifeEvent, null))
    if (turn !== newest.current) return
    setFound((before) =>
      answer.ok
        ? { state: 'ready', words, ...answer.value }
        : // What was found stands there still, with the words it was found for.
          { ...before, state: before.items.length > 0 ? 'ready' : 'failed', trouble: answer.error },
    )
  }, [words, lifeEvent])
  useEffect(() => {
    forget()
    const timer = setTimeout(load, words === '' ? 0 : TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [load, words, forget])
  const more = () => {
    const turn = newest.current
    return run(
      () => call<ServiceItemList>('GET', pathOf(words, lifeEvent, found.nextCursor)),
      ({ items, nextCursor }) => {
        if (turn === newest.current) setFound({ ...found, items: [...found.items, ...items], nextCursor })
      },
    )
  }
  return { found, retry: load, pages: { hasMore: found.nextCursor !== null, isBusy, trouble, more } }
}
