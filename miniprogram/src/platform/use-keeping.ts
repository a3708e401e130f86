import { useDidHide } from '@tarojs/taro'
import { useCallback, useEffect, useRef } from 'react'
import { platform } from './index'

const PAUSE_MS = 300

/**
 * Hands what is being written to `keep` a moment after the last change, and at once where the page or the app goes behind:
 * it may not come back. Each write to the phone's storage stops the page. `stop`: it is wanted no more.
 */
export function useKeeping<Value>(keep: (value: Value) => void) {
  const newest = useRef(keep)
  newest.current = keep
  const pending = useRef<{ readonly value: Value; readonly timer: ReturnType<typeof setTimeout> }>()
  const flush = useCallback(() => {
    const { current } = pending
    pending.current = undefined
    if (!current) return
    clearTimeout(current.timer)
    newest.current(current.value)
  }, [])
  useDidHide(flush)
  useEffect(() => {
    const off = platform.onAppHide(flush)
    return () => {
      off()
      flush()
    }
  }, [flush])
  const later = useCallback(
    (value: Value) => {
      clearTimeout(pending.current?.timer)
      pending.current = { value, timer: setTimeout(flush, PAUSE_MS) }
    },
    [flush],
  )
  const stop = useCallback(() => {
    clearTimeout(pending.current?.timer)
    pending.current = undefined
  }, [])
  return { later, stop }
}
