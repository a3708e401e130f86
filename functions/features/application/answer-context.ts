import type { AnswerContext } from '#shared/domain/application/answers'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { isWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../service-item'

const codesOf = (list: readonly { readonly code: string }[]) => new Set(list.map(({ code }) => code))

/** What the form's rules need to know of the county on a day. */
export const answerContext = (reference: Reference, today: PlainDate, agent: boolean): AnswerContext => ({
  today,
  agent,
  villageCodes: new Set(
    [...reference.units.values()].filter((unit) => unit.kind === 'village').map(({ id }) => id),
  ),
  regionCodes: codesOf(reference.fact('regions')),
  scopeCodes: codesOf(reference.fact('business-scopes')),
  policyCodes: codesOf(reference.fact('policies')),
  isWorkingDay: (date) => isWorkingDay(reference.calendar, date),
})
