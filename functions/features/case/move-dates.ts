import { sql } from 'drizzle-orm'
import type { CalendarMoves } from '#shared/contract/time-limit'
import {
  awaitsNoDay,
  type DayChange,
  datesMoved,
  dayChanges,
  dayOfRow,
  lawMoved,
} from '#shared/domain/case/clock/moved-dates'
import { dueOfTask } from '#shared/domain/case/clock/row-due'
import { isToldOtherwise, toldDays } from '#shared/domain/case/clock/told-days'
import { datedParts } from '#shared/domain/case/delivery/delivery-clock'
import { settlingIn } from '#shared/domain/case/revocation/settling'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { ClockDue } from '#shared/domain/time-limit/clock'
import { commitBySystem, triedAnew } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import { CaseFailure } from '../../platform/one-by-one'
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

/**
 * What the rows of a case have against the calendar as it is; null where they go by it. By which calendar they went is not
 * asked: a year that is taken back may have moved some cases and not others.
 */
function differing(
  reference: Reference,
  before: WorkingCalendar,
  { caseRow, tasks, turnsOn: kept, writtenAt }: DatedCase,
) {
  const { state, dueOn, documents } = caseRow
  const item = itemOf(reference, caseRow)
  const isShareOther = datedParts(item, state).some(({ step, part }) => {
    return tasks.some(
      (task) =>
        task.stepKey === step.key &&
        task.partUnitId === part.unitId &&
        task.dueOn !== dayOf(dueOfTask(item, state, { run: step, part }, task, reference.calendar)) &&
        settlingIn(state, task) === null,
    )
  })
  const isDateOther = dueOn !== dayOfRow(item, state, reference.calendar, dueOn)
  // Of whom nobody has confirmed yet the day goes by the hour at which it was written.
  const isTurnOther = kept !== turnsOn({ item, state, reference, now: writtenAt, documents })
  const isTold = isToldOtherwise(state, toldDays(item, state, reference.calendar))
  const isLawMoved = lawMoved(item, state, { before, now: reference.calendar }) !== undefined
  if (!isDateOther && !isShareOther && !isTurnOther && !isTold && !isLawMoved) return null
  return {
    isOwn:
      !awaitsNoDay(state) &&
      (isLawMoved || (isDateOther ? dueOn !== null : isTurnOther && openCorrection(state) !== undefined)),
  }
}

async function moveCase(deps: CaseDeps, former: FormerCalendar, held: DatedCase, reference: Reference) {
  const { caseRow, tasks } = held
  const now = deps.clock.now()
  const item = itemOf(reference, caseRow)
  const before = new Map(reference.calendar).set(former.year, {
    offDays: new Set(former.offDays),
    workDays: new Set(former.workDays),
  })
  const rows = differing(reference, before, held)
  if (rows === null) return false
  const event = datesMoved(
    item,
    caseRow.state,
    { before, now: reference.calendar },
    { at: now, year: former.year, isOwn: rows.isOwn },
  )
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

/** Whether whoever waits has waited long enough after so many cases; the rest is left to the next run. */
export type Enough = (moved: number) => boolean

/**
 * Where a calendar was changed after dates had been told by it, each open case whose days are others now says so by an
 * event of its own (`dates-moved`), in a commit of its own, until it `isEnough`. What breaks off goes on with the next run.
 */
export async function moveDates(deps: CaseDeps, failures: unknown[], isEnough: Enough): Promise<number> {
  let moved = 0
  for (const former of await listFormerCalendars(deps.database)) {
    await deps.reference.current()
    const failed = failures.length
    for await (const held of casesDatedIn(deps, former.year)) {
      if (isEnough(moved)) return moved
      try {
        if (await moveUnlessActedOn(deps, former, held)) moved += 1
      } catch (cause) {
        failures.push(new CaseFailure(held.caseRow.id, cause))
      }
    }
    if (failures.length === failed) await forgetFormer(deps, former)
  }
  return moved
}

/** Whoever drafts a year waits for the count: of a whole county these say enough. */
const MOST_COUNTED = 2000
/** Nobody reads on; the first say what the year does. */
const MOST_TOLD = 200

/** Null of a day that is known no more. */
function wayOf({ from, to }: DayChange) {
  if (from === null) return 'dated'
  if (to === null) return null
  return to < from ? 'earlier' : 'later'
}

/** A day of the applicant's, where there is one to tell. */
const isTold =
  (state: CaseState) =>
  ({ of, to }: DayChange) =>
    to !== null && (of === 'correction' || (of !== 'acceptance' && of !== 'share' && !awaitsNoDay(state)))

/** How many there are, and the first of them. */
const foldedIn = (
  moves: Record<'cases' | 'messages' | 'tasks' | 'dated' | 'later' | 'earlier', number>,
  changes: readonly DayChange[],
  state: CaseState,
) => {
  const [first] = changes
  const way = first && wayOf(first)
  moves.tasks += changes.filter(({ of }) => of === 'share').length
  moves.cases += Number(first !== undefined)
  moves.messages += Number(changes.some(isTold(state)))
  if (way) moves[way] += 1
  return first
}

/**
 * What a year would do to open cases: how many of them whose applicant is told, of the shares of their steps, and which. Those of an item that nobody
 * else sees (`confidential`) move too, and are not even counted here.
 */
export const createListMoves =
  (deps: CaseDeps) =>
  async (year: number, now: WorkingCalendar): Promise<CalendarMoves> => {
    const reference = await deps.reference.current()
    const moves = { cases: 0, messages: 0, tasks: 0, dated: 0, later: 0, earlier: 0 }
    const told: CalendarMoves['told'] = []
    const nameOf = (unitId: string) => reference.units.get(unitId)?.shortName ?? ''
    let counted = 0
    for await (const { caseRow } of casesDatedIn(deps, year)) {
      if (counted === MOST_COUNTED) return { ...moves, told: told.slice(0, MOST_TOLD), more: true }
      counted += 1
      const item = itemOf(reference, caseRow)
      if (item.confidential) continue
      const changes = dayChanges(item, caseRow.state, { before: reference.calendar, now })
      const first = foldedIn(moves, changes, caseRow.state)
      if (!first) continue
      told.push({
        number: caseRow.caseNumber,
        itemName: item.plainName,
        organName: nameOf(caseRow.state.organUnitId),
        ...first,
      })
    }
    return { ...moves, told: told.slice(0, MOST_TOLD), more: false }
  }
