import { exhaustive } from '#shared/domain/kernel/exhaustive'
import { CLOSING_MINUTE } from '#shared/domain/kernel/office-hours'
import { minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import type { Light } from '#shared/domain/time-limit/light'
import { now } from '../../../platform/clock'
import type { Lamp } from '../../../ui/progress/due-light'
import { sinceWords } from '../../../ui/words/dates'

/** Of the wire: days there are plain text. */
type WireLight = Exclude<Light, { kind: 'paused' }> | { readonly kind: 'paused'; readonly since: string }

const isTodayOver = () => minuteOfDayIn(now()) >= CLOSING_MINUTE

/** Over the rows that are due today or were before. */
export const todayHeading = () => (isTodayOver() ? '今天没办完' : '今天要办完')

/** What is due today is due by the end of the office's hours; from then on it has not been done. */
function todayWords(doing: string) {
  const isOver = isTodayOver()
  if (doing === '') return isOver ? '今天 17:30，过了' : '今天 17:30'
  return isOver ? `今天 17:30 过了，还没${doing}` : `今天 17:30 前${doing}`
}

/** A light for those who work: the words say what has to be done by then, `doing` being a verb such as 受理, or '' in a row. */
export function workLight(light: WireLight, doing = '办好'): { light: Lamp; words: string } {
  switch (light.kind) {
    case 'calm':
    case 'soon':
      return { light: light.kind, words: `还剩 ${light.daysLeft} 个工作日` }
    case 'today':
      return { light: 'today', words: todayWords(doing) }
    case 'late':
      return { light: 'late', words: `超了 ${light.daysLate} 个工作日` }
    case 'paused':
      return { light: 'paused', words: `停着，${sinceWords(light.since)}` }
    case 'unknown':
      return { light: 'calm', words: `等 ${light.year} 年放假安排` }
    default:
      return exhaustive(light)
  }
}
