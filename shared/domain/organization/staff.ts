import type { PlainDate } from '../kernel/plain-date'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Hours of the week; closed on days off of the working calendar. */
export interface DutyHours {
  readonly days: readonly Weekday[]
  /** `HH:MM-HH:MM` in Asia/Shanghai */
  readonly periods: readonly string[]
  /** The unit served in these hours, where somebody serves several. */
  readonly unitId?: string
}

export interface Leave {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly substituteId: string | null
}
