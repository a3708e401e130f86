import type { DueBecause } from '#shared/contract/primitives'
import { Day } from '../../../ui/surface/day'
import { calendarWords } from '../../../ui/words/dates'

interface Due {
  readonly dueOn: string | null
  readonly dueBecause: DueBecause | null
  readonly strong?: boolean
}

/** Why there is no date yet; a date is never guessed. */
export function becauseWords(because: DueBecause | null) {
  if (because === null) return '日期定下来就告诉你'
  return because.kind === 'calendar-missing'
    ? calendarWords(because.year)
    : `${because.stepName}做完，就告诉你哪天办好`
}

/** `最晚 12月8日 周二 办好`, or why no day is known. */
export function DueWords({ dueOn, dueBecause, strong = false }: Due) {
  if (dueOn === null) return <>{becauseWords(dueBecause)}</>
  return (
    <>
      最晚 <Day on={dueOn} strong={strong} /> 办好
    </>
  )
}
