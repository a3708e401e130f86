import { takingBackUntil } from '#shared/domain/case/outcome/outcome-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'

/** 最晚 4月1日 收回; null of a day that nobody knows yet. */
export const untilTakenBack = (by: string | null) =>
  takingBackUntil(by as PlainDate | null, today() as PlainDate)
