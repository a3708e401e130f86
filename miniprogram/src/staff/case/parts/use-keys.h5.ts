import { useDidHide, useDidShow } from '@tarojs/taro'
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import { platform } from '../../../platform'

const OFF = 'keys-off'

/** By the key's name as `platform.watchKeys` gives it. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>

interface KeysSetting {
  readonly isOn: boolean
  setOn(isOn: boolean): void
}

/** Whoever speaks to the computer or types with one hand can do without. */
export const useKeysSetting = create<KeysSetting>((set) => ({
  isOn: platform.read(OFF) !== true,
  setOn(isOn) {
    if (isOn) platform.remove(OFF)
    else platform.write(OFF, true)
    set({ isOn })
  },
}))

/** Whether the page is in front. */
export function useInFront() {
  const [isInFront, setInFront] = useState(true)
  useDidShow(() => setInFront(true))
  useDidHide(() => setInFront(false))
  return isInFront
}

/** What holds back whatever a key does within it. */
export const KeysHeld = createContext((act: () => void) => act)

/** Keys of the page that is in front. */
export function useKeys(keys: Keys) {
  const hold = useRef((act: () => void) => act)
  hold.current = useContext(KeysHeld)
  const current = useRef(keys)
  current.current = keys
  const isShown = useRef(true)
  useDidShow(() => {
    isShown.current = true
  })
  useDidHide(() => {
    isShown.current = false
  })
  useEffect(
    () =>
      platform.watchKeys((key) => {
        if (!isShown.current || !useKeysSetting.getState().isOn) return false
        const act = current.current[key]
        if (act) hold.current(act)()
        return act !== undefined
      }),
    [],
  )
}
