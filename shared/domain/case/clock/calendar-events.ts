import type { Instant, PlainDate } from '../../kernel/plain-date'

/**
 * The days that somebody holds in writing: until when the open notice is answered, until when each open publicity hangs.
 * Missing where nothing is open, or no calendar has its day. Another calendar makes them later, never earlier.
 */
export interface ToldDays {
  readonly answerBy?: PlainDate
  readonly publicUntil?: readonly { readonly stepKey: string; readonly on: PlainDate }[]
}

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
