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
function daysWords(light: Light, awaited: string | null): string {
  switch (light.kind) {
    case 'calm':
    case 'soon':
      return `还剩 ${light.daysLeft} 个工作日`
    case 'today':
      return awaited ?? '今天最后一天'
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
  /** Theirs is confirmed: what is wanting is that they take it over. */
  readonly isTakeoverAwaited?: boolean | undefined
  /** Nobody who decides is there before the day. */
  readonly dueDoubted?: boolean | undefined
}

const awaitedOf = ({ isTakeoverAwaited = false }: Lit) => (isTakeoverAwaited ? '等你接过来' : '还差核身份')

function wordsOf(lit: Lit) {
  const { outcome, light, isIdentityAwaited = false } = lit
  const { key, word } = outcome
  if (light === null) return word
  if (key === 'correcting') return light.kind === 'unknown' ? word : daysWords(light, null)
  return key === 'open' || key === 'late' ? daysWords(light, isIdentityAwaited ? awaitedOf(lit) : null) : word
}

/** Nothing may be granted before the person is seen: no office has broken what it could not keep alone. */
const isHeldUp = ({ outcome, light, isIdentityAwaited = false }: Lit) =>
  isIdentityAwaited && outcome.key === 'late' && light?.kind === 'late'

const lampOf = ({ outcome: { tone }, dueDoubted = false }: Lit) =>
  tone === 'calm' && dueDoubted ? 'soon' : LAMPS[tone]

/** The one mark on a case: its outcome, or, while it is under way, how long it still takes; its colour is the outcome's. */
export const outcomeLamp = (lit: Lit): { light: Lamp; words: string } =>
  isHeldUp(lit) ? { light: 'soon', words: awaitedOf(lit) } : { light: lampOf(lit), words: wordsOf(lit) }
