import { exhaustive } from '#shared/domain/kernel/exhaustive'
import type { Lamp } from '../../../ui/progress/due-light'
import { sinceWords } from '../../../ui/words/dates'

/** As it comes over the wire: days are plain text. */
type WireLight =
  | { readonly kind: 'calm' | 'soon'; readonly daysLeft: number }
  | { readonly kind: 'today' }
  | { readonly kind: 'late'; readonly daysLate: number }
  | { readonly kind: 'paused'; readonly since: string }
  | { readonly kind: 'unknown'; readonly year: number }

interface LightWords {
  readonly light: Lamp
  readonly words: string
}

/** A light in the words of whoever waits for the office. */
export function residentLight(light: WireLight): LightWords {
  switch (light.kind) {
    case 'calm':
    case 'soon':
      return { light: light.kind, words: `还剩 ${light.daysLeft} 个工作日` }
    case 'today':
      return { light: 'today', words: '今天最后一天' }
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
