import type { CaseEvent } from '#shared/domain/case/events'
import { hasSaidAll, openRevocation, speakUntilOf } from '#shared/domain/case/revocation/revocation'
import { settleDue, settlingIn, settlingsOf } from '#shared/domain/case/revocation/settling'
import { dayIn, type Instant, yearOf } from '#shared/domain/kernel/plain-date'
import { triedAnew } from '../../platform/db/commit'
import { ProblemError } from '../../platform/http/problem'
import { CaseFailure, failWith } from '../../platform/one-by-one'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { HeldCase } from './lists/list-queries'
import { listSettlingCases } from './lists/settling-queries'
import type { Enough } from './move-dates'
import { BY_TIME, persistMove } from './persist'
import { settlersNow } from './settlers'
import { itemOf } from './standing'

const PAGE_SIZE = 200

async function* settlingCases({ database, clock }: CaseDeps) {
  for (let after: string | null = null; ; ) {
    const page: readonly HeldCase[] = await listSettlingCases(database, after, PAGE_SIZE, dayIn(clock.now()))
    yield* page
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < PAGE_SIZE) return
  }
}

/** Who may settle what waits goes by who is there now; else what a calendar has made of its days. */
function settledAnew(held: HeldCase, reference: Reference, at: Instant): readonly CaseEvent[] {
  const { caseRow } = held
  const changed = settlersNow(itemOf(reference, caseRow), caseRow, caseRow.state, reference, at)
  return changed.length > 0 ? changed : datedAnew(held, reference, at)
}

/** What a calendar that came or was changed makes of what waits after a decision: the holder's day, else the organ's alone. */
function datedAnew({ caseRow, tasks }: HeldCase, { calendar }: Reference, at: Instant): readonly CaseEvent[] {
  const { state } = caseRow
  const settlings = settlingsOf(state)
  if (settlings.length === 0) return []
  const { speakUntil } = speakUntilOf(state, calendar)
  // Whoever has said that they have nothing more to say is asked for nothing more.
  const open = openRevocation(state)
  if (speakUntil !== undefined && open && !hasSaidAll(open)) {
    const { speakUntil: instead } = open
    return [{ type: 'hearing-dated', at, speakUntil, ...(instead === undefined ? {} : { instead }) }]
  }
  const moved = settlings.flatMap((settling): readonly CaseEvent[] => {
    const due = settleDue(state, settling, calendar)
    const row = tasks.find((task) => settlingIn(state, task)?.unitId === settling.unitId)
    if (due.kind !== 'on' || !row || row.dueOn === due.on) return []
    const type = row.dueOn === null ? 'dates-filled' : 'dates-moved'
    return [{ type, at, year: yearOf(due.on), sharesOnly: true }]
  })
  // All are counted anew by the one move.
  return moved.slice(0, 1)
}

async function dateOne(deps: CaseDeps, held: HeldCase): Promise<boolean> {
  const now = deps.clock.now()
  try {
    return await triedAnew(async (isAgain) => {
      const reference = isAgain ? await deps.reference.current() : await deps.reference.cached()
      const { caseRow, tasks } = held
      const events = settledAnew(held, reference, now)
      if (events.length === 0) return false
      const by = { profileId: null, actor: BY_TIME } as const
      const item = itemOf(reference, caseRow)
      await persistMove(
        deps,
        reference,
        { caseRow, tasks, item, events, texts: [], by, reasonDigest: null },
        now,
      )
      return true
    })
  } catch (cause) {
    // Somebody acted in the meantime: the next run looks again.
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}

/** Of what waits after a decision, of a case that is over too; each in a commit of its own. */
export async function dateHearings(deps: CaseDeps, failures: unknown[], isEnough: Enough): Promise<number> {
  let moved = 0
  for await (const held of settlingCases(deps)) {
    if (isEnough(moved)) return moved
    try {
      if (await dateOne(deps, held)) moved += 1
    } catch (cause) {
      failures.push(new CaseFailure(held.caseRow.id, cause))
    }
  }
  return moved
}

/** Beside residents' requests so many are read; the rest is by the next run of the deadlines. */
const SETTLED_AT_ONCE = 200

/** Somebody has left or has come: what waits after a decision goes to who is there, or somebody is told that nobody is. */
async function settleAll(deps: CaseDeps) {
  const failures: unknown[] = []
  let read = 0
  await deps.reference.current()
  await dateHearings(deps, failures, () => {
    read += 1
    return read > SETTLED_AT_ONCE
  })
  failWith(failures, 'settled anew')
}

/** One at a time: who comes or leaves meanwhile is found by the one after it. */
export const createSettleNow = (deps: CaseDeps): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = (): Promise<void> => {
    next = undefined
    running = settleAll(deps).finally(() => {
      running = undefined
    })
    return running
  }
  return () => {
    if (!running) return run()
    next ??= running.catch(() => undefined).then(run)
    return next
  }
}
