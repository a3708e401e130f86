import type { CaseEvent } from '#shared/domain/case/events'
import { dayIn, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import { isAwayBetween } from '#shared/domain/organization/duty'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import { StaleReferenceError } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from '../service-item'
import type { OwnedCase } from './case-row'
import type { CaseDeps } from './deps'
import { listHeldCases, listMembersCases, listPools } from './list-queries'
import type { CaseTask } from './outbox'
import { persistMove } from './persist'
import { itemOf } from './standing'
import { sharesToHandOver } from './tasks'

const PAGE_SIZE = 200

/**
 * Open work whose holders are all on leave until it is due, have left, or must not handle it, goes to whoever stands in,
 * beside those who hold it. Running it again hands nothing over twice.
 */
export const createHandOver = (deps: CaseDeps) => async (): Promise<{ readonly handedOver: number }> => {
  const reference = await deps.reference.current()
  const today = dayIn(deps.clock.now())
  const pools = await poolsWithout(deps, reference)
  const own = await listMembersCases(deps.database, today)
  let handedOver = 0
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listHeldCases>> = await listHeldCases(
      deps.database,
      { pools, own },
      after,
      PAGE_SIZE,
      today,
    )
    for (const { caseRow, tasks } of page) if (await handOver(deps, caseRow, tasks)) handedOver += 1
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < PAGE_SIZE) return { handedOver }
  }
}

/** Pools with open work that nobody is there for today. */
async function poolsWithout({ database, clock }: CaseDeps, reference: Reference) {
  const now = clock.now()
  const span = { from: { day: dayIn(now), minute: minuteOfDayIn(now) }, until: dayIn(now) }
  const isWorkingDay = provisionalWorkingDay(reference.calendar)
  return (await listPools(database)).filter(({ role, unitId }) =>
    reference.holders(role, unitId).every((member) => isAwayBetween(member, span, isWorkingDay)),
  )
}

async function handOver(deps: CaseDeps, caseRow: OwnedCase, tasks: readonly CaseTask[]): Promise<boolean> {
  const now = deps.clock.now()
  const reference = await deps.reference.cached()
  const item = itemOf(reference, caseRow)
  const place = { item, state: caseRow.state, reference, now, ownStaff: caseRow.ownStaff }
  const events = sharesToHandOver(place, tasks).map(
    (target): CaseEvent => ({ type: 'handed-over', at: now, ...target }),
  )
  if (events.length === 0) return false
  const move = { caseRow, tasks, item, events, texts: [], profileId: null, intent: null, reasonDigest: null }
  try {
    await persistMove(deps, reference, { ...move, actor: 'system:remind-of-deadlines' }, now)
    return true
  } catch (cause) {
    if (cause instanceof StaleReferenceError) {
      await deps.reference.current()
      return handOver(deps, caseRow, tasks)
    }
    // Somebody acted in the meantime: the next run looks again.
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}
