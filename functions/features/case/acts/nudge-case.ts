import type { CaseNudged } from '#shared/contract/nudge'
import { nextNudgeAt, nudgeAfter, sharesToNudge } from '#shared/domain/case/step/nudge'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import { ProblemError } from '../../../platform/http/problem'
import { whomToAsk } from '../../service-item'
import type { CaseDeps } from '../deps'
import { nudgeTold, unitsTold } from '../lists/nudge-told'
import { stateOnTime } from '../on-time'
import { type CaseAtHand, type CaseRequest, runVerb } from './verb'

/** What is said beside a refusal: from when on it may be again, or whom to call. */
function refusedAs(cause: unknown, { caseRow, item, reference, now }: CaseAtHand) {
  if (!(cause instanceof ProblemError)) return cause
  const state = stateOnTime(item, caseRow, reference, now)
  const next = nextNudgeAt(item, state, now)
  if (cause.code === 'case.nudged-before' && next !== null)
    return new ProblemError(cause.code, {
      detail: `${dayWords(dayIn(next), dayIn(now))} 起能再催。急用的话，直接打电话更快`,
      retryAfterSeconds: secondsUntil(next, now),
    })
  if (cause.code !== 'case.nudge-unheard') return cause
  const shares = sharesToNudge(item, state, { now, calendar: reference.calendar })
  const [unitId, ...others] = new Set(shares.map((share) => share.unitId))
  const asked = unitId === undefined || others.length > 0 ? state.organUnitId : unitId
  const { phone } = whomToAsk(reference, asked, state.organUnitId, now)
  const call = phone === null ? '急用的话，到窗口问' : `急用的话，打 ${phone}`
  return new ProblemError(cause.code, { detail: `这一步现在没有人在岗。${call}` })
}

const secondsUntil = (next: Instant, now: Instant) => Math.ceil((Date.parse(next) - Date.parse(now)) / 1000)

/** Whoever waits for it asks that it go on: who could is told, and nothing else of the case changes. Whatever page it is asked from. */
export const createNudgeCase = (deps: CaseDeps) => async (request: CaseRequest) => {
  let found: CaseAtHand | undefined
  try {
    return await runVerb(deps, request, null, (atHand) => {
      found = atHand
      const { item, caseRow, loaded, reference, now } = atHand
      const state = stateOnTime(item, caseRow, reference, now)
      const unitIds = unitsTold(nudgeTold({ item, state, caseRow, tasks: loaded.tasks, reference, now }))
      const answer = (): CaseNudged => ({
        toldAt: now,
        nextAllowedAt: nudgeAfter(now),
        told: unitIds.map((id) => organName(reference, id)).join('、'),
      })
      return { command: { type: 'nudge', unitIds }, texts: [], reasonDigest: null, answer, status: 201 }
    })
  } catch (cause) {
    throw found ? refusedAs(cause, found) : cause
  }
}
