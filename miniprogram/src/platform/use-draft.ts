import { useState } from 'react'
import { platform } from './index'
import { useKeeping } from './use-keeping'

/** What is written on this phone until it was sent: a lost connection or a closed app takes nothing. */
export function useDraft<Value>(name: string, empty: Value) {
  const [draft, setDraft] = useState<Value>(() => (platform.read(name) as Value | undefined) ?? empty)
  const { later, stop } = useKeeping((next: { readonly name: string; readonly value: Value }) =>
    platform.write(next.name, next.value),
  )
  const change = (value: Value) => {
    later({ name, value })
    setDraft(value)
  }
  const forget = () => {
    stop()
    platform.remove(name)
  }
  return { draft, change, forget }
}
