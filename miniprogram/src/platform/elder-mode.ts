import { create } from 'zustand'
import { platform } from './index'

/** Of the phone, not of the session. */
export const ELDER_KEY = 'elder'

/** Of whoever logged in last, as long as their session is on the phone: it asks for no letters when it opens. */
const ACCOUNT_KEY = 'elder-account'

interface ElderMode {
  readonly elder: boolean
  setElder(elder: boolean): void
}

/** Asked once: each question to WeChat stops the page. */
const ofHost = platform.prefersLargeText()

/** 大字版: as chosen on this phone, else on the person's last one, else as WeChat's own letters are set. */
export const useElderMode = create<ElderMode>((set) => ({
  elder: (platform.read(ELDER_KEY) ?? platform.read(ACCOUNT_KEY) ?? ofHost) === true,
  setElder(elder) {
    platform.write(ELDER_KEY, elder)
    set({ elder })
  },
}))

/** Of the account, when it logs in: a phone on which nothing was chosen follows it. */
export function followAccount(account: unknown) {
  const wanted =
    typeof account === 'object' && account !== null && 'elderMode' in account && account.elderMode
  // False is also what nobody has chosen: then WeChat's own letters count.
  if (wanted === true) platform.write(ACCOUNT_KEY, true)
  else platform.remove(ACCOUNT_KEY)
  // A phone whose storage is full has not kept it.
  if (platform.read(ELDER_KEY) === undefined) useElderMode.setState({ elder: wanted === true || ofHost })
}
