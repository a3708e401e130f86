import { create } from 'zustand'
import { platform } from './index'

/** Of the phone, not of the session. */
export const ELDER_KEY = 'elder'

interface ElderMode {
  readonly elder: boolean
  setElder(elder: boolean): void
}

/** 大字版: as chosen on this phone, else as WeChat's own letters are set. */
export const useElderMode = create<ElderMode>((set) => ({
  elder: (platform.read(ELDER_KEY) ?? platform.prefersLargeText()) === true,
  setElder(elder) {
    platform.write(ELDER_KEY, elder)
    set({ elder })
  },
}))
