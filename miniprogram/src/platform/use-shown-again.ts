import { useDidShow } from '@tarojs/taro'
import { useRef } from 'react'

/** Runs whenever the page comes back to the front, and not when it opens: then its request is under way already. */
export function useShownAgain(onShown: () => unknown) {
  const opened = useRef(false)
  useDidShow(() => {
    if (opened.current) onShown()
    opened.current = true
  })
}
