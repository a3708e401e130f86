import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import type { ClockDue } from '../../time-limit/clock'
import type { Pool } from '../context'
import { type Settles, settleDue, settlingBeside } from '../revocation/settling'
import type { CaseState, StepPart, StepRun } from '../state'
import { isBefore, type NearestDue, nearestDue } from './clocks'

/** What a pool settles beside a share of its own, with the day of either. */
export interface Beside {
  readonly of: Settles
  readonly due: ClockDue
  /** Of the share itself. */
  readonly own: ClockDue
}

interface Row {
  readonly run: StepRun
  readonly part: StepPart
  readonly pool: Pool
}

/** Of a row of a share's holders: what runs out first of `own` and of what they settle beside it. */
export function withBeside(
  state: CaseState,
  { run, part, pool }: Row,
  own: NearestDue,
  calendar: WorkingCalendar,
): NearestDue & { readonly beside?: Beside } {
  const row = { ...pool, stepKey: run.key, partUnitId: part.unitId, approval: false }
  const settling = settlingBeside(state, row)
  if (!settling) return own
  const due = settleDue(state, settling, calendar)
  const beside = { of: settling.of, due, own: own.due }
  return isBefore(due, own.due) ? { due, days: settling.days, beside } : { ...own, beside }
}

const rowDue = (item: ServiceItem, state: CaseState, row: Row, calendar: WorkingCalendar): ClockDue =>
  withBeside(state, row, nearestDue(item, state, row.run, row.part, calendar), calendar).due

/** Of a row as it is kept: whoever was asked to allow something goes by the share's own day. */
export const dueOfTask = (
  item: ServiceItem,
  state: CaseState,
  share: Pick<Row, 'run' | 'part'>,
  { role, unitId, approval }: Pool & { readonly approval: boolean },
  calendar: WorkingCalendar,
): ClockDue =>
  approval
    ? nearestDue(item, state, share.run, share.part, calendar).due
    : rowDue(item, state, { ...share, pool: { role, unitId } }, calendar)
