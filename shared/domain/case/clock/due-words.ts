import { dayWords } from '../../kernel/day-words'
import type { PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { apartText } from '../../service-item/stages'
import { promisedDeed } from '../../time-limit/promised-deed'
import { bookingsOf } from '../result/booked'
import type { CaseState } from '../state'
import { NO_APPLICANT_NO_DATE } from '../whose/identity'
import type { CaseDue } from './clocks'

/** What will still stop the promise, and move its day, by name: 现场核查; the law's own day is told as it is. */
export const apartOf = (
  item: Pick<ServiceItem, 'steps'>,
  { steps }: Pick<CaseState, 'steps'>,
  due: CaseDue,
) =>
  due.kind === 'on' && due.clock === 'promised'
    ? apartText(
        item,
        ({ key, onlyIfDisputed }) =>
          !onlyIfDisputed && steps.some((run) => run.key === key && run.status === 'waiting'),
      )
    : null

/** 改到 12月10日 周四, and where that is over too, so it is said. */
export const newDayWords = (on: PlainDate, today: PlainDate) =>
  `改到 ${dayWords(on, today)}${on < today ? '，也过了' : ''}`

type Promised = Pick<CaseState, 'steps' | 'seats' | 'organUnitId' | 'status' | 'decision'>

/**
 * Until when, in a sentence: never a day that nobody knows yet, nor one that is over as if it were to come, nor one as the
 * last that a publicity or a visit will move.
 */
export function dueWords(
  item: Pick<ServiceItem, 'steps'>,
  state: Promised,
  due: CaseDue,
  today: PlainDate,
): string {
  switch (due.kind) {
    case 'on': {
      const [day, apart] = [dayWords(due.on, today), apartOf(item, state, due)]
      if (due.anew !== undefined) return newDayWords(due.anew, today)
      if (due.on < today) return `已过${due.clock === 'promised' ? '承诺' : '法定'}的 ${day}`
      const deed = promisedDeed(bookingsOf(state).length > 0)
      return apart === null ? `最晚 ${day} ${deed}` : `承诺 ${day} ${deed}，${apart}的这些天不算在里面`
    }
    case 'calendar-missing':
      return `${due.year}年放假安排公布后告诉你日期`
    case 'waits-for':
      return due.because === 'applicant' ? NO_APPLICANT_NO_DATE : '日期定下来再告诉你'
  }
}
