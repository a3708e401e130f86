import { useState } from 'react'
import { platform } from '../../../platform'

/** What is written on this phone until it was sent: a lost connection or a closed app takes nothing. */
export function useDraft<Value>(name: string, empty: Value) {
  const [draft, setDraft] = useState<Value>(() => (platform.read(name) as Value | undefined) ?? empty)
  const change = (next: Value) => {
    platform.write(name, next)
    setDraft(next)
  }
  return { draft, change, forget: () => platform.remove(name) }
}
