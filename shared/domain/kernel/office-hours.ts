import { clockWords } from './plain-date'

/** The offices open at 8:30: nobody is called on before. Minutes since midnight in Asia/Shanghai. */
export const OPENING_MINUTE = 8 * 60 + 30
/** A morning ends at noon. Minutes since midnight in Asia/Shanghai. */
export const NOON_MINUTE = 12 * 60
/** The offices close at 17:30: what is due on a day is due by then. Minutes since midnight in Asia/Shanghai. */
export const CLOSING_MINUTE = 17 * 60 + 30

/** The same, in words. */
export const OFFICE_HOURS = `工作日 ${clockWords(OPENING_MINUTE)}—${clockWords(CLOSING_MINUTE)}`
