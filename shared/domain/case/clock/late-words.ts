import { dayWords } from '../../kernel/day-words'
import { addDays, type PlainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { ToldPool } from '../step/approval-state'
import { workingDayAfter } from './office-time'

interface InHand {
  /** In full, and as people call it. */
  readonly unitName: string
  readonly shortName: string
  /** Of the one person who has it; null while several may take it. */
  readonly name: string | null
}

/**
 * 现在在梅渚镇 孙志远 手上; of what nobody has taken yet, who answers for it: 现在在梅渚镇，分管的吴德明盯着. Staff act by office: they
 * stand with their whole name.
 */
export function inHandWords({ unitName, shortName, name }: InHand, superior: string | null = null) {
  if (name) return `现在在${shortName} ${name} 手上`
  return `现在在${unitName}${superior === null ? '' : `，${superior}盯着`}`
}

interface NamedPool extends ToldPool {
  readonly names: readonly string[]
}

const isSupervisor = ({ role }: ToldPool) => role === 'supervisor'
const namesOf = (pools: readonly NamedPool[]) => [...new Set(pools.flatMap(({ names }) => names))].join('、')

/** Who was told beside who has it: 分管的吴德明; 县里督办的吴思雨 where the unit has nobody, or it has come to the county. */
export function superiorWords(told: readonly NamedPool[], isAgain: boolean): string | null {
  const own = told.filter((pool) => !isSupervisor(pool))
  const names = isAgain ? '' : namesOf(own)
  if (names !== '')
    return `${own.some(({ staffId }) => staffId !== undefined) ? '代为分管的' : '分管的'}${names}`
  const county = namesOf(told.filter(isSupervisor))
  return county === '' ? null : `县里督办的${county}`
}

/** By when the resident hears of a new day, of a promise that was found broken on this day. */
const toldNextOn = workingDayAfter

/** The same in words, where `deed` (办好) is what is to be done by then: 明天, or by its date where that is not tomorrow. */
export function toldNextWords(today: PlainDate, calendar: WorkingCalendar, deed: string): string {
  const next = toldNextOn(today, calendar)
  return `${next === addDays(today, 1) ? '明天' : dayWords(next, today)}告诉你哪天能${deed}`
}
