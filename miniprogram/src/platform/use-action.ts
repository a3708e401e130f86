import { useCallback, useRef, useState } from 'react'
import type { Answer, Trouble } from './api'

/** One thing at a time: a second tap while it runs does nothing. What went wrong stays until the next try. */
export function useAction() {
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const running = useRef(false)
  const run = async <Value>(act: () => Promise<Answer<Value>>, onDone: (value: Value) => unknown) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setTrouble(undefined)
    try {
      const answer = await act()
      if (answer.ok) await onDone(answer.value)
      else setTrouble(answer.error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  const forget = useCallback(() => setTrouble(undefined), [])
  return { isBusy, trouble, run, forget }
}
