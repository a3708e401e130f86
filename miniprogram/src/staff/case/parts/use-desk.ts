import { useEffect, useState } from 'react'
import { platform } from '../../../platform'

function isWideNow(from: number) {
  let isWide = false
  platform.watchWide((is) => {
    isWide = is
  }, from)()
  return isWide
}

function useWidth(from: number) {
  const [isWide, setWide] = useState(() => isWideNow(from))
  useEffect(() => platform.watchWide(setWide, from), [from])
  return isWide
}

/** Whether the queue and the open case stand side by side. */
export const useDesk = () => useWidth(1280)

/** Whether whoever works has keys before them: at a desk, and where the browser has no room for one. */
export const useKeyboardThere = () => useWidth(1000)
