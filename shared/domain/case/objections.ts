import { dayIn } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { noticeDays } from './clocks'
import type { CaseContext, Pool } from './context'
import { stepOf } from './route'
import type { CaseState, StepRun } from './state'

export type AsOf = Pick<CaseContext, 'now' | 'calendar'>

/**
 * Whether what is said against a notice is in time: until its last day is over, closed or not. In a year without a calendar
 * that day is the latest that it can be, the one that the notice names: nobody is sent away too early.
 */
export function takesObjections(item: ServiceItem, run: StepRun, { now, calendar }: AsOf): boolean {
  const notice = run.status === 'open' ? noticeDays(item, run, calendar) : null
  return notice !== null && dayIn(now) <= notice.lastOn
}

/** What a village has put up and not closed. */
const hangingIn = (item: ServiceItem, { steps, endedAt }: CaseState) =>
  endedAt === null
    ? steps.find(
        ({ key, status, publishedOn }) =>
          status === 'open' && publishedOn !== null && stepOf(item, key).organ.kind === 'village',
      )
    : undefined

/** Whom a hanging notice names beside those who hold it, on whatever day. */
export function objectionPools(item: ServiceItem, state: CaseState): readonly Pool[] {
  if (!hangingIn(item, state)) return []
  return state.steps.flatMap(({ key, parts }) => {
    const { kind, role } = stepOf(item, key)
    const isTheirs = (unitId: string) => kind === 'accept' && unitId === state.organUnitId
    return parts.filter(({ unitId }) => isTheirs(unitId)).map(({ unitId }) => ({ role, unitId }))
  })
}

/**
 * Who takes an objection to a running publicity beside those who hold it. A village's notice is signed by the organ that
 * decides, and sends objections there: whoever accepts for that organ sees the notice until its last day is over.
 */
export function objectionTakers(item: ServiceItem, state: CaseState, at: AsOf): readonly Pool[] {
  const hanging = hangingIn(item, state)
  return hanging && takesObjections(item, hanging, at) ? objectionPools(item, state) : []
}
