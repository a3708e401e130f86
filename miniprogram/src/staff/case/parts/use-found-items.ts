import { useEffect, useState } from 'react'
import type { ServiceItemList } from '#shared/contract/service-item'
import { call, type Trouble } from '../../../platform/api'

const TYPING_PAUSE_MS = 250

interface Found {
  /** What was asked for: the words on the screen may be ahead of the answer. */
  readonly words: string
  /** Undefined as long as nothing has come. */
  readonly items?: ServiceItemList['items']
  readonly trouble?: Trouble
}

/** The best hits, or the first of all. The hook of the search page would come out of its package into the main one. */
export function useFoundItems(words: string) {
  const [found, setFound] = useState<Found>({ words })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let isOver = false
    const ask = async () => {
      const query = words === '' ? '' : `?q=${encodeURIComponent(words)}`
      const answer = await call<ServiceItemList>('GET', `/api/service-items${query}`)
      if (isOver) return
      setFound(answer.ok ? { words, items: answer.value.items } : { words, trouble: answer.error })
    }
    const timer = setTimeout(() => void ask(), words === '' ? 0 : TYPING_PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [words, round])
  return { found, retry: () => setRound(round + 1) }
}
