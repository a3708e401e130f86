import { useState } from 'react'
import type { Trouble } from '../../../platform/api'
import { scrollToField } from '../../../platform/scroll'
import { CONSENT_FIRST, CONSENT_PLACE } from '../../../ui/feedback/consent-card'

/** What was refused for want of a consent would be again, sent as it is (`isSame`): the card that asks is gone to. */
export function useConsentAsked(trouble: Trouble | undefined, isSame: boolean) {
  const [given, setGiven] = useState<Trouble>()
  const [reminded, setReminded] = useState<Trouble>()
  const isAsked = trouble?.code === 'account.consent-needed' && trouble !== given && isSame
  return {
    isAsked,
    note: isAsked && trouble === reminded ? { note: CONSENT_FIRST, alert: true } : undefined,
    remind: () => {
      setReminded(trouble)
      scrollToField(CONSENT_PLACE)
    },
    give: () => setGiven(trouble),
  }
}
