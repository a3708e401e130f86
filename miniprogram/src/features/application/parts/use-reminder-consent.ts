import { useState } from 'react'
import { CONSENT_TEMPLATES } from '#shared/domain/reminder/templates'
import { platform } from '../../../platform'
import { call } from '../../../platform/api'
import type { SubscribeAnswer } from '../../../platform/platform'

/** What a resident may be reminded of: WeChat asks for at most three at once. */
export const REMINDERS = Object.entries(CONSENT_TEMPLATES).map(([id, words]) => ({ id, ...words }))

type Outcome = 'accepted' | 'refused' | 'switched-off' | 'unavailable'

function outcomeOf(answer: SubscribeAnswer): Outcome {
  if (answer.kind !== 'answered') return answer.kind
  return Object.values(answer.choices).includes('accept') ? 'accepted' : 'refused'
}

/** WeChat's window may only open inside a tap: `ask` is called by the button and awaits nothing before. */
export function useReminderConsent(onAnswered: () => unknown = () => undefined) {
  const [outcome, setOutcome] = useState<Outcome>()
  const ask = async (ids: readonly string[]) => {
    const answer = await platform.requestSubscribe(REMINDERS.filter(({ id }) => ids.includes(id)))
    if (answer.kind === 'answered') {
      const choices = Object.entries(answer.choices).map(([templateId, choice]) => ({ templateId, choice }))
      await call('POST', '/api/consents', { choices })
    }
    setOutcome(outcomeOf(answer))
    await onAnswered()
  }
  return { outcome, ask }
}
