import type { PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { CaseEvent } from '../events'
import { withoutStop } from '../evolve-suspension'
import type { CaseState } from '../state'
import { type CaseDue, dueOfCase } from './clocks'

/** The day that whoever applied goes by. */
export const shownDay = (due: CaseDue): PlainDate | null => (due.kind === 'on' ? (due.anew ?? due.on) : null)

/** Whether the law's day was the one that was shown, until a department stopped it: `state` is the one after. */
export const movesShownDay = (
  item: ServiceItem,
  state: CaseState,
  event: Extract<CaseEvent, { type: 'clock-suspended' }>,
  calendar: WorkingCalendar,
): boolean =>
  event.stopsLaw === true &&
  shownDay(dueOfCase(item, state, calendar)) !==
    shownDay(dueOfCase(item, withoutStop(state, event), calendar))
