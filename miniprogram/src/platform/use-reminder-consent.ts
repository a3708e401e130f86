import { useState } from 'react'
import type { Consents } from '#shared/contract/reminder'
import { call } from './api'
import { platform } from './index'
import type { SubscribeAnswer } from './platform'

type Outcome = 'accepted' | 'refused' | 'switched-off' | 'unavailable'

function outcomeOf(answer: SubscribeAnswer): Outcome {
  if (answer.kind !== 'answered') return answer.kind
  return Object.values(answer.choices).includes('accept') ? 'accepted' : 'refused'
}

/** WeChat's window may only open inside a tap: `ask` is called by the button and awaits nothing before. */
export function useReminderConsent(onAnswered: () => unknown = () => undefined) {
  const [outcome, setOutcome] = useState<Outcome>()
  const ask = async (templates: Consents['items']) => {
    const answer = await platform.requestSubscribe(
      templates.map(({ templateId, title }) => ({ id: templateId, title })),
    )
    setOutcome(outcomeOf(answer))
    if (answer.kind === 'answered') {
      const choices = Object.entries(answer.choices).map(([templateId, choice]) => ({ templateId, choice }))
      await call('POST', '/api/consents', { choices })
    }
    await onAnswered()
  }
  return { outcome, ask }
}
