import { promiseOnTime } from '#shared/domain/case/clock/broken-promise'
import { extensionToTell } from '#shared/domain/case/clock/extended'
import { awaitsNoDay, dayOfRow } from '#shared/domain/case/clock/moved-dates'
import { stopsOnTime } from '#shared/domain/case/clock/overrun'
import { dueOfTask } from '#shared/domain/case/clock/row-due'
import { answerByToTell, toldDays } from '#shared/domain/case/clock/told-days'
import { toldBy } from '#shared/domain/case/correction/correcting'
import { datedParts } from '#shared/domain/case/delivery/delivery-clock'
import type { CaseEvent } from '#shared/domain/case/events'
import { settlingIn } from '#shared/domain/case/revocation/settling'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { supervisorsOf } from '#shared/domain/case/step/approvers'
import { decideOnTime } from '#shared/domain/case/step/decide-on-time'
import { isBarred } from '#shared/domain/case/whose/barred'
import { dayIn, type Instant, yearOf } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { triedAnew } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import { CaseFailure, failWith } from '../../platform/one-by-one'
import type { Reference } from '../service-item'
import { approversIn } from './approvers'
import type { OwnedCase } from './case-row'
import { broughtByOthers, confirmedSince, currentState } from './current-state'
import { dateHearings } from './date-hearings'
import type { CaseDeps } from './deps'
import { type HeldCase, listWaitingCases } from './lists/list-queries'
import { type Enough, moveDates } from './move-dates'
import { timeContext } from './on-time'
import { BY_TIME, persistMove } from './persist'
import { withWatchers } from './silence'
import { isApplicantReached, itemOf } from './standing'
import type { CaseTask } from './task'

interface Run {
  readonly moved: number
}

/**
 * What time alone, or another calendar, brings about, for all cases or until it `isEnough`: each in a commit of its own, so that a
 * crash loses nothing, and one that cannot be moved keeps no other waiting. Throws at the end when there were such.
 */
export const createRunDeadlines =
  (deps: CaseDeps) =>
  async (isEnough: Enough = () => false): Promise<Run> => {
    const failures: unknown[] = []
    let moved = 0
    await deps.reference.current()
    // Whoever publishes a calendar waits for the dates that it moves, and for no longer than it takes.
    for (const move of [moveDates, moveWaiting, dateHearings])
      try {
        moved += await move(deps, failures, (more) => isEnough(moved + more))
      } catch (cause) {
        failures.push(cause)
      }
    failWith(failures, 'moved')
    return { moved }
  }

async function moveWaiting(deps: CaseDeps, failures: unknown[], isEnough: Enough): Promise<number> {
  let moved = 0
  for await (const { caseRow, tasks } of waitingCases(deps)) {
    if (isEnough(moved)) break
    try {
      if (await moveOnTime(deps, caseRow, tasks)) moved += 1
    } catch (cause) {
      failures.push(new CaseFailure(caseRow.id, cause))
    }
  }
  return moved
}

const PAGE_SIZE = 200

async function* waitingCases({ database, clock }: CaseDeps) {
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listWaitingCases>> = await listWaitingCases(
      database,
      after,
      PAGE_SIZE,
      dayIn(clock.now()),
    )
    yield* page
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < PAGE_SIZE) return
  }
}

/** What is decided is told to nobody who applied. */
const ofClerks = (state: CaseState) => (awaitsNoDay(state) ? { sharesOnly: true as const } : {})

/** The calendar that a date had waited for is there: the case's own, that of a notice that was asked without one, or of a limit that
 * was prolonged without one, or of a share whose kept row has none. */
function datesFilled(
  item: ServiceItem,
  { caseRow, tasks }: HeldCase,
  { calendar }: Reference,
  at: Instant,
): readonly CaseEvent[] {
  const { state } = caseRow
  const own = dayOfRow(item, state, calendar, caseRow.dueOn)
  const answerBy = answerByToTell(item, state, calendar, dayIn(at))
  const lawOn = extensionToTell(item, state, calendar)
  const told = {
    ...toldDays(item, state, calendar),
    ...toldBy({ answerBy }),
    ...(lawOn === undefined ? {} : { lawOn }),
  }
  if (caseRow.dueOn === null && own !== null)
    return [{ type: 'dates-filled', at, year: yearOf(own), ...ofClerks(state), ...told }]
  const [first = null] = [answerBy, lawOn].flatMap((day) => day ?? [])
  if (first !== null) return [{ type: 'dates-filled', at, year: yearOf(first), ...told }]
  const shares = datedParts(item, state).flatMap(({ step, part }) => {
    const undated = tasks.filter(
      (task) =>
        task.stepKey === step.key &&
        task.partUnitId === part.unitId &&
        task.dueOn === null &&
        settlingIn(state, task) === null,
    )
    return undated.flatMap((task) => {
      const due = dueOfTask(item, state, { run: step, part }, task, calendar)
      return due.kind === 'on' ? [yearOf(due.on)] : []
    })
  })
  return shares.slice(0, 1).map((year) => ({ type: 'dates-filled', at, year, sharesOnly: true, ...told }))
}

const breakContext = (item: ServiceItem, caseRow: OwnedCase, reference: Reference, now: Instant) => ({
  now,
  calendar: reference.calendar,
  superiorsOf: approversIn({ ...caseRow, item, reference, now }).superiorsOf,
  supervisors: () => supervisorsOf(reference, ({ id }) => isBarred(caseRow, id)),
})

/** Who was asked for name and number and has been confirmed since has answered: nothing ends for their silence. */
function onTime(
  item: ServiceItem,
  caseRow: OwnedCase,
  reference: Reference,
  now: Instant,
): readonly CaseEvent[] {
  const confirmed = confirmedSince(caseRow, now)
  const state = currentState(item, caseRow, now)
  const answered = openCorrection(caseRow.state) !== undefined && openCorrection(state) === undefined
  const context = timeContext(now, reference, isApplicantReached(caseRow))
  const byDay = withWatchers(decideOnTime(item, state, context), caseRow, reference)
  const byClock = breakContext(item, caseRow, reference, now)
  const decided =
    byDay.length > 0 ? byDay : [...stopsOnTime(state, byClock), ...promiseOnTime(item, state, byClock)]
  return answered || decided.length > 0 ? [...confirmed, ...broughtByOthers(caseRow), ...decided] : []
}

async function moveOnTime(deps: CaseDeps, caseRow: OwnedCase, tasks: readonly CaseTask[]): Promise<boolean> {
  try {
    return await triedAnew(async (isAgain) =>
      moveOnce(
        deps,
        { caseRow, tasks },
        isAgain ? await deps.reference.current() : await deps.reference.cached(),
      ),
    )
  } catch (cause) {
    // Somebody acted in the meantime: the next run looks again.
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}

async function moveOnce(
  deps: CaseDeps,
  { caseRow, tasks }: Pick<HeldCase, 'caseRow' | 'tasks'>,
  reference: Reference,
): Promise<boolean> {
  const now = deps.clock.now()
  const item = itemOf(reference, caseRow)
  const decided = onTime(item, caseRow, reference, now)
  const events = decided.length > 0 ? decided : datesFilled(item, { caseRow, tasks }, reference, now)
  if (events.length === 0) return false
  const by = { profileId: null, actor: BY_TIME } as const
  await persistMove(deps, reference, { caseRow, tasks, item, events, texts: [], by, reasonDigest: null }, now)
  return true
}
