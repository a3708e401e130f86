import type { GivenConsent } from '#shared/domain/account/consents'
import { platform } from '../../../platform'
import { openPage } from '../../../platform/navigation'

const KEY = 'confirming'

interface Begun {
  readonly consents: readonly GivenConsent[]
}

/** Before WeChat's page opens: the phone may end this app behind it. */
export const noteConfirming = (consents: readonly GivenConsent[]) => {
  platform.write(KEY, { consents } satisfies Begun)
}
export const endConfirming = () => platform.remove(KEY)

let waiting: (Begun & { readonly code: string }) | undefined

/** When the app starts: what was begun before it was killed goes on where the person left it. */
export function goOnConfirming() {
  const code = platform.takeStartingCode()
  const begun = platform.read(KEY) as Begun | undefined
  if (code === undefined || begun === undefined) return
  waiting = { ...begun, code }
  // The first page opens in this turn, and another only behind it.
  setTimeout(() => openPage('features/account/register'), 0)
}

/** What WeChat's page has answered meanwhile. Once. */
export function takeConfirmed() {
  const taken = waiting
  waiting = undefined
  return taken
}
