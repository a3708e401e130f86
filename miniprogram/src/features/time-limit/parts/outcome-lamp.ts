import type { CaseSummary } from '#shared/contract/case'
import { exhaustive } from '#shared/domain/kernel/exhaustive'
import type { Lamp } from '../../../ui/progress/due-light'
import { sinceWords } from '../../../ui/words/dates'

type Light = CaseSummary['light']
type Outcome = CaseSummary['outcome']

const LAMPS = {
  good: 'done',
  bad: 'ended',
  calm: 'calm',
  soon: 'soon',
  late: 'late',
  paused: 'paused',
} as const satisfies Record<Outcome['tone'], Lamp>

/** In the words of whoever waits for the office; a last day is none while nothing may be granted. */
function daysWords(light: Light, isIdentityAwaited: boolean): string {
  switch (light.kind) {
    case 'calm':
    case 'soon':
      return `还剩 ${light.daysLeft} 个工作日`
    case 'today':
      return isIdentityAwaited ? '还差核身份' : '今天最后一天'
    case 'late':
      return `超了 ${light.daysLate} 个工作日`
    case 'paused':
      return `停着，${sinceWords(light.since)}`
    case 'unknown':
      return `等 ${light.year} 年放假安排`
    default:
      return exhaustive(light)
  }
}

interface Lit {
  readonly outcome: Outcome
  /** Of the date that is shown; null where none is. */
  readonly light: Light | null
  readonly isIdentityAwaited?: boolean | undefined
}

function wordsOf({ outcome: { key, word }, light, isIdentityAwaited = false }: Lit) {
  if (light === null) return word
  if (key === 'correcting') return light.kind === 'unknown' ? word : daysWords(light, false)
  return key === 'open' || key === 'late' ? daysWords(light, isIdentityAwaited) : word
}

/** Nothing may be granted before the person is seen: no office has broken what it could not keep alone. */
const isHeldUp = ({ outcome, light, isIdentityAwaited = false }: Lit) =>
  isIdentityAwaited && outcome.key === 'late' && light?.kind === 'late'

/** The one mark on a case: its outcome, or, while it is under way, how long it still takes; its colour is the outcome's. */
export const outcomeLamp = (lit: Lit): { light: Lamp; words: string } =>
  isHeldUp(lit)
    ? { light: 'soon', words: '还差核身份' }
    : { light: LAMPS[lit.outcome.tone], words: wordsOf(lit) }
