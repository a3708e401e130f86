import type { Condition } from './item'

/** Whether checked answers meet a condition. */
export function holdsFor(condition: Condition, answers: Readonly<Record<string, unknown>>) {
  const answer = answers[condition.field]
  return condition.oneOf
    ? typeof answer === 'string' && condition.oneOf.includes(answer)
    : answer === condition.equals
}
