import { create } from 'zustand'
import { platform } from './index'

/** Of the phone, not of the session. */
export const ELDER_KEY = 'elder'

interface ElderMode {
  readonly elder: boolean
  setElder(elder: boolean): void
}

/** 大字版: as chosen on this phone, else on the person's last one, else as WeChat's own letters are set. */
export const useElderMode = create<ElderMode>((set) => ({
  elder: (platform.read(ELDER_KEY) ?? platform.prefersLargeText()) === true,
  setElder(elder) {
    platform.write(ELDER_KEY, elder)
    set({ elder })
  },
}))

/** Of the account, when it logs in: a phone on which nothing was chosen follows it. */
export function followAccount(account: unknown) {
  const wanted =
    typeof account === 'object' && account !== null && 'elderMode' in account && account.elderMode
  if (wanted === true && platform.read(ELDER_KEY) === undefined) useElderMode.setState({ elder: true })
}
