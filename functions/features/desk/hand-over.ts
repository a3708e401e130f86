import { decide } from '#shared/domain/case/decide'
import type { CaseEvent } from '#shared/domain/case/events'
import type { StepTarget } from '#shared/domain/case/state'
import { signedByAll } from '#shared/domain/case/step/joint-signing'
import { dayIn, type Instant, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import { isAwayBetween } from '#shared/domain/organization/duty'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import { triedAnew } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import { failWith, togetherOrApart, workedOut } from '../../platform/one-by-one'
import {
  type CaseDeps,
  itemOf,
  persistMove,
  persistTogether,
  sharesToHandOver,
  signersAt,
  timeContext,
} from '../case'
import type { Reference } from '../service-item'
import { listHeldCases, listMembersCases, listPools } from './desk-queries'

const PAGE_SIZE = 200
/** Cases that one statement hands over. */
const TOGETHER = 30
const ACTOR = 'system:remind-of-deadlines'

/**
 * Open work whose holders are all on leave until it is due, have left, or must not handle it, goes to whoever stands in,
 * beside those who hold it; and to those whose it is once somebody of them is there again. Running it again hands nothing over twice. Throws
 * at the end where there were cases that could not be handed over.
 */
export const createHandOver = (deps: CaseDeps) => async (): Promise<{ readonly handedOver: number }> => {
  const reference = await deps.reference.current()
  const today = dayIn(deps.clock.now())
  const pools = await poolsWithout(deps, reference)
  const own = await listMembersCases(deps.database, today)
  const failures: unknown[] = []
  let handedOver = 0
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listHeldCases>> = await listHeldCases(
      deps.database,
      { pools, own },
      after,
      PAGE_SIZE,
      today,
    )
    for (let at = 0; at < page.length; at += TOGETHER)
      handedOver += await handOverTogether(deps, page.slice(at, at + TOGETHER), failures)
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < PAGE_SIZE) break
  }
  failWith(failures, 'handed over')
  return { handedOver }
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

type Held = Awaited<ReturnType<typeof listHeldCases>>[number]

/** Steps that all have signed who have to, since whoever was awaited has gone. */
function signedShares(
  reference: Reference,
  place: Parameters<typeof signersAt>[0],
  tasks: Held['tasks'],
): readonly CaseEvent[] {
  const { item, state, now } = place
  const signers = (target: StepTarget) => signersAt(place, tasks, target).map(({ id }) => id)
  const context = { ...timeContext(now, reference), signersAt: signers }
  return signedByAll(item, state, signers)
    .slice(0, 1)
    .flatMap((target) => {
      const decided = decide(
        item,
        state,
        { type: 'act', action: 'pass', ...target, reasonDigest: null },
        context,
      )
      return decided.ok ? decided.value : []
    })
}

/** What handing a case over is; null where nobody else is to have it. */
function moveOf(reference: Reference, { caseRow, tasks }: Held, now: Instant) {
  const item = itemOf(reference, caseRow)
  const place = { item, state: caseRow.state, reference, now, ownStaff: caseRow.ownStaff }
  const handedOver = sharesToHandOver(place, tasks).map(
    (target): CaseEvent => ({ type: 'handed-over', at: now, ...target }),
  )
  const signed = signedShares(reference, place, tasks)
  // What comes after a step that is done is looked at in the next run.
  const events = signed.length > 0 ? signed : handedOver
  return events.length === 0 ? null : { caseRow, tasks, item, events, texts: [], reasonDigest: null }
}

/** How many were handed over: all in one statement, or one by one where one of them cannot be, or somebody acts on it meanwhile. */
async function handOverTogether(deps: CaseDeps, held: readonly Held[], failures: unknown[]): Promise<number> {
  const now = deps.clock.now()
  const reference = await deps.reference.cached()
  const rows = held.map((each) => ({ caseId: each.caseRow.id, held: each }))
  const moves = workedOut(
    rows,
    ({ caseId, held: each }) => {
      const move = moveOf(reference, each, now)
      return move ? [{ caseId, held: each, move }] : []
    },
    failures,
  )
  if (moves.length === 0) return 0
  return togetherOrApart(
    moves,
    async (some) => {
      const [only, ...others] = some
      if (only && others.length === 0) return (await handOver(deps, only.held)) ? 1 : 0
      await persistTogether(
        deps,
        reference,
        some.map(({ move }) => move),
        { actor: ACTOR, now },
      )
      return some.length
    },
    failures,
  )
}

async function handOver(deps: CaseDeps, held: Held): Promise<boolean> {
  const now = deps.clock.now()
  try {
    return await triedAnew(async (isAgain) => {
      const reference = isAgain ? await deps.reference.current() : await deps.reference.cached()
      const move = moveOf(reference, held, now)
      if (move === null) return false
      await persistMove(deps, reference, { ...move, by: { profileId: null, actor: ACTOR } }, now)
      return true
    })
  } catch (cause) {
    // Somebody acted in the meantime: the next run looks again.
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}
