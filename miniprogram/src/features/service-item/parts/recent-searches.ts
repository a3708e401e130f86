import { create } from 'zustand'
import { platform } from '../../../platform'

const KEY = 'searches'
const KEPT = 6

interface RecentSearches {
  readonly words: readonly string[]
}

const kept = () => {
  const value = platform.read(KEY)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** On this phone only. */
export const useRecentSearches = create<RecentSearches>(() => ({ words: kept() }))

const keep = (words: readonly string[]) => {
  platform.write(KEY, words)
  useRecentSearches.setState({ words })
}

/** What led to an item; half-typed words are not worth keeping. */
export function rememberSearch(words: string) {
  const others = useRecentSearches.getState().words.filter((each) => each !== words)
  if (words !== '') keep([words, ...others].slice(0, KEPT))
}

export const forgetSearches = () => keep([])
