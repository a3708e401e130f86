import { isDeepStrictEqual } from 'node:util'
import { stations } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import { whyNotUndo } from '#shared/domain/case/undo'
import { isBarred } from '#shared/domain/case/whose/barred'
import { asFiled } from '#shared/domain/service-item/fast-track'
import { ProblemError } from '../../../platform/http/problem'
import { broughtByOthers, confirmedSince, currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { tasksOf } from '../lists/tasks'
import { broughtByTime } from '../on-time'
import { type LoggedEvent, listEvents } from '../queries'
import { settlersNow } from '../settlers'
import type { CaseTask } from '../task'
import { isUndoOver } from '../undo-time'
import { type CaseAtHand, type CaseRequest, runVerb } from './verb'

/** Takes back the last act, within seconds and by whoever did it: the case stands as it stood before. */
export const createUndo =
  (deps: CaseDeps) =>
  (request: CaseRequest, { version }: { version: number }) =>
    runVerb(deps, request, version, async (atHand) => {
      const { caseRow, principal, now } = atHand
      checkActs(atHand)
      // Whatever came since, somebody may have gone by it.
      if (version < caseRow.version) throw new ProblemError('case.state-changed')
      // As many as the row tells of: what has come since it was read is found when it is written.
      const events = (await listEvents(deps.database, caseRow.id)).slice(0, caseRow.version)
      const last = events.at(-1)
      const isOver = last !== undefined && isUndoOver(last.at, now)
      const command = { type: 'undo', last, to: events.length - 1, isOver } as const
      const prepared = { command, texts: [], reasonDigest: null }
      if (!last || whyNotUndo(last, { staffId: principal.staffId, isOver }) !== null) return prepared
      const restored = restoredTo(atHand, events)
      if (!isHolder(principal, restored.tasks, last)) throw new ProblemError('case.not-your-task')
      return { ...prepared, restored: { ...restored, undone: [last.id] } }
    })

/** As at any act: whose own it has become, or who sees it as something else, takes nothing back. */
function checkActs({ caseRow, principal, loaded, viewer }: CaseAtHand) {
  if (isBarred(caseRow, principal.staffId, { tasks: loaded.tasks, pools: principal.pools }))
    throw new ProblemError('case.own-case')
  if (viewer !== 'staff') throw new ProblemError('case.not-your-task')
}

/** Whoever takes it back has it before them again: it is still theirs to do. */
function isHolder(
  { pools }: Pick<CaseAtHand, 'principal'>['principal'],
  tasks: readonly CaseTask[],
  last: LoggedEvent,
) {
  const { stepKey, unitId } = { stepKey: null, unitId: null, ...last }
  return tasks.some(
    (task) =>
      task.stepKey === stepKey &&
      task.partUnitId === unitId &&
      pools.some(({ role, unitId: unit }) => task.role === role && task.unitId === unit),
  )
}

const asStored = (state: CaseState): unknown => JSON.parse(JSON.stringify(state))

/** The case before its last event, and whose work it was then, each worked out from what its events say. */
function restoredTo({ caseRow, item, reference, now }: CaseAtHand, events: readonly LoggedEvent[]) {
  const guide = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  const states = stations(guide, events)
  const state = states.at(-2)
  const isAsReplayed = isDeepStrictEqual(
    asStored(caseRow.state),
    states.at(-1) && asStored(states.at(-1) as CaseState),
  )
  const movedOn =
    confirmedSince(caseRow, now).length > 0 ||
    broughtByOthers(caseRow).length > 0 ||
    broughtByTime(item, currentState(item, caseRow, now), reference, now).length > 0 ||
    settlersNow(item, caseRow, caseRow.state, reference, now).length > 0
  // What an older rule has made of it, or what time or a card has brought since, no replay brings back.
  if (!state || !isAsReplayed || movedOn) throw new ProblemError('case.undo-entangled')
  const { ownStaff, documents } = caseRow
  const tasks = events.slice(0, -1).reduce<readonly CaseTask[]>((held, event, at) => {
    const then = states[at] as CaseState
    const staffed = { item: asFiled(guide, then), state: then, reference, now: event.at, ownStaff, documents }
    return tasksOf(staffed, held, event.type === 'handed-over' ? [event] : [])
  }, [])
  return { state, tasks }
}
