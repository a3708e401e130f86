import { useRef } from 'react'
import { platform } from '../../../platform'
import { now } from '../../../platform/clock'
import type { Loaded } from '../../../platform/use-request'

interface JustFiled {
  readonly caseId: string
  readonly at: string
}

const keyOf = (itemId: string) => `just-filed:${itemId}`

export function noteJustFiled(itemId: string, caseId: string) {
  const filed: JustFiled = { caseId, at: now() }
  platform.write(keyOf(itemId), filed)
}

/** The case of an item that this phone has filed since what is shown of the item was read: what is shown does not know it yet. */
export function useJustFiled<Value>(itemId: string, loaded: Loaded<Value>): string | undefined {
  const read = useRef<{ readonly value: Value; readonly at: string }>()
  if (loaded.state === 'ready' && read.current?.value !== loaded.value) {
    read.current = { value: loaded.value, at: loaded.savedAt ?? now() }
  }
  const filed = platform.read(keyOf(itemId)) as JustFiled | undefined
  const isNews = filed !== undefined && read.current !== undefined && filed.at > read.current.at
  return isNews ? filed.caseId : undefined
}
