import type { PlainDate } from '../../kernel/plain-date'
import { dueOf } from '../../time-limit/clock'
import {
  acceptanceClock,
  correctionDue,
  noticeDays,
  promisedClock,
  statutoryClock,
  taskDue,
} from '../clock/clocks'
import type { CaseEventType } from '../events'
import { openRevocation, speakUntil } from '../revocation/revocation'
import { openCorrection, openParts } from '../state'
import { calendarOf, type Journey } from './case-fixture'

type Deadline = 'promised' | 'statutory' | 'acceptance' | 'correction' | 'share' | 'publicity' | 'hearing'

interface Dated {
  readonly of: Deadline
  /** Tells one of a kind from another. */
  readonly place: string
  readonly on: PlainDate
}

const dated = (
  of: Deadline,
  place: string,
  due: { readonly kind: string; readonly on?: PlainDate } | null,
): readonly Dated[] => (due?.kind === 'on' && due.on !== undefined ? [{ of, place, on: due.on }] : [])

/** Every day that somebody goes by now, by the clocks alone; what has none is not among them. */
function deadlinesOf(journey: Journey): readonly Dated[] {
  const { item, state } = journey
  if (state.endedAt !== null && openRevocation(state) === undefined) return []
  const calendar = calendarOf(journey)
  const [promised, law, silence] = [promisedClock, statutoryClock, acceptanceClock].map((clockOf) =>
    clockOf(item, state),
  )
  const asked = openCorrection(state)
  const proposed = openRevocation(state)
  return [
    ...(state.promiseKeptAt === null && promised ? dated('promised', '', dueOf(promised, calendar)) : []),
    ...(state.decision === null && law ? dated('statutory', '', dueOf(law, calendar)) : []),
    ...(silence ? dated('acceptance', '', dueOf(silence, calendar)) : []),
    ...(asked ? dated('correction', '', correctionDue(item, state, asked, calendar)) : []),
    ...openParts(state).flatMap(({ step, part }) =>
      dated('share', `${step.key} ${part.unitId}`, taskDue(item, state, step, part, calendar)),
    ),
    ...state.steps.flatMap((run) => {
      const hangs = run.status === 'open' ? noticeDays(item, run, calendar) : null
      return hangs ? [{ of: 'publicity' as const, place: run.key, on: hangs.lastOn }] : []
    }),
    ...(proposed?.decided === 'granted' ? dated('hearing', '', speakUntil(proposed, calendar)) : []),
  ]
}

/**
 * What may bring a day forward: each tells it in the case's own account. A day that somebody holds in writing (to answer, of a
 * publicity, to speak) no calendar brings forward.
 */
const EXPLAINS: Readonly<Record<Deadline, readonly CaseEventType[]>> = {
  promised: ['dates-moved'],
  statutory: ['dates-moved'],
  acceptance: ['dates-moved'],
  // Whose refusal fell decides anew within days of its own, where it had ten to hand the refusal over.
  share: ['dates-moved', 'decision-revoked'],
  correction: [],
  publicity: [],
  hearing: [],
}

/** Days that came nearer without an event that says why, in words. */
export function movedEarlier(before: Journey, after: Journey): readonly string[] {
  const fresh = after.events.slice(before.events.length).map(({ type }) => type)
  const now = deadlinesOf(after)
  return deadlinesOf(before).flatMap(({ of, place, on }) => {
    const moved = now.find((each) => each.of === of && each.place === place)
    const isTold = fresh.some((type) => EXPLAINS[of].includes(type))
    return moved === undefined || moved.on >= on || isTold
      ? []
      : [`${of} ${place} ${on} -> ${moved.on} by ${fresh.join(', ') || 'nothing'}`]
  })
}
