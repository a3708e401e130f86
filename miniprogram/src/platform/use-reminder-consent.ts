import { useRef, useState } from 'react'
import type { Consents } from '#shared/contract/reminder'
import { call } from './api'
import { platform } from './index'
import type { SubscribeAnswer } from './platform'

/** `lost`: nobody knows whether the county was told; WeChat tells it too. */
type Outcome = 'accepted' | 'refused' | 'switched-off' | 'unavailable' | 'lost'

function outcomeOf(answer: SubscribeAnswer): Outcome {
  if (answer.kind !== 'answered') return answer.kind
  return Object.values(answer.choices).includes('accept') ? 'accepted' : 'refused'
}

/** WeChat's window may only open inside a tap: `ask` is called by the button and awaits nothing before. */
export function useReminderConsent(onAnswered: () => unknown = () => undefined) {
  const [outcome, setOutcome] = useState<Outcome>()
  const isAsking = useRef(false)
  const ask = async (templates: Consents['items']) => {
    if (isAsking.current) return
    isAsking.current = true
    const answer = await platform.requestSubscribe(
      templates.map(({ templateId, title }) => ({ id: templateId, title })),
    )
    const choices = Object.entries(answer.kind === 'answered' ? answer.choices : {}).map(
      ([templateId, choice]) => ({ templateId, choice }),
    )
    const isTold = choices.length === 0 || (await call('POST', '/api/consents', { choices })).ok
    setOutcome(isTold ? outcomeOf(answer) : 'lost')
    isAsking.current = false
    await onAnswered()
  }
  return { outcome, ask }
}
