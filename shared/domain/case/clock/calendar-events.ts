import type { Instant, PlainDate } from '../../kernel/plain-date'
import type { ToldDays } from '../events'

interface Published extends ToldDays {
  readonly at: Instant
  readonly year: number
  /** None of the days that the applicant was told is among them. */
  readonly sharesOnly?: true
  /** The law's last day, where it was prolonged and that is told by this; missing of every other. */
  readonly lawOn?: PlainDate
}

/** The calendar of a year was published that open dates had waited for, or changed after dates had been told by it. */
export type CalendarEvent =
  | (Published & { readonly type: 'dates-filled' })
  | (Published & { readonly type: 'dates-moved' })
