import { sql } from 'drizzle-orm'
import { dueOfCase, nearestDue } from '#shared/domain/case/clocks'
import { countMoved, movedDates } from '#shared/domain/case/moved-dates'
import { openParts } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { ClockDue } from '#shared/domain/time-limit/clock'
import { commitBySystem, triedAnew } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import type { Database } from '../../platform/ports/database'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import { turnsOn } from './lists/case-line'
import { type DatedCase, listCasesDatedIn } from './lists/list-queries'
import { BY_TIME, persistMove } from './persist'
import { itemOf } from './standing'

interface FormerCalendar {
  readonly year: number
  readonly offDays: readonly string[]
  readonly workDays: readonly string[]
  /** Of the calendar, after the last change of this year. */
  readonly revision: number
}

const listFormerCalendars = ({ rows }: Database) =>
  rows<FormerCalendar>(
    sql`select year, off_days as "offDays", work_days as "workDays", revision from former_calendars order by year`,
  )

const PAGE_SIZE = 200

async function* casesDatedIn({ database, clock }: CaseDeps, year: number) {
  for (let after: string | null = null; ; ) {
    const page: readonly DatedCase[] = await listCasesDatedIn(database, year, {
      after,
      size: PAGE_SIZE,
      today: dayIn(clock.now()),
    })
    yield* page
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < PAGE_SIZE) return
  }
}

const dayOf = (due: ClockDue | { readonly kind: string }) => ('on' in due ? due.on : null)

/** A run that broke off has moved it already, or somebody has acted since: its rows go by the calendar as it is. */
function isWritten(reference: Reference, { caseRow, tasks, turnsOn: kept }: DatedCase, now: Instant) {
  const { state, dueOn, documents } = caseRow
  const item = itemOf(reference, caseRow)
  const shares = openParts(state).every(({ step, part }) => {
    const due = dayOf(nearestDue(item, state, step, part, reference.calendar).due)
    return tasks.every(
      (task) => task.stepKey !== step.key || task.partUnitId !== part.unitId || task.dueOn === due,
    )
  })
  return (
    shares &&
    (state.promiseKeptAt !== null || dueOn === dayOf(dueOfCase(item, state, reference.calendar))) &&
    kept === turnsOn({ item, state, reference, now, documents })
  )
}

async function moveCase(deps: CaseDeps, former: FormerCalendar, held: DatedCase, reference: Reference) {
  const { caseRow, tasks } = held
  const now = deps.clock.now()
  const item = itemOf(reference, caseRow)
  const before = new Map(reference.calendar).set(former.year, {
    offDays: new Set(former.offDays),
    workDays: new Set(former.workDays),
  })
  const moved = movedDates(item, caseRow.state, { before, now: reference.calendar })
  if (moved === null || isWritten(reference, held, now)) return false
  const event = {
    type: 'dates-moved',
    at: now,
    year: former.year,
    ...(moved === 'shares' ? { sharesOnly: true as const } : {}),
  } as const
  const by = { profileId: null, actor: BY_TIME } as const
  await persistMove(
    deps,
    reference,
    { caseRow, tasks, item, events: [event], texts: [], by, reasonDigest: null },
    now,
  )
  return true
}

/** 409 of somebody who acted in the meantime: by the calendar as it is. */
async function moveUnlessActedOn(deps: CaseDeps, former: FormerCalendar, held: DatedCase) {
  try {
    return await triedAnew(async (isAgain) =>
      moveCase(deps, former, held, isAgain ? await deps.reference.current() : await deps.reference.cached()),
    )
  } catch (cause) {
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}

/** Forgets it unless the year has been changed once more meanwhile. */
const forgetFormer = async ({ database, clock }: CaseDeps, { year, revision }: FormerCalendar) =>
  commitBySystem(database, {
    now: clock.now(),
    parts: [
      sql`forgotten as (delete from former_calendars where year = ${year}::int
        and revision = ${revision}::int returning 1)`,
    ],
  })

/**
 * Where a calendar was changed after dates had been told by it, each open case whose days are others now says so by an
 * event of its own (`dates-moved`), in a commit of its own; `most` of them. What breaks off goes on with the next run.
 */
export async function moveDates(deps: CaseDeps, failures: unknown[], most: number): Promise<number> {
  let moved = 0
  for (const former of await listFormerCalendars(deps.database)) {
    await deps.reference.current()
    const failed = failures.length
    for await (const held of casesDatedIn(deps, former.year)) {
      if (moved >= most) return moved
      try {
        if (await moveUnlessActedOn(deps, former, held)) moved += 1
      } catch (cause) {
        failures.push(cause)
      }
    }
    if (failures.length === failed) await forgetFormer(deps, former)
  }
  return moved
}

/** Open cases, and shares of their steps, whose days a year would make others. */
export const createCountMoves = (deps: CaseDeps) => async (year: number, now: WorkingCalendar) => {
  const reference = await deps.reference.current()
  const moves = { cases: 0, tasks: 0 }
  for await (const { caseRow } of casesDatedIn(deps, year)) {
    const { isMoved, shares } = countMoved(itemOf(reference, caseRow), caseRow.state, {
      before: reference.calendar,
      now,
    })
    moves.cases += Number(isMoved)
    moves.tasks += shares
  }
  return moves
}
